import Foundation
import Hummingbird
import Logging
import Match
import Review
import Synchronization
import Testing
import Transports
import Vocabulary
import Web

@Suite("Matching and look-ups over HTTP", .serialized)
struct MatchRoutesTests {
    private let matches = "/api/v1/rounds/r1/matches"
    private let lookups = "/api/v1/rounds/r1/registry-lookups"

    private func importList(_ desk: CellDesk, _ title: String, award: String, _ table: String) async throws {
        let query = "?title=\(title)&issuer=MIIT&date=2024-06-01&indicator=honours&award=\(award)"
        let answer = try await desk.site.ask(
            .post, "/api/v1/rounds/r1/lists" + query, as: "operator", headers: ["Content-Type": "text/csv"], body: table
        )
        #expect(answer.status == 201, "\(answer.body)")
    }

    private func row(_ desk: CellDesk, level: String = "A") async throws -> (table: String, platform: Participation) {
        let platform = try #require(try await desk.site.services.rounds.participation("r1", "p1"))
        let table =
            "企业名称,统一社会信用代码,平台名称,等级\n\(platform.company.name),\(platform.company.code),\(platform.name),\(level)\n"
        return (table, platform)
    }

    @Test("Matching fills the cell with its values, the rule that decided and its sentences, once")
    func matching() async throws {
        let desk = try await CellDesk()
        try await desk.submit()
        let empty = try await desk.site.ask(.post, matches, as: "operator")
        #expect(empty.status == 200 && empty.json?["waiting"] as? Int == 1, "\(empty.body)")
        #expect(try await desk.site.services.cells.verifications.verifications("r1").isEmpty)

        try await importList(desk, "eval", award: "dynamic-evaluation-2024", try await row(desk).table)
        try await importList(desk, "cases", award: "ai-industrialisation-2024", "企业名称,平台名称\n别家有限公司,别家平台\n")
        let answer = try await desk.site.ask(.post, matches, as: "operator", headers: ["Accept-Language": "en"])
        #expect(answer.json?["recorded"] as? Int == 1, "\(answer.body)")
        let item = try #require((answer.json?["items"] as? [[String: Any]])?.first)
        let values = item["values"] as? [String: Any]
        #expect(values?["honours.dynamic-evaluation"] as? Int == 1)
        #expect(values?["honours.case-lists"] as? Int == 0)
        let award = (item["awards"] as? [[String: Any]])?.first
        #expect(award?["rule"] as? String == "credit-code" && award?["standing"] as? String == "counts")
        #expect(award?["platformRule"] as? String == "platform-name")
        let sentences = (item["explanation"] as? [String] ?? []).joined(separator: " ")
        #expect(sentences.contains("both checks hold") && sentences.contains("Not on “cases”"))
        let verified = try #require(try await desk.site.services.cells.verifications.verifications("r1").first)
        #expect(verified.basis == .matched && verified.logIndex != nil)

        let again = try await desk.site.ask(.post, matches, as: "operator")
        #expect(again.json?["recorded"] as? Int == 0)
        #expect(try await desk.site.services.cells.verifications.verifications("r1").first?.version == 1)
        let read = try await desk.site.ask(.get, matches, as: "inspector")
        #expect((read.json?["items"] as? [Any])?.count == 1)
    }

    @Test("A grade that the scheme does not count gives nothing and says so")
    func grade() async throws {
        let desk = try await CellDesk()
        try await desk.submit()
        try await importList(desk, "eval", award: "dynamic-evaluation-2024", try await row(desk, level: "C").table)
        let answer = try await desk.site.ask(.post, matches, as: "operator")
        #expect(answer.body.contains("grade-not-named"))
        let verified = try #require(try await desk.site.services.cells.verifications.verifications("r1").first)
        #expect(verified.values["honours.dynamic-evaluation"] == .zero)
    }

    @Test("Without a registry the look-up is refused and the cell waits; nobody but the operator runs either")
    func refused() async throws {
        let desk = try await CellDesk()
        #expect(try await desk.site.ask(.post, lookups, as: "operator").code == "match.no_registry")
        for path in [matches, lookups] {
            for token in ["manager", "city-clerk", "expert", "inspector", "approver"] {
                #expect(try await desk.site.ask(.post, path, as: token).status == 403)
            }
            #expect(try await desk.site.ask(.post, path).status == 401)
        }
        #expect(try await desk.site.ask(.get, matches, as: "manager").status == 403)
    }

    @Test("An outage leaves the cell waiting, never zero, and a later look-up over real HTTP fills it")
    func outage() async throws {
        let limits = HTTPRegistry.Limits(trySeconds: 60, questionSeconds: 120, tries: 2, pauseSeconds: 0.01)
        let registry = ConfiguredRegistry(try HTTPRegistry(base: "http://127.0.0.1:9", limits: limits))
        let desk = try await CellDesk { $0.match.registry = registry }
        try await desk.submit()
        let platform = try await row(desk).platform
        let register = """
            企业名称,统一社会信用代码,称号,有效期起,有效期至
            \(platform.company.name),\(platform.company.code),国家专精特新“小巨人”,2024-01-01,2027-01-01
            """
        let header = ListHeader(title: "登记库", issuer: "", document: "", date: CivilDay(daysSince1970: 0))
        let list = OfficialListReader().read(Array(register.utf8), header: header).list

        let down = try await lookUp(desk)
        #expect(down.status == 200, "\(down.body)")
        #expect(down.json?["asked"] as? Int == 1 && down.json?["waiting"] as? Int == 1)
        #expect(try await desk.site.services.cells.verifications.verifications("r1").isEmpty)

        let (ports, report) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let app = Application(
            router: ReferenceRegistry(list, asOf: CivilDay(daysSince1970: 20_000)).router(),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { report.yield($0.localAddress?.port ?? 0) }, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await app.run() }
            let port = try #require(await ports.first { $0 > 0 })
            registry.configure(try HTTPRegistry(base: "http://127.0.0.1:\(port)", limits: limits))
            let up = try await self.lookUp(desk)
            #expect(up.json?["answered"] as? Int == 1 && up.json?["recorded"] as? Int == 1, "\(up.body)")
            group.cancelAll()
        }
        let verified = try #require(try await desk.site.services.cells.verifications.verifications("r1").first)
        #expect(verified.basis == .registry && verified.values["specialised-new"] == ExactDecimal(2))
        let kept = try #require(try await desk.site.services.match.awards.awards("r1", platform: "p1").first)
        #expect(kept.asOf == CivilDay(daysSince1970: 20_000) && kept.awards.awards.first?.match.rule == .creditCode)
    }

    private func lookUp(_ desk: CellDesk) async throws -> TestSite.Answer {
        try await desk.site.ask(.post, lookups, as: "operator")
    }
}

/// Passes every question on to the registry that is configured at the moment.
private final class ConfiguredRegistry: Registry {
    private let present: Mutex<any Registry>

    init(_ registry: any Registry) { present = Mutex(registry) }

    func configure(_ registry: any Registry) { present.withLock { $0 = registry } }

    func ask(_ question: RegistryQuestion) async throws -> RegistryAnswer {
        try await present.withLock { $0 }.ask(question)
    }
}
