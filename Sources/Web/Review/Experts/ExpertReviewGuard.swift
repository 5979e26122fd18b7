import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// A platform leaves the experts only when all its marks are in and every divergence is settled.
public struct ExpertReviewGuard: TransitionGuard {
    private let store: any ExpertStore
    private let declarations: any DeclarationStore

    public init(store: any ExpertStore, declarations: any DeclarationStore) {
        self.store = store
        self.declarations = declarations
    }

    public func hindrances(to request: SubmissionRequest, of submission: SubmissionCase) async throws -> [Finding] {
        let one = submission.participation
        guard one.submission == .expertReview, [.finish, .skipSite].contains(request.action) else { return [] }
        let book = try await store.book(one.round, indicator: nil, platform: one.platform)
        let standings = book.standings()
        let lists = try await declarations.listCounts(one.round, one.platform)
        let declared = Set(try await declarations.declarations(one.round, one.platform).map(\.cell.indicator))
        var found: [Finding] = []
        for indicator in submission.scheme.markedIndicators {
            let hasCase = lists[indicator.id].map { $0 > 0 } ?? declared.contains(indicator.id)
            guard hasCase else { continue }
            let place = indicator.id.rawValue
            let values = ["number": "\(indicator.number)", "indicator": indicator.title.zh]
            let cell = CellAddress(round: one.round, platform: one.platform, indicator: indicator.id)
            guard let standing = standings[cell], !standing.experts.isEmpty else {
                found.append(Finding(.error, "experts.not_drawn", at: place, values))
                continue
            }
            let counted = values.merging(["count": "\(standing.owing.count)"]) { $1 }
            switch standing.stage {
            case .marking: found.append(Finding(.error, "experts.marks_owed", at: place, counted))
            case .complete: found.append(Finding(.error, "experts.marks_hidden", at: place, values))
            case .discussing: found.append(Finding(.error, "experts.divergence_open", at: place, counted))
            case .ready: break
            }
            let least = submission.scheme.expertMarking?.atLeast.value ?? 3
            if standing.experts.count < least {
                found.append(
                    Finding(
                        .error, "experts.panel_short", at: place,
                        values.merging(["count": "\(standing.experts.count)", "least": "\(least)"]) { $1 }))
            }
        }
        return found
    }
}

/// A platform that reaches the experts after the draw is given to the panel with the fewest cases.
public struct ExpertCaseFollower: TransitionFollower {
    private let store: any ExpertStore
    private let clock: any Clock
    private let random: any RandomSource

    public init(store: any ExpertStore, clock: any Clock, random: any RandomSource) {
        self.store = store
        self.clock = clock
        self.random = random
    }

    public func moved(_ request: SubmissionRequest, from before: Participation, to after: SubmissionCase) async throws {
        let one = after.participation
        guard one.submission == .expertReview else { return }
        let book = try await store.book(one.round, indicator: nil, platform: nil)
        for draw in book.draws {
            let cell = CellAddress(round: one.round, platform: one.platform, indicator: draw.indicator)
            guard !book.cases.contains(where: { $0.cell == cell }) else { continue }
            let sizes = (1...max(1, draw.outcome.panels.count)).map { panel in
                (book.cases.count { $0.cell.indicator == draw.indicator && $0.panel == panel }, panel)
            }
            guard let panel = sizes.min(by: <)?.1 else { continue }
            let now = clock.now()
            let entry = AuditEntry(
                "experts.case_added", actor: .system("experts"), at: now, subject: cell.subject,
                payload: ["panel": .string("\(panel)")], salt: random.salt())
            try await store.add([ExpertCase(cell: cell, panel: panel, isAnchor: false)], at: now, entry: entry)
        }
    }
}
