import Access
import Evaluate
import Review
import Scheme
import Score
import Vocabulary

/// Everything that lies before the panel, one line a platform.
struct PanelBook: Sendable {
    let work: PanelWork
    let run: EvaluationRun?
    let result: EvaluationResult?
    let participations: [Participation]
    let decisions: [PanelDecision]
    let tellings: [PlatformID: Telling]
    let rechecks: [PlatformID: Recheck]
    let signals: [PlatformID: [RaisedSignal]]
    /// Indicators of each platform on which the experts are far apart.
    let divergences: [PlatformID: [IndicatorID]]
    /// In the order of the ranks, those without one last.
    let lines: [PanelLine]

    init(_ work: PanelWork) async throws {
        self.work = work
        let latest = try await work.latest()
        run = latest?.run
        result = latest?.result
        participations = try await work.site.participations(work.round.id).filter { $0.submission != .draft }
        decisions = try await work.stores.decisions(work.round.id)
        tellings = try await work.stores.tellings(work.round.id)
        rechecks = try await work.stores.rechecks(work.round.id).reduce(into: [:]) { $0[$1.platform] = $1 }
        var raised: [RaisedSignal] = []
        for source in work.services.people.signalSources {
            raised += try await source.signals(work.round, scheme: work.scheme)
        }
        signals = Swift.Dictionary(grouping: raised, by: \.platform)
        divergences = try await PanelBook.divergences(work)
        let (result, signals, divergences, rechecks) = (result, signals, divergences, rechecks)
        lines = participations.map { one in
            PanelLine(
                one, unit: result?.field.unit(one.platform.rawValue), signals: signals[one.platform]?.count ?? 0,
                divergences: divergences[one.platform]?.count ?? 0, recheck: rechecks[one.platform])
        }.sorted { ($0.rank ?? Int.max, $0.platform) < ($1.rank ?? Int.max, $1.platform) }
    }

    /// Source: the rule of divergence of the expert review: range over 25, or one mark over 15 from the median.
    private static func divergences(_ work: PanelWork) async throws -> [PlatformID: [IndicatorID]] {
        var found: [PlatformID: [IndicatorID]] = [:]
        for indicator in work.scheme.indicators {
            let marks = try await work.services.cells.marks.marks(work.round.id, indicator.id)
            for (platform, given) in Swift.Dictionary(grouping: marks, by: \.cell.platform) {
                let values = given.map(\.mark.doubleValue)
                guard let low = values.min(), let high = values.max(), let median = values.median else { continue }
                if high - low > 25 || high - median > 15 || median - low > 15 {
                    found[platform, default: []].append(indicator.id)
                }
            }
        }
        return found
    }

    func participation(_ id: PlatformID) -> Participation? { participations.first { $0.platform == id } }

    /// The prefecture-level city of the operator, in the reader's language.
    func city(_ participation: Participation) -> String {
        work.scheme.regionTitle(participation.company.region.city, work.context.language)
    }

    func type(_ participation: Participation) -> String {
        work.scheme.types.first { $0.id == participation.type }?.title[work.context.language] ?? participation.type
    }
}

/// One platform before the panel, as the API shows it.
struct PanelLine: Encodable, Sendable {
    let platform: PlatformID
    let name: String
    let company: String
    let state: SubmissionState
    let total: ExactDecimal?
    let rank: Int?
    let totalWithoutBonus: ExactDecimal?
    let rankWithoutBonus: Int?
    let isProvisional: Bool
    let signals: Int
    let divergences: Int
    /// Cells of a recheck whose answer is owed.
    let recheckOwed: Int

    init(_ one: Participation, unit: UnitScore?, signals: Int, divergences: Int, recheck: Recheck?) {
        platform = one.platform
        name = one.name
        company = one.company.name
        state = one.submission
        total = unit?.total
        rank = unit?.rank
        totalWithoutBonus = unit?.totalWithoutBonus
        rankWithoutBonus = unit?.rankWithoutBonus
        isProvisional = unit?.isProvisional ?? false
        self.signals = signals
        self.divergences = divergences
        recheckOwed = recheck?.cells.filter { $0.answer == nil }.count ?? 0
    }
}
