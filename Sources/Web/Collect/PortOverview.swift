import Collect
import Review
import Scheme
import Vocabulary
import Wording

/// A platform's port at a glance: the connection in a sentence, batches, rejects, coverage, counts beside declared.
struct PortOverview: Encodable, Sendable {
    /// How the connection stands.
    enum State: String, Encodable, Sendable {
        /// No batch was ever taken.
        case never
        /// The latest batch is older than the days on time.
        case silent
        /// More than a tenth of the latest batch's rows were rejected.
        case rejecting
        case healthy
        /// Kept data is damaged: what rests on it is not counted.
        case damaged
    }

    /// A damaged place in the port's files, with its sentence.
    struct Damage: Encodable, Sendable {
        let file: String
        let offset: Int
        let batch: String?
        let reason: String
        let sentence: String
    }

    struct Coverage: Encodable, Sendable {
        let day: CivilDay
        /// Accepted rows by kind.
        let kinds: [String: Int]
    }

    struct Count: Encodable, Sendable {
        let indicator: IndicatorID
        let number: Int
        let title: String
        let unit: String
        /// Nil: nothing was sent that it could be counted from.
        let counted: ExactDecimal?
        let declared: ExactDecimal?
        /// (declared − counted) ÷ counted.
        let deviation: Double?
        let evidenceLevel: EvidenceLevel
        let completeness: Double
        let perMonth: [MonthCount]
        let splits: [String: ExactDecimal]
        /// What is still to be sent, in words; empty when nothing is missing.
        let missing: String?
    }

    let state: State
    let sentence: String
    let collecting: Bool
    let cutOff: CivilDay
    let months: [String]
    let batches: [BatchResource]
    /// Rejected rows by reason code.
    let rejects: [String: Int]
    let coverage: [Coverage]
    let counts: [Count]
    let damages: [Damage]
}

extension Services {
    /// Reads what the port page and the connection API show.
    func portOverview(
        _ round: Round, _ platform: PlatformID, _ language: Language, batchLimit: Int = 20
    ) async throws -> PortOverview {
        let scheme = try await scheme(of: round)
        let batches = try await records.batches(round.id, platform, before: nil, limit: batchLimit)
        let coverage = try await records.coverage(round.id, platform)
        var counts: [CountedValue] = []
        do {
            counts = try await records.counts(of: platform, in: round.id, scheme: scheme, cutOff: round.cutOff)
        } catch let failure as Failure where failure.portDamage != nil {
            // What is damaged is said below and counted nowhere.
        }
        let damages = try await records.damages(round.id, platform)
        let window = try await portWindow(of: round, platform)
        let (state, sentence) =
            damages.isEmpty
            ? connection(batches.first { $0.voidedAt == nil }, scheme, window, language)
            : (.damaged, Catalogue.of(language).text("collect.state.damaged"))
        let byDay = coverage.reduce(into: [CivilDay: [String: Int]]()) { days, entry in
            if let day = entry.day { days[day, default: [:]][entry.kind.name] = entry.rows }
        }
        return PortOverview(
            state: state, sentence: sentence, collecting: window.isCollecting, cutOff: round.cutOff,
            months: (scheme.calendar?.portMonths(cutOff: round.cutOff) ?? []).map(\.description),
            batches: batches.map(BatchResource.init),
            rejects: try await records.rejectCounts(round.id, platform).reduce(into: [:]) {
                $0[$1.key.rawValue] = $1.value
            },
            coverage: byDay.sorted { $0.key < $1.key }.map { PortOverview.Coverage(day: $0.key, kinds: $0.value) },
            counts: counts.compactMap { Self.count($0, scheme, language) },
            damages: damages.map { Self.damage($0, language) })
    }

    private static func damage(_ damage: PortDamage, _ language: Language) -> PortOverview.Damage {
        let values = [
            "file": damage.file, "offset": "\(damage.offset)", "batch": damage.batch ?? "", "reason": damage.reason,
        ]
        return PortOverview.Damage(
            file: damage.file, offset: damage.offset, batch: damage.batch, reason: damage.reason,
            sentence: Catalogue.of(language).text("collect.damage", values))
    }

    private func connection(
        _ latest: BatchSummary?, _ scheme: IndicatorScheme, _ window: PortWindow, _ language: Language
    ) -> (PortOverview.State, String) {
        let catalogue = Catalogue.of(language)
        guard let latest else { return (.never, catalogue.text("collect.state.never")) }
        let cutter = DayCutter(zoneName: scheme.zone)
        let days = Int((clock.now().milliseconds - latest.receivedAt.milliseconds) / 86_400_000)
        let values = [
            "at": cutter?.clockText(latest.receivedAt) ?? "\(latest.receivedAt)", "accepted": "\(latest.accepted)",
            "rejected": "\(latest.rejected)", "days": "\(days)",
        ]
        let state: PortOverview.State
        if days > scheme.calendar?.onTimeDays.value ?? 3, !window.isReplay {
            state = .silent
        } else if latest.rejected * 9 > latest.accepted {
            state = .rejecting
        } else {
            state = .healthy
        }
        return (state, catalogue.text("collect.state.\(state.rawValue)", values))
    }

    private static func count(
        _ value: CountedValue, _ scheme: IndicatorScheme, _ language: Language
    ) -> PortOverview.Count? {
        guard let indicator = scheme.indicator(value.indicator) else { return nil }
        let share = "\(Int((value.completeness * 100).rounded(.down)))"
        let missing: String?
        if value.value == nil {
            missing = "collect.missing.everything"
        } else if value.evidenceLevel == .declared {
            missing = "collect.missing.rows"
        } else if value.completeness < scheme.evidenceWorth?.completenessThreshold.value ?? 0 {
            missing = "collect.missing.days"
        } else {
            missing = nil
        }
        return PortOverview.Count(
            indicator: value.indicator, number: indicator.number, title: indicator.title[language],
            unit: indicator.unit[language], counted: value.value, declared: value.declared,
            deviation: value.deviation, evidenceLevel: value.evidenceLevel, completeness: value.completeness,
            perMonth: value.perMonth, splits: value.splits,
            missing: missing.map { Catalogue.of(language).text($0, ["share": share]) })
    }
}
