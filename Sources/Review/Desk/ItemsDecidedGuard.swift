import Scheme
import Vocabulary

/// A level passes a submission on only when it has decided every item that the company declares, and none is sent back.
public struct ItemsDecidedGuard: TransitionGuard {
    private let store: any DeskStore

    public init(_ store: any DeskStore) { self.store = store }

    public func hindrances(
        to request: SubmissionRequest, of submission: SubmissionCase
    ) async throws -> [Finding] {
        let participation = submission.participation
        guard let level = Self.level(request.action, from: participation.submission) else { return [] }
        let decided = try await store.decisions(participation.round, participation.platform)
        return Self.findings(level, decided: decided, scheme: submission.scheme)
    }

    /// The level whose decisions the action rests on; nil for actions that rest on none.
    static func level(_ action: SubmissionAction, from state: SubmissionState) -> ReviewLevel? {
        switch (state, action) {
        case (.countyReview, .pass): .county
        case (.cityReview, .recommend): .city
        default: nil
        }
    }

    /// What stands against passing on, from the decisions of all levels.
    public static func findings(
        _ level: ReviewLevel, decided: [ItemDecision], scheme: IndicatorScheme
    ) -> [Finding] {
        let own = decided.filter { $0.level == level }
        let open = scheme.indicators.filter { indicator in
            indicator.mode == .upload && !own.contains { $0.cell.indicator == indicator.id }
        }
        let returned = own.filter { $0.verdict == .return }
        var found: [Finding] = []
        if !open.isEmpty {
            let numbers = open.map { "\($0.number)" }.joined(separator: ", ")
            found.append(
                Finding(.error, "desk.guard.items_open", at: "items", ["count": "\(open.count)", "numbers": numbers]))
        }
        if !returned.isEmpty {
            found.append(
                Finding(.error, "desk.guard.items_returned", at: "items", ["count": "\(returned.count)"]))
        }
        return found
    }
}

/// The verification ends only when every query was answered or has lapsed, and no proposal waits for its approver.
public struct QueriesAnsweredGuard: TransitionGuard {
    private let store: any QueryStore

    public init(_ store: any QueryStore) { self.store = store }

    public func hindrances(
        to request: SubmissionRequest, of submission: SubmissionCase
    ) async throws -> [Finding] {
        let participation = submission.participation
        guard participation.submission == .verification, request.action == .finish,
            let zone = DayCutter(zoneName: submission.scheme.zone)
        else { return [] }
        let today = zone.day(of: submission.now)
        let states = try await store.queries(participation.round, participation.platform).map { $0.state(today: today) }
        func finding(_ severity: Finding.Severity, _ code: String, _ state: SignalQuery.State...) -> Finding? {
            let count = states.filter { state.contains($0) }.count
            return count == 0 ? nil : Finding(severity, code, at: "queries", ["count": "\(count)"])
        }
        return [
            finding(.error, "desk.guard.queries_open", .open),
            finding(.error, "desk.guard.queries_proposed", .proposed),
            finding(.warning, "desk.guard.queries_undecided", .answered, .lapsed),
        ].compactMap { $0 }
    }
}

/// Remembers since when submissions stand where they stand, for the working-day clocks.
public struct StageFollower: TransitionFollower {
    private let store: any DeskStore

    public init(_ store: any DeskStore) { self.store = store }

    public func moved(
        _ request: SubmissionRequest, from before: Participation, to after: SubmissionCase
    ) async throws {
        try await store.noteStage(after.participation, at: after.now)
    }
}
