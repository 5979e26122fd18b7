import Scheme
import Vocabulary

/// Moves along what nobody has acted on in time: returned → not accepted, supplement → formal check, told → notice.
///
/// Every step looks at instants on disk, never at what an earlier step saw: a clock that jumps, a restart or two servers
/// at once can neither skip a period nor end one twice.
public struct SubmissionClocks: Sendable {
    private let rounds: any RoundStore
    private let schemes: any SchemeLibrary
    private let store: any SubmissionStore
    private let periods: SubmissionPeriods
    private let desk: SubmissionDesk
    private let report: @Sendable (any Error, Participation?) -> Void

    public init(
        rounds: any RoundStore, schemes: any SchemeLibrary, store: any SubmissionStore, periods: SubmissionPeriods,
        desk: SubmissionDesk, report: @escaping @Sendable (any Error, Participation?) -> Void
    ) {
        self.rounds = rounds
        self.schemes = schemes
        self.store = store
        self.periods = periods
        self.desk = desk
        self.report = report
    }

    /// One look at all rounds. A fault in one submission is reported and hinders no other.
    /// - Returns: how many submissions moved.
    @discardableResult
    public func tick(_ now: Instant) async throws -> Int {
        var moved = 0
        for round in try await rounds.rounds() where SubmissionClocks.run(in: round) {
            guard let scheme = try await schemes.scheme(digest: round.schemeDigest),
                let zone = DayCutter(zoneName: scheme.zone)
            else { continue }
            let events = try await store.lastEvents(round.id)
            for (platform, event) in events.sorted(by: { $0.key < $1.key }) where Self.lapsing.contains(event.to) {
                do {
                    guard let participation = try await rounds.participation(round.id, platform) else { continue }
                    let submission = SubmissionCase(participation, round: round, scheme: scheme, now: now)
                    guard let period = try await periods.period(of: submission, since: event),
                        period.isMissed(now, zone: zone)
                    else { continue }
                    _ = try await desk.act(SubmissionRequest(.lapse), on: submission, roles: ["system"])
                    moved += 1
                } catch let failure as Failure where failure.code == "review.stale" {
                    // Somebody acted at this very moment: the next look sees it.
                } catch {
                    report(error, try? await rounds.participation(round.id, platform))
                }
            }
        }
        return moved
    }

    /// States that end by themselves.
    private static let lapsing: Set<SubmissionState> = [.returned, .supplement, .settled]

    /// A demonstration runs over days long past; a suspended round stands still.
    private static func run(in round: Round) -> Bool {
        round.kind != .demonstration && [.open, .reviewing, .evaluating, .panel, .notice].contains(round.state)
    }
}
