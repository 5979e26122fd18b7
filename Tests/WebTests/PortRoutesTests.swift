import Foundation
import Synchronization
import Testing
import Trust
import Vocabulary

@Suite("The port over HTTP")
struct PortRoutesTests {
    /// 2025-11-03 at Shanghai midnight is 1762099200; the fixed clock stands at noon of 2025-11-22.
    static let recent = 1_763_740_800
    static let row = #"{"kind":"device","id":"HL-1","id_basis":"serial","ts":1763740800,"type":"cnc-lathe"}"#

    @Test("A batch is acknowledged with a receipt that can be read again")
    func receipt() async throws {
        let port = try await TestPort()
        let answer = try await port.push(Self.row + "\n" + #"{"kind":"device","ts":1}"#, idempotency: "b-1")
        #expect(answer.status == 201)
        let batch = try #require(answer.json?["batch"] as? String)
        #expect(answer.json?["accepted"] as? Int == 1)
        #expect(answer.json?["rejected"] as? Int == 1)
        #expect(answer.json?["logIndex"] as? Int != nil)
        let reject = try #require((answer.json?["rejects"] as? [[String: Any]])?.first)
        #expect(reject["line"] as? Int == 2)
        #expect(reject["code"] as? String == "field-missing")
        #expect((reject["message"] as? String)?.contains("id") == true)
        let kept = try await port.site.ask(.get, "/port/v1/batches/\(batch)", as: port.key)
        #expect(kept.status == 200)
        #expect((kept.json?["receipt"] as? [String: Any])?["batch"] as? String == batch)
        let rejects = try await port.site.ask(.get, "/port/v1/batches/\(batch)/rejects", as: port.key)
        #expect((rejects.json?["items"] as? [Any])?.count == 1)
    }

    @Test("The same key and body again get the same receipt and are counted once; another body is refused")
    func idempotency() async throws {
        let port = try await TestPort()
        let first = try await port.push(Self.row, idempotency: "same")
        let second = try await port.push(Self.row, idempotency: "same")
        #expect(first.status == 201 && second.status == 201)
        #expect(first.body == second.body)
        let other = try await port.push(Self.row.replacing("HL-1", with: "HL-2"), idempotency: "same")
        #expect(other.status == 422 && other.code == "collect.key-reused")
        let overview = try await port.overview()
        #expect((overview["batches"] as? [Any])?.count == 1)
    }

    @Test("A repeated push of many at once is one batch")
    func concurrentRepetition() async throws {
        let port = try await TestPort()
        let answers = try await withThrowingTaskGroup(of: TestSite.Answer.self) { group in
            for _ in 0..<8 { group.addTask { try await port.push(Self.row, idempotency: "race") } }
            return try await group.reduce(into: [TestSite.Answer]()) { $0.append($1) }
        }
        let batches = Set(answers.filter { $0.status == 201 }.compactMap { $0.json?["batch"] as? String })
        #expect(batches.count == 1)
        #expect(answers.allSatisfy { $0.status == 201 || $0.code == "collect.in-progress" })
    }

    @Test(
        "Every wrong request is answered with its problem and keeps nothing",
        arguments: WrongPush.all)
    func problems(wrong: WrongPush) async throws {
        let port = try await TestPort()
        var headers = ["Idempotency-Key": "w"]
        headers.merge(wrong.headers) { _, new in new }
        for name in wrong.without { headers[name] = nil }
        let answer = try await port.site.ask(
            .post, wrong.path, as: wrong.key ?? port.key, headers: headers, bytes: wrong.body)
        #expect(answer.status == wrong.status)
        #expect(answer.code == wrong.code)
        #expect(answer.json?["type"] as? String == "/problems/\(wrong.code)")
        let detail = try #require(answer.json?["detail"] as? String)
        #expect(!detail.hasPrefix("[") && !detail.contains("{"))
        let english = try await port.site.ask(
            .post, wrong.path + (wrong.path.contains("?") ? "&" : "?") + "lang=en", as: wrong.key ?? port.key,
            headers: headers, bytes: wrong.body)
        #expect(english.json?["detail"] as? String != detail)
        #expect((try await port.overview()["batches"] as? [Any])?.isEmpty == true)
    }

    @Test("A digest that fits is accepted; packed bodies are read")
    func digestAndCoding() async throws {
        let port = try await TestPort()
        let body = Array((Self.row + "\n").utf8)
        let digest = Data(Digest.sha256(of: body).bytes).base64EncodedString()
        let answer = try await port.push(
            bytes: body, headers: ["Content-Digest": "md5=:AA==:, sha-256=:\(digest):", "Idempotency-Key": "d"])
        #expect(answer.status == 201)
        let packed = try #require(
            Data(base64Encoded: "H4sIAAAAAAACA6tWys7MS1GyUkpJLctMTlXSUcoE8SqAjJJiJStDczMjQyMLAwODWq5qmigFAArYxJGBAAAA"))
        let zipped = try await port.push(
            bytes: Array(packed), headers: ["Content-Encoding": "gzip", "Idempotency-Key": "z"],
            path: "/port/v1/batches?lateReason=network")
        #expect(zipped.status == 201)
        #expect(zipped.json?["accepted"] as? Int == 3)
    }

    @Test("Keys are shown once, listed without their secret, and end when they are revoked")
    func keys() async throws {
        let port = try await TestPort()
        let list = try await port.site.ask(.get, port.base + "/port-keys", as: "manager")
        let keys = try #require(list.json?["items"] as? [[String: Any]])
        #expect(keys.count == 1)
        #expect(!list.body.contains(port.key))
        let id = try #require(keys[0]["id"] as? String)
        #expect(try await port.site.ask(.delete, port.base + "/port-keys/\(id)", as: "manager").status == 204)
        let answer = try await port.push(Self.row, idempotency: "after")
        #expect(answer.status == 401 && answer.code == "collect.key-unknown")
        #expect(try await port.site.ask(.get, port.base + "/port-keys", as: "expert").status == 403)
        #expect(try await port.site.ask(.get, port.base + "/port-keys").status == 401)
    }

    @Test("A sandbox key checks everything, keeps nothing, and works on its own address only")
    func sandbox() async throws {
        let port = try await TestPort()
        let made = try await port.site.ask(
            .post, port.base + "/port-keys", as: "manager", body: #"{"name":"试","sandbox":true}"#)
        let key = try #require(made.json?["key"] as? String)
        let answer = try await port.push(Self.row, idempotency: "s", path: "/port/v1/sandbox/batches", key: key)
        #expect(answer.status == 200)
        #expect(answer.json?["accepted"] as? Int == 1)
        #expect(answer.json?["batch"] == nil)
        #expect(try await port.push(Self.row, idempotency: "s", key: key).code == "collect.key-realm")
        let live = try await port.push(Self.row, idempotency: "s", path: "/port/v1/sandbox/batches")
        #expect(live.code == "collect.key-realm")
        #expect((try await port.overview()["batches"] as? [Any])?.isEmpty == true)
    }

    @Test("A voided batch leaves the counts, stays in the log, and cannot be voided twice")
    func void() async throws {
        let port = try await TestPort()
        let batch = try #require(try await port.push(Self.row, idempotency: "v").json?["batch"] as? String)
        #expect(try await port.counted("devices-connected", month: 1) == 1)
        let path = "/port/v1/batches/\(batch)/void"
        #expect(try await port.site.ask(.post, path, as: port.key, body: #"{"reason":" "}"#).status == 422)
        let voided = try await port.site.ask(.post, path, as: port.key, body: #"{"reason":"发错了"}"#)
        #expect(voided.status == 200)
        #expect(voided.json?["logIndex"] as? Int != nil)
        #expect(try await port.counted("devices-connected", month: 1) == nil)
        #expect(
            try await port.site.ask(.post, path, as: port.key, body: #"{"reason":"again"}"#).code
                == "collect.batch-voided")
        let kept = try await port.site.ask(.get, "/port/v1/batches/\(batch)", as: port.key)
        #expect(kept.json?["voidReason"] as? String == "发错了")
    }

    @Test("A snapshot in two batches replaces the running set when it is complete, and says the difference")
    func snapshot() async throws {
        let port = try await TestPort()
        func app(_ id: String) -> String { #"{"kind":"app","id":"\#(id)","ts":1735689600,"op":"add"}"# }
        _ = try await port.push([app("a"), app("b"), app("c")].joined(separator: "\n"), idempotency: "0")
        let path = "/port/v1/snapshots/app?date=2025-11-20"
        let first = try await port.push(app("a"), idempotency: "1", path: path)
        #expect((first.json?["snapshot"] as? [String: Any])?["isComplete"] as? Bool == false)
        let last = try await port.push(app("d"), idempotency: "2", path: path + "&complete=true")
        let stated = try #require(last.json?["snapshot"] as? [String: Any])
        #expect(stated["isComplete"] as? Bool == true)
        #expect(stated["members"] as? Int == 2)
        #expect(stated["added"] as? Int == 1)
        #expect(stated["removed"] as? Int == 2)
        // An empty last batch completes as well.
        let empty = try await port.push("", idempotency: "3", path: path + "&complete=true")
        #expect(empty.status == 201)
        #expect((empty.json?["snapshot"] as? [String: Any])?["members"] as? Int == 0)
    }

    @Test("Late rows need a reason; with one they are taken and shown as late")
    func late() async throws {
        let port = try await TestPort()
        let row = #"{"kind":"device","id":"x","ts":1762128000}"#
        let bare = try await port.push(row, idempotency: "l1")
        #expect(bare.json?["rejected"] as? Int == 1)
        let reasoned = try await port.push(
            row, idempotency: "l2", path: "/port/v1/batches?lateReason=%E7%BD%91%E7%BB%9C%E6%95%85%E9%9A%9C")
        #expect(reasoned.json?["late"] as? Int == 1)
        let batches = try #require(try await port.overview()["batches"] as? [[String: Any]])
        #expect(batches.first?["lateReason"] as? String == "网络故障")
    }

    @Test("After the cut-off the authority's leave is needed, and ends when it ends")
    func leave() async throws {
        let clock = SettableClock()
        let port = try await TestPort(clock: clock)
        clock.set(Instant(seconds: 1_766_000_000))  // 2025-12-17, two days after the cut-off
        #expect(try await port.push(Self.row, idempotency: "c1").code == "collect.window-closed")
        let leave = #"{"until":"2025-12-19T00:00:00Z","reason":"机房停电"}"#
        #expect(try await port.site.ask(.post, port.base + "/port-leaves", as: "operator", body: leave).status == 403)
        #expect(try await port.site.ask(.post, port.base + "/port-leaves", as: "approver", body: leave).status == 201)
        let late = try await port.push(Self.row, idempotency: "c2", path: "/port/v1/batches?lateReason=power")
        #expect(late.status == 201)
        #expect(late.json?["late"] as? Int == 1)
        clock.set(Instant(seconds: 1_766_200_000))
        #expect(try await port.push(Self.row, idempotency: "c3").code == "collect.window-closed")
    }

    @Test("A round that is not open takes nothing")
    func notOpen() async throws {
        let port = try await TestPort(opened: false)
        #expect(try await port.push(Self.row, idempotency: "n").code == "collect.window-closed")
    }

    @Test("The overview says in a sentence how the connection stands")
    func sentences() async throws {
        let clock = SettableClock()
        let port = try await TestPort(clock: clock)
        #expect(try await port.overview()["state"] as? String == "never")
        _ = try await port.push(Self.row, idempotency: "1")
        #expect(try await port.overview()["state"] as? String == "healthy")
        _ = try await port.push("x\ny", idempotency: "2")
        #expect(try await port.overview()["state"] as? String == "rejecting")
        #expect((try await port.overview()["rejects"] as? [String: Int])?["row-malformed"] == 2)
        clock.set(Instant(seconds: 1_763_784_000 + 5 * 86_400))
        #expect(try await port.overview()["state"] as? String == "silent")
    }

    @Test("Another platform's batch is not there")
    func foreign() async throws {
        let port = try await TestPort()
        let batch = try #require(try await port.push(Self.row, idempotency: "1").json?["batch"] as? String)
        let other = try await port.secondPlatformKey()
        #expect(try await port.site.ask(.get, "/port/v1/batches/\(batch)", as: other).code == "collect.batch-unknown")
        let void = try await port.site.ask(
            .post, "/port/v1/batches/\(batch)/void", as: other, body: #"{"reason":"x"}"#)
        #expect(void.code == "collect.batch-unknown")
    }

    @Test("A platform above its rate is told when to come back")
    func rate() async throws {
        let port = try await TestPort(policy: true)
        var codes: [String?] = []
        for index in 0..<5 { codes.append(try await port.push(Self.row, idempotency: "r\(index)").code) }
        #expect(codes.last == "collect.rate-exceeded")
        let answer = try await port.push(Self.row, idempotency: "r9")
        #expect(answer.status == 429)
        #expect(answer.headers[.retryAfter] != nil)
    }

    @Test("A clock that jumps forth and back neither loses nor doubles a batch, nor stops the port")
    func clockJumps() async throws {
        let clock = SettableClock()
        let start = clock.now()
        let port = try await TestPort(clock: clock)
        var receipts: [String] = []
        for (index, jump) in [0, 600, -3600, 40, -7200, 1].enumerated() as EnumeratedSequence<[Int64]> {
            clock.set(start.adding(seconds: jump))
            let answer = try await port.push(Self.row, idempotency: "jump-\(index)")
            #expect(answer.status == 201)
            receipts.append(try #require(answer.json?["batch"] as? String))
        }
        clock.set(start)
        for (index, receipt) in receipts.enumerated() {
            let again = try await port.push(Self.row, idempotency: "jump-\(index)")
            #expect(again.json?["batch"] as? String == receipt)
        }
        let listed = try #require(try await port.overview()["batches"] as? [[String: Any]])
        #expect(listed.compactMap { $0["batch"] as? String } == receipts.reversed())
        #expect(try await port.counted("devices-connected", month: 11) == 1)
    }

    @Test("What was acknowledged is there when the database is opened again")
    func reopened() async throws {
        let port = try await TestPort()
        let batch = try #require(try await port.push(Self.row, idempotency: "k").json?["batch"] as? String)
        let again = try TestPort.reopen(port.site.folder)
        let found = try await again.batch(batch)
        #expect(found?.receipt.accepted == 1)
        let receipt = try await again.receipt("r1", "p1", idempotencyKey: "k")
        #expect(receipt?.receipt.batch == batch)
    }
}
