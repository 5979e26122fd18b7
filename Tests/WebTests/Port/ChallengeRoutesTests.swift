import Collect
import Foundation
import Testing
import Trust
import Vocabulary

@Suite("Challenge and confirmation over HTTP")
struct ChallengeRoutesTests {
    static let owner = CompanyCode.completing("91320500MA1ABCDE")?.description ?? ""
    static let inventory = Inventory((0..<60).map { "CNC-\($0)" })

    /// A platform that committed to sixty devices.
    static func committed() async throws -> TestPort {
        let port = try await TestPort()
        let body = #"{"size":\#(inventory.size),"root":"\#(inventory.root.hex)"}"#
        let answer = try await port.site.ask(.post, "/port/v1/inventories", as: port.key, body: body)
        try #require(answer.status == 201, "\(answer.body)")
        #expect(answer.json?["root"] as? String == inventory.root.hex)
        return port
    }

    static func answer(_ place: Int, region: String = "320500") throws -> LeafAnswer {
        LeafAnswer(
            leaf: try inventory.leaf(place), next: place + 1 < inventory.size ? try inventory.leaf(place + 1) : nil,
            // 2025-11-03 at noon, inside the port months of a cut-off in December.
            sampledAt: Instant(milliseconds: 1_762_142_400_000), sample: "spindle 1 200 r/min", owner: owner,
            region: region, place: "Hall 3")
    }

    static func send(_ port: TestPort, _ answers: [LeafAnswer], to challenge: Int) async throws -> TestSite.Answer {
        let text = String(decoding: try JSONEncoder().encode(answers), as: UTF8.self)
        return try await port.site.ask(
            .post, "/port/v1/challenges/\(challenge)/answers", as: port.key, body: #"{"answers":\#(text)}"#)
    }

    static func outcome(_ port: TestPort) async throws -> [String: Any] {
        let list = try await port.site.ask(.get, port.base + "/challenges", as: "operator")
        let first = try #require((list.json?["items"] as? [[String: Any]])?.first)
        return try #require(first["outcome"] as? [String: Any])
    }

    @Test("From commitment over draw and answers to the owners' and the clerk's word")
    func wholePath() async throws {
        let port = try await Self.committed()
        let drawn = try await port.site.ask(.post, port.base + "/challenges", as: "operator")
        #expect(drawn.status == 201)
        let id = try #require(drawn.json?["id"] as? Int)
        let leaves = try #require(drawn.json?["leaves"] as? [[String: Any]])
        #expect(leaves.count == 60 && leaves.count { $0["isHandedOver"] as? Bool == true } == 30)
        let places = leaves.compactMap { $0["place"] as? Int }
        let inventory = try #require(drawn.json?["inventory"] as? [String: Any])
        #expect(try #require(drawn.json?["checkpointSize"] as? Int) > #require(inventory["logIndex"] as? Int))

        let good = try await Self.send(port, places.dropLast(2).map { try Self.answer($0) }, to: id)
        #expect(good.status == 200)
        #expect((good.json?["verdicts"] as? [[String: Any]])?.allSatisfy { $0["verdict"] as? String == "good" } == true)
        var forged = try Self.answer(places[58])
        forged.leaf.identifier = "CNC-invented"
        let refused = try await Self.send(port, [forged], to: id)
        #expect((refused.json?["verdicts"] as? [[String: Any]])?.first?["verdict"] as? String == "proof-refused")
        let outcome = try await Self.outcome(port)
        #expect(outcome["good"] as? Int == 58 && outcome["drawn"] as? Int == 60)
        #expect(outcome["realBound"] == nil)

        // A wrong answer may be mended; a good one stays.
        _ = try await Self.send(port, [try Self.answer(places[58])], to: id)
        var worse = try Self.answer(places[0])
        worse.sample = ""
        _ = try await Self.send(port, [worse], to: id)
        #expect(try await Self.outcome(port)["good"] as? Int == 59)

        try await confirm(port, id)
    }

    /// Twenty-nine owners say yes by their links, the last leaf is seen missing by the city's clerk.
    private func confirm(_ port: TestPort, _ id: Int) async throws {
        for ordinal in 0..<29 {
            let made = try await port.site.ask(
                .post, port.base + "/challenges/\(id)/leaves/\(ordinal)/links", as: "operator")
            let href = try #require(made.json?["href"] as? String)
            let page = try await port.site.ask(.get, href)
            #expect(page.status == 200 && page.body.contains("CNC-"))
            let said = try await port.site.ask(
                .post, href, headers: ["Content-Type": "application/x-www-form-urlencoded"], body: "says=yes")
            #expect(said.status == 303)
        }
        #expect(try await Self.outcome(port)["realBound"] == nil)
        let seen = try await port.site.ask(
            .post, port.base + "/challenges/\(id)/leaves/29/confirmations", as: "city-clerk",
            body: #"{"says":"no","note":"机位是空的","place":"昆山"}"#)
        #expect(seen.status == 201)
        let outcome = try await Self.outcome(port)
        #expect(outcome["confirmed"] as? Int == 29 && outcome["denied"] as? Int == 1)
        #expect(abs(try #require(outcome["realBound"] as? Double) - 0.851_405) < 1e-3)
    }

    @Test("A device that is not among the counted ones is no device answered for")
    func notCounted() async throws {
        let port = try await Self.committed()
        let row = #"{"kind":"device","id":"CNC-7","id_basis":"serial","ts":1762142400,"type":"cnc-lathe"}"#
        #expect(try await port.push(row, idempotency: "d", path: "/port/v1/batches?lateReason=x").status == 201)
        let drawn = try await port.site.ask(.post, port.base + "/challenges", as: "operator")
        let id = try #require(drawn.json?["id"] as? Int)
        let known = try #require(Self.inventory.identifiers.firstIndex(of: "CNC-7"))
        let sent = try await Self.send(port, [Self.answer(known), Self.answer(known == 0 ? 1 : 0)], to: id)
        let verdicts = (sent.json?["verdicts"] as? [[String: Any]])?.compactMap { $0["verdict"] as? String }
        #expect(verdicts == ["good", "not-counted"])
    }

    @Test("Without commitment, twice at once, after the time, and for leaves not drawn there is no answer")
    func refusals() async throws {
        let bare = try await TestPort()
        let none = try await bare.site.ask(.post, bare.base + "/challenges", as: "operator")
        #expect(none.status == 409 && none.code == "collect.inventory-missing")
        let port = try await Self.committed()
        let drawn = try await port.site.ask(.post, port.base + "/challenges", as: "operator")
        let again = try await port.site.ask(.post, port.base + "/challenges", as: "operator")
        #expect(again.status == 409 && again.code == "collect.challenge-open")
        var stranger = try Self.answer(3)
        stranger.leaf.index = 4000
        let sent = try await Self.send(port, [stranger], to: try #require(drawn.json?["id"] as? Int))
        #expect(sent.status == 422 && sent.code == "collect.challenge-not-drawn")
        let unknown = try await Self.send(port, [try Self.answer(3)], to: 77)
        #expect(unknown.status == 404 && unknown.code == "collect.challenge-unknown")
        let empty = try await port.site.ask(
            .post, "/port/v1/inventories", as: port.key, body: #"{"size":0,"root":"\#(Self.inventory.root.hex)"}"#)
        #expect(empty.status == 422 && empty.code == "collect.inventory-invalid")
        let link = try await port.site.ask(.get, "/confirm/00ff")
        #expect(link.status == 404)
    }

    @Test("A denial needs its reason, and an older link ends with a newer one")
    func links() async throws {
        let port = try await Self.committed()
        let drawn = try await port.site.ask(.post, port.base + "/challenges", as: "operator")
        let id = try #require(drawn.json?["id"] as? Int)
        let address = port.base + "/challenges/\(id)/leaves/0/links"
        let old = try #require(try await port.site.ask(.post, address, as: "operator").json?["href"] as? String)
        let new = try #require(try await port.site.ask(.post, address, as: "operator").json?["href"] as? String)
        #expect(try await port.site.ask(.get, old).status == 404)
        let form = ["Content-Type": "application/x-www-form-urlencoded"]
        let bare = try await port.site.ask(.post, new, headers: form, body: "says=no&note=")
        #expect(bare.status == 200 && bare.body.contains("notice-wrong"))
        let said = try await port.site.ask(.post, new, headers: form, body: "says=no&note=scrapped")
        #expect(said.status == 303)
        #expect(try await Self.outcome(port)["denied"] as? Int == 1)
        let other = try await port.site.ask(.post, port.base + "/challenges/\(id)/leaves/40/links", as: "operator")
        #expect(other.status == 404 && other.code == "collect.leaf-unknown")
    }
}
