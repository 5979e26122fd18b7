import Foundation
import Hummingbird
import Match
import Testing
import Transports
import Vocabulary

@Suite("Look-ups through the adapter", .serialized)
struct RegistryLookupTests {
    private func subject(_ n: Int, _ name: String, formerNames: [String] = []) throws -> MatchSubject {
        MatchSubject(id: "P0\(n)", code: try Register.code(n), name: name, formerNames: formerNames)
    }

    private func value(_ outcome: RegistryOutcome) -> ExactDecimal? {
        guard case .answered(let awards, _) = outcome else { return nil }
        return awards.values["specialised-new"]
    }

    @Test("Every subject gets its highest valid title, by code or by name, or a proven zero")
    func settles() async throws {
        let subjects = [
            try subject(1, "江苏衡山科技有限公司"), try subject(2, "无锡星海智造有限公司"), try subject(3, "南通大江数据有限公司"),
            try subject(4, "徐州无名有限公司"),
        ]
        try await withServer(try Register.router()) { base in
            let lookup = Register.lookup(try HTTPRegistry(base: base, limits: .brief))
            let results = try await lookup.lookUp(subjects)
            #expect(results.map { self.value($0.outcome) } == [2, 3, 0, 0].map { ExactDecimal($0) })
            guard case .answered(let found, _) = results[1].outcome,
                case .answered(let absent, let asOf) = results[3].outcome
            else {
                Issue.record("no answer")
                return
            }
            #expect(found.awards.map(\.match.rule) == [.fullName])
            #expect(absent.decisions.first?.proof?.rowCount == 24)
            #expect(asOf == CivilDay("2025-12-01"))
        }
    }

    @Test("A registry that trusts a wrong match is not believed: its answer is judged by our own ladder")
    func lyingRegistry() async throws {
        let code = try Register.code(1)
        let other = try Register.code(2)
        let text = Register.emptyAnswer(code: code).replacingOccurrences(
            of: "\"companies\": []",
            with: """
                "companies": [{"code": "\(other)", "name": "江苏衡山科技有限公司", "formerNames": [], "awards": [
                {"title": "国家制造业单项冠军", "status": "granted"}]}]
                """)
        try await withServer(peer(Visits()) { _, _ in json(text) }) { base in
            let lookup = Register.lookup(try HTTPRegistry(base: base, limits: .brief))
            let outcome = try await lookup.lookUp(try self.subject(1, "江苏衡山科技有限公司"))
            #expect(self.value(outcome) == .zero)
            guard case .answered(let awards, _) = outcome else { return }
            #expect(awards.openCandidates.map(\.reason) == [.codeDiffers])
        }
    }

    @Test("An outage leaves every cell waiting, is not asked to death, and a later look-up fills them")
    func outage() async throws {
        let subjects = try (1...8).map { try subject($0, "江苏衡山科技有限公司") }
        let visits = Visits()
        try await withServer(peer(visits) { _, _ in json("{}", status: .badGateway) }) { base in
            let lookup = Register.lookup(try HTTPRegistry(base: base, limits: .brief, jitter: { 0 }))
            let results = try await lookup.lookUp(subjects)
            #expect(results.count == 8)
            for result in results {
                guard case .waiting(let failure) = result.outcome else {
                    Issue.record("\(result.subject.id) was settled during an outage")
                    continue
                }
                #expect(failure.code == "match.registry_status")
            }
            #expect(visits.total == RegistryLookup.failuresInARow * 2)
        }
        try await withServer(try Register.router()) { base in
            let lookup = Register.lookup(try HTTPRegistry(base: base, limits: .brief))
            let results = try await lookup.lookUp(subjects)
            #expect(self.value(results[0].outcome) == ExactDecimal(2))
            #expect(results.allSatisfy { self.value($0.outcome) != nil })
        }
    }

    @Test("A second page that fails leaves the cell waiting, not half an answer")
    func halfAnAnswer() async throws {
        let code = try Register.code(1)
        let router = peer(Visits()) { visit, _ in
            visit == 1
                ? json(Register.emptyAnswer(code: code, next: "\"2\"")) : json("{}", status: .internalServerError)
        }
        try await withServer(router) { base in
            let lookup = Register.lookup(try HTTPRegistry(base: base, limits: .brief, jitter: { 0 }))
            let outcome = try await lookup.lookUp(try self.subject(1, "江苏衡山科技有限公司"))
            #expect(self.value(outcome) == nil)
        }
    }
}
