import Review
import Testing
import Vocabulary

@Suite("The states of rounds and submissions")
struct RoundTests {
    @Test("No sequence of allowed actions reaches a state that the table does not name, and ends are ends")
    func closure() throws {
        let states = Set(SubmissionTransition.all.flatMap { [$0.from] + ($0.to.map { [$0] } ?? []) })
        #expect(states == Set(SubmissionState.allCases))
        for row in SubmissionTransition.all where row.from != .published {
            #expect(!row.from.isEnd, "\(row.from) is an end but \(row.action) leaves it")
        }
        for state in SubmissionState.allCases where !state.isEnd {
            #expect(SubmissionTransition.all.contains { $0.from == state }, "\(state) has no way out")
        }
    }

    @Test("No two rows leave the same state by the same action")
    func unambiguous() {
        let keys = SubmissionTransition.all.map { "\($0.from) \($0.action)" }
        #expect(Set(keys).count == keys.count)
    }

    @Test("A returned submission goes back to the level that returned it", arguments: [false, true])
    func returned(fromCity: Bool) throws {
        let code = try #require(CompanyCode.completing("91320500MA1ABCDE"))
        var submission = Participation(
            round: "r", platform: "p", name: "n", type: "t",
            company: PlatformOperator(code: code, name: "c", region: "320500"))
        submission = try submission.performing(.submit, reason: nil)
        if fromCity { submission = try submission.performing(.pass, reason: nil) }
        let level = submission.submission
        submission = try submission.performing(.return, reason: "why").performing(.resubmit, reason: nil)
        #expect(submission.submission == level)
        #expect(submission.version == (fromCity ? 5 : 4))
    }
}
