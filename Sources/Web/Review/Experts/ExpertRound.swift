import Access
import Review
import Scheme
import Submit
import Vocabulary

/// Everything about the experts of one round that its pages and its rules look at, read once.
struct ExpertRound: Sendable {
    let round: Round
    let scheme: IndicatorScheme
    /// All platforms of the round, by id.
    let participations: [Participation]
    let book: ExpertBook
    let standings: [CellAddress: CaseStanding]
    /// Cases handed in by cell; 0 where the company handed in nothing. Absent where a figure was declared without a list.
    let caseCounts: [CellAddress: Int]
    let settled: Set<IndicatorID>
    /// False in a demonstration, where every submitted case may be marked at once.
    let isStrict: Bool

    init(_ services: Services, _ round: Round) async throws {
        self.round = round
        scheme = try await services.scheme(of: round)
        var all: [Participation] = []
        while true {
            let page = try await services.rounds.participations(round.id, after: all.last?.platform, limit: 500)
            all += page
            if page.count < 500 { break }
        }
        participations = all
        book = try await services.people.experts.kept().book(round.id, indicator: nil, platform: nil)
        standings = book.standings()
        settled = try await services.cells.marks.settled(round.id)
        isStrict = services.enforcesGuards && round.kind != .demonstration
        let lists = try await services.cells.declarations.listCounts(round.id)
        let declared = Set(try await services.cells.declarations.declarations(round.id).map(\.cell))
        var counts: [CellAddress: Int] = [:]
        for indicator in scheme.markedIndicators {
            for one in all {
                let cell = CellAddress(round: round.id, platform: one.platform, indicator: indicator.id)
                if let count = lists[cell] {
                    counts[cell] = count
                } else if !declared.contains(cell) {
                    counts[cell] = 0
                }
            }
        }
        caseCounts = counts
    }

    var indicators: [Indicator] { scheme.markedIndicators }
    func cell(_ platform: PlatformID, _ indicator: IndicatorID) -> CellAddress {
        CellAddress(round: round.id, platform: platform, indicator: indicator)
    }
    func participation(_ platform: PlatformID) -> Participation? { participations.first { $0.platform == platform } }
    func hasCase(_ cell: CellAddress) -> Bool { caseCounts[cell] != 0 }

    /// Whether marks of the platform may be given now.
    func isOpen(_ one: Participation) -> Bool {
        if [.published, .archived, .cancelled, .suspended].contains(round.state) { return false }
        return isStrict ? one.submission == .expertReview : one.submission.isJudged
    }

    /// Whether the panel owes marks of the platform before it may see the others'.
    func counts(_ one: Participation) -> Bool {
        isStrict ? one.submission.isPastVerification : one.submission.isJudged
    }

    /// Cases to be marked under the indicator, by platform; at the draw also of those still being verified.
    func platforms(_ indicator: IndicatorID, atDraw: Bool = false) -> [Participation] {
        participations.filter { one in
            hasCase(cell(one.platform, indicator)) && (atDraw ? one.submission.isJudged : counts(one))
        }
    }

    /// The standings of the cases that count, by platform.
    func open(_ indicator: IndicatorID) -> [CaseStanding] {
        platforms(indicator).compactMap { standings[cell($0.platform, indicator)] }
    }

    /// Cells whose panel has all first marks in and which are not yet seen by their experts.
    var toReveal: [CellAddress] {
        var found: Set<CellAddress> = []
        for indicator in indicators {
            let counting = Set(platforms(indicator.id).map { cell($0.platform, indicator.id) })
            let cases = book.cases.filter { counting.contains($0.cell) }
            for (_, panel) in [Int: [ExpertCase]](grouping: cases, by: \.panel) {
                let complete = panel.allSatisfy { one in
                    book.assignments.allSatisfy { duty in
                        duty.cell != one.cell || duty.panel != one.panel || duty.ended != nil
                            || standings[one.cell]?.first[duty.expert] != nil
                    }
                }
                guard complete else { continue }
                for one in panel where standings[one.cell]?.stage == .complete { found.insert(one.cell) }
            }
        }
        return found.sorted()
    }
}

extension IndicatorScheme {
    /// The indicators that experts mark, in the scheme's order.
    var markedIndicators: [Indicator] { indicators.filter { $0.markValue != nil } }
}

extension SubmissionState {
    /// Handed in, past the offices, and still in the round.
    var isJudged: Bool {
        switch self {
        case .formalCheck, .supplement, .verification: true
        default: isPastVerification
        }
    }

    /// In front of the experts, or past them.
    var isPastVerification: Bool {
        switch self {
        case .expertReview, .siteCheck, .panel, .settled, .inNotice, .objection, .published: true
        default: false
        }
    }
}
