import Foundation
import Review
import TestSupport
import Testing
import Vocabulary

@Suite("The table of submissions")
struct SubmissionTableTests {
    /// The product's table, written out: from, action, to (`*` is the level that returned it).
    static let table: Set<String> = [
        "draft submit county-review", "draft withdraw withdrawn",
        "county-review pass city-review", "county-review return returned",
        "city-review recommend recommended", "city-review decline not-recommended", "city-review return returned",
        "returned resubmit *", "returned lapse not-accepted",
        "recommended take-in formal-check",
        "formal-check pass verification", "formal-check ask supplement", "formal-check reject not-accepted",
        "supplement resubmit formal-check", "supplement lapse formal-check",
        "verification finish expert-review",
        "expert-review finish site-check", "expert-review skip-site panel", "site-check finish panel",
        "panel settle settled", "panel disqualify disqualified",
        "settled recheck verification", "settled lapse in-notice",
        "in-notice object objection", "in-notice end published",
        "objection uphold panel", "objection dismiss in-notice",
        "published correct published", "published revoke revoked",
    ]

    @Test("The code's table is the product's table, row by row")
    func sameTable() {
        let rows = Set(
            SubmissionTransition.all.map { "\($0.from.rawValue) \($0.action.rawValue) \($0.to?.rawValue ?? "*")" })
        #expect(rows == Self.table)
    }

    static func draft() throws -> Participation {
        let code = try #require(CompanyCode.completing("91320500MA1ABCDE"))
        return Participation(
            round: "r", platform: "p", name: "n", type: "t",
            company: PlatformOperator(code: code, name: "c", region: "320583"))
    }

    @Test(
        "No sequence of actions leaves the table, whatever a scheme leaves out",
        arguments: [false, true], [false, true])
    func randomWalks(_ county: Bool, _ site: Bool) throws {
        for settled in [false, true] {
            let stages = SubmissionStages(countyReview: county, siteCheck: site, settled: settled)
            var random = SplitMix(seed: 20_251_122)
            var reached: Set<SubmissionState> = []
            for _ in 0..<400 {
                var submission = try Self.draft()
                var wasReturnedFrom: SubmissionState?
                for _ in 0..<60 {
                    let action = SubmissionAction.allCases[random.below(SubmissionAction.allCases.count)]
                    let before = submission
                    guard let next = try? submission.performing(action, reason: "why", stages: stages) else {
                        #expect(SubmissionTransition.row(before.submission, action) == nil)
                        continue
                    }
                    let row = try #require(SubmissionTransition.row(before.submission, action))
                    let named = row.to ?? wasReturnedFrom
                    #expect(next.submission == named.map(stages.entering))
                    #expect(next.version == before.version + 1)
                    #expect(next.company == before.company && next.platform == before.platform)
                    if next.submission == .returned { wasReturnedFrom = before.submission }
                    #expect((next.returnedFrom != nil) == (next.submission == .returned))
                    reached.insert(next.submission)
                    submission = next
                }
            }
            #expect(county || !reached.contains(.countyReview))
            #expect(site || !reached.contains(.siteCheck))
            #expect(settled || !reached.contains(.settled))
            let inTable = Set(SubmissionTransition.all.flatMap { [$0.from] + ($0.to.map { [$0] } ?? []) })
            #expect(reached.isSubset(of: inTable))
        }
    }

    @Test("An end is left by nobody but a correction and a revocation of what is published")
    func ends() {
        for row in SubmissionTransition.all where row.from.isEnd {
            #expect(row.from == .published && [.correct, .revoke].contains(row.action))
        }
    }

    @Test("A return, refusal or end without a reason is refused", arguments: SubmissionTransition.all)
    func reasons(_ row: SubmissionTransition) throws {
        var submission = try Self.draft()
        submission.submission = row.from
        submission.returnedFrom = row.from == .returned ? .cityReview : nil
        if row.action.needsReason {
            #expect(throws: Failure.self) { try submission.performing(row.action, reason: " \n") }
        } else {
            #expect(try submission.performing(row.action, reason: nil).version == submission.version + 1)
        }
    }

    @Test("The printed table is the code's table; RECORD=1 prints it anew")
    func printed() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/submission-states.md")
        var lines = [
            "# A submission's states", "",
            "One row a transition; printed from `SubmissionTransition.all` by a test (`RECORD=1` prints it anew).",
            "A scheme may leave out `county-review`, `site-check` and `settled`: what leads there leads to the next state",
            "(`city-review`, `panel`, `in-notice`). `*` is the level that returned the submission; `system` is the clock.",
            "The stages are those of the round in which the action may be taken.", "",
            "| from | action | to | who | people | reason | stages of the round |", "|--|--|--|--|--|--|--|",
        ]
        for row in SubmissionTransition.all {
            let people: String
            switch row.agreement {
            case .one: people = "one"
            case .proposal(let role): people = "\(role) proposes, one decides"
            case .two: people = "two"
            }
            let stages = StageGuard.stages(row.from, row.action).map(\.rawValue).joined(separator: ", ")
            lines.append(
                "| \(row.from.rawValue) | \(row.action.rawValue) | \(row.to?.rawValue ?? "*") | "
                    + "\(row.roles.joined(separator: ", ")) | \(people) | \(row.action.needsReason ? "required" : "–") | "
                    + "\(stages) |")
        }
        let text = lines.joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["RECORD"] != nil {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }
}

/// A small seeded generator. Source: S. Vigna, splitmix64.
struct SplitMix {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func below(_ count: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(count))
    }
}
