import Review
import Trust
import Vocabulary

/// Stands where no store was joined: nothing has happened, and nothing can.
struct NoSubmissions: SubmissionStore {
    private let failure = Failure("common.unknown_failure")

    func move(
        _ next: Participation, replacing version: Int, event: SubmissionEvent, quota: CityQuota?, entry: AuditEntry
    ) async throws -> Int { throw failure }
    func events(_ round: RoundID, _ platform: PlatformID) async throws -> [SubmissionEvent] { [] }
    func lastEvents(_ round: RoundID) async throws -> [PlatformID: SubmissionEvent] { [:] }
    func recommended(_ round: RoundID) async throws -> [RegionCode: Int] { [:] }
    func propose(
        _ proposal: SubmissionProposal, _ round: RoundID, _ platform: PlatformID, entry: AuditEntry
    ) async throws -> Int { throw failure }
    func proposals(_ round: RoundID, _ platform: PlatformID, version: Int) async throws -> [SubmissionProposal] { [] }
    func windows(_ round: RoundID) async throws -> [SubmissionWindow] { [] }
    func set(_ window: SubmissionWindow, of round: RoundID, entry: AuditEntry) async throws -> Int { throw failure }
}
