import Evaluate
import Foundation
import Review
import Scheme
import Score
import Testing
import Trust
import Vocabulary
import Web

@Suite("Computations and results over HTTP")
struct ComputationRoutesTests {
    /// A site with an evaluating round of three submitted platforms with verified values.
    static func prepared(
        steps: @escaping (CellStores) -> [any SettlingStep] = { _ in [] }
    ) async throws -> TestSite {
        let site = try TestSite(steps: steps)
        _ = try await site.ask(.post, "/api/v1/rounds", as: "operator", body: RoundRoutesTests.newRound)
        let codes = ["MA1ABCDE", "MA1ABCDF", "MA1ABCDG"].map { CompanyCode.completing("91320500" + $0)!.description }
        for (index, code) in codes.enumerated() {
            let body = RoundRoutesTests.platform("p\(index + 1)", code: code, type: "comprehensive")
            let made = try await site.ask(.post, "/api/v1/rounds/r1/platforms", as: "operator", body: body)
            #expect(made.status == 201, "\(made.body)")
        }
        for (index, participation) in try await site.services.rounds.participations("r1", after: nil, limit: 9)
            .enumerated()
        {
            var changed = participation
            changed.submission = .panel
            changed.version += 1
            let entry = AuditEntry(
                "submission.moved", actor: .system("test"), at: Instant(seconds: 0), subject: AuditSubject(round: "r1"),
                salt: SystemRandomSource().salt())
            try await site.services.rounds.change(changed, replacing: participation.version, entry: entry)
            try await verify(site, participation.platform, "revenue-share", ["revenue-share": "\(20 * index + 30)"])
            try await verify(site, participation.platform, "financing-round", ["financing-round": "\(index)"])
        }
        for action in ["open", "review", "evaluate"] {
            let body = "{\"action\":\"\(action)\",\"reason\":\"–\"}"
            #expect(try await site.ask(.post, "/api/v1/rounds/r1/actions", as: "operator", body: body).status == 200)
        }
        return site
    }

    static func verify(
        _ site: TestSite, _ platform: PlatformID, _ indicator: IndicatorID, _ values: [String: String]
    ) async throws {
        let cell = CellAddress(round: "r1", platform: platform, indicator: indicator)
        let verification = Verification(
            cell: cell, values: values.compactMapValues { ExactDecimal($0) }, basis: .reviewed, reason: "–",
            by: "operator", at: Instant(seconds: 0))
        let entry = AuditEntry(
            "cell.verified", actor: .system("test"), at: Instant(seconds: 0), subject: AuditSubject(round: "r1"),
            salt: SystemRandomSource().salt())
        try await site.services.cells.verifications.record(
            [VerificationChange(verification, entry: entry)], replacing: [:])
    }

    /// Runs the desk until the body has ended.
    static func working<Value: Sendable>(
        _ site: TestSite, _ body: @Sendable @escaping () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            let desk = site.services.computations
            group.addTask {
                try await desk.run()
                return nil
            }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    static func compute(_ site: TestSite) async throws -> TestSite.Answer {
        try await working(site) { try await computed(site) }
    }

    /// One computation by a desk that is at work already.
    static func computed(_ site: TestSite) async throws -> TestSite.Answer {
        let started = try await site.ask(.post, "/api/v1/rounds/r1/computations", as: "operator")
        #expect(started.status == 202, "\(started.body)")
        let number = started.json?["id"] as? String ?? ""
        return try await site.ask(.get, "/api/v1/rounds/r1/computations/\(number)/events", as: "operator")
    }

    @Test("A computation reports its steps and ends in a result that heng score gives byte for byte")
    func computes() async throws {
        let site = try await Self.prepared()
        let events = try await Self.compute(site)
        #expect(events.headers[.contentType] == "text/event-stream")
        #expect(events.body.contains("event: end\ndata: {"))
        #expect(events.body.contains("\"state\":\"finished\""))
        let run = try await site.ask(.get, "/api/v1/rounds/r1/computations/1", as: "inspector")
        #expect(run.json?["state"] as? String == "finished", "\(run.body)")
        #expect(run.json?["isProvisional"] as? Bool == true)
        let result = try await site.ask(.get, "/api/v1/rounds/r1/result", as: "operator")
        let best = #""unit": "p3", "type": "comprehensive", "total": 4.80, "rank": 1"#
        #expect(result.body.contains(best), "\(result.body)")
        let values = try await site.ask(.get, "/api/v1/rounds/r1/computations/1/values.csv", as: "operator")
        let scheme = try #require(try await site.services.schemes.scheme("jiangsu-2025"))
        let file = ValuesFile(reading: Array(values.body.utf8), scheme: scheme)
        #expect(file.findings.allSatisfy { $0.severity < .error })
        let field = ScoreEngine(scheme: scheme).score(file.units)
        #expect(ScoreDocument(scheme: scheme, field: field).json() == result.body)
        let csv = try await site.ask(.get, "/api/v1/rounds/r1/result.csv", as: "operator")
        #expect(csv.body.hasPrefix("unit,type,total,rank,rankInType,grade,sections.foundation"))
        #expect(csv.headers[.contentDisposition]?.contains("result-r1-1.csv") == true)
    }

    @Test("A second computation at the same time is a conflict, and a stopped one leaves no result")
    func conflictAndStop() async throws {
        let site = try await Self.prepared()
        let first = try await site.ask(.post, "/api/v1/rounds/r1/computations", as: "operator")
        #expect(first.status == 202)
        let second = try await site.ask(.post, "/api/v1/rounds/r1/computations", as: "approver")
        #expect(second.status == 409 && second.code == "evaluate.already_running")
        let stop = try await site.ask(.post, "/api/v1/rounds/r1/computations/1/stop", as: "operator")
        #expect(stop.status == 202)
        _ = try await Self.working(site) {
            try await site.ask(.get, "/api/v1/rounds/r1/computations/1/events", as: "operator")
        }
        let run = try await site.ask(.get, "/api/v1/rounds/r1/computations/1", as: "operator")
        #expect(run.json?["state"] as? String == "stopped")
        #expect(try await site.ask(.get, "/api/v1/rounds/r1/result", as: "operator").code == "evaluate.no_result")
        let again = try await site.ask(.post, "/api/v1/rounds/r1/computations/1/stop", as: "operator")
        #expect(again.code == "evaluate.not_running")
    }

    @Test("The sheet has a line for every indicator, with formula, sentences, and who verified")
    func sheet() async throws {
        let site = try await Self.prepared()
        _ = try await Self.compute(site)
        let sheet = try await site.ask(.get, "/api/v1/rounds/r1/platforms/p2/sheet", as: "operator")
        #expect(sheet.status == 200, "\(sheet.body)")
        #expect(sheet.json?["rank"] as? Int == 2)
        #expect(sheet.body.contains(#""formula":"4 × (50 − 0) ÷ (100 − 0) = 2""#), "\(sheet.body)")
        #expect(sheet.body.contains(#""basis":"reviewed""#))
        #expect(sheet.body.components(separatedBy: "\"formula\"").count == 33)
        let unknown = try await site.ask(.get, "/api/v1/rounds/r1/platforms/p9/sheet", as: "operator")
        #expect(unknown.status == 404)
    }

    @Test(
        "Only those who run the round start computations",
        arguments: [
            ("manager", 403), ("expert", 403), ("inspector", 403), ("system-administrator", 403), ("approver", 202),
        ])
    func roles(role: String, status: Int) async throws {
        let site = try await Self.prepared()
        #expect(try await site.ask(.post, "/api/v1/rounds/r1/computations", as: role).status == status)
        #expect(try await site.ask(.post, "/api/v1/rounds/r1/computations").status == 401)
    }

    @Test("In a state in which no results are made a computation is refused with the reason")
    func refused() async throws {
        let site = try TestSite()
        _ = try await site.ask(.post, "/api/v1/rounds", as: "operator", body: RoundRoutesTests.newRound)
        let answer = try await site.ask(.post, "/api/v1/rounds/r1/computations", as: "operator")
        #expect(answer.status == 409 && answer.code == "evaluate.round_state")
        #expect(try await site.ask(.get, "/api/v1/rounds/r1/result").code == "evaluate.no_result")
        #expect(try await site.ask(.get, "/api/v1/rounds/r1/computations/7", as: "operator").status == 404)
    }

    @Test("A round without submitted platforms fails with its reason, and the next one may start")
    func empty() async throws {
        let site = try TestSite()
        _ = try await site.ask(.post, "/api/v1/rounds", as: "operator", body: RoundRoutesTests.newRound)
        _ = try await site.ask(
            .post, "/api/v1/rounds/r1/actions", as: "operator", body: #"{"action":"open","reason":"–"}"#)
        let next = try await Self.working(site) {
            _ = try await site.ask(.post, "/api/v1/rounds/r1/computations", as: "operator")
            _ = try await site.ask(.get, "/api/v1/rounds/r1/computations/1/events", as: "operator")
            return try await site.ask(.post, "/api/v1/rounds/r1/computations", as: "operator")
        }
        #expect(next.json?["id"] as? String == "2", "\(next.body)")
        let run = try await site.ask(.get, "/api/v1/rounds/r1/computations/1", as: "operator")
        #expect(run.json?["failure"] as? String == "evaluate.no_platforms")
    }
}
