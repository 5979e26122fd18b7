import Scheme
import Trust
import Vocabulary

/// Settles the experts' marks of a round into verified values, as far as the marks are in.
///
/// Asking again changes nothing that is settled already: a cell is written only when its value would be another.
public struct MarkSettling: Sendable {
    /// What came of it, for the computation's report.
    public struct Outcome: Sendable, Hashable {
        /// Cells that got a value now, without those that had the same one.
        public var recorded: [CellAddress] = []
        /// Cells for which marks, or the value they are merged with, are still owed.
        public var waiting: [CellAddress] = []
        /// Indicators all of whose cells are settled.
        public var settled: [IndicatorID] = []
    }

    /// Makes the entry of a change: kind, subject, reason, payload.
    public typealias EntryMaker = @Sendable (AuditKind, AuditSubject, String?, CanonicalJSON) -> AuditEntry

    private let marks: any MarkStore
    private let verifications: any VerificationStore
    private let readiness: (any MarkReadiness)?

    /// - Parameter readiness: Knows whose marks count and which cells wait for a discussion; nil where nobody was drawn.
    public init(
        marks: any MarkStore, verifications: any VerificationStore, readiness: (any MarkReadiness)? = nil
    ) {
        self.readiness = readiness
        self.marks = marks
        self.verifications = verifications
    }

    /// - Parameters:
    ///   - platforms: Those that take part in the ranking.
    ///   - cases: Cell → accepted cases; a cell without any is worth 0 and needs no mark. Cells not named are marked.
    ///   - by: Who is named as the one who settled.
    ///   - at: The moment of the settlement, for all cells.
    public func settle(
        _ round: RoundID, scheme: IndicatorScheme, platforms: [PlatformID], cases: [CellAddress: Int],
        by: AccountID, at: Instant, entry: EntryMaker
    ) async throws -> Outcome {
        var outcome = Outcome()
        guard let rules = scheme.expertMarking else { return outcome }
        let present = Swift.Dictionary(
            uniqueKeysWithValues: try await verifications.verifications(round).map { ($0.cell, $0) })
        let closed = try await marks.settled(round)
        let standings = try await readiness?.readiness(round) ?? [:]
        for indicator in scheme.indicators {
            guard let mark = indicator.markValue else { continue }
            let given = Swift.Dictionary(grouping: try await marks.marks(round, indicator.id), by: \.cell)
            var changes: [VerificationChange] = []
            var isComplete = true
            for platform in platforms {
                let cell = CellAddress(round: round, platform: platform, indicator: indicator.id)
                let draft = draft(
                    cell, indicator, mark, marks: counting(given[cell] ?? [], standings[cell]), cases: cases[cell],
                    present: present[cell], rules: rules)
                guard let draft else {
                    outcome.waiting.append(cell)
                    isComplete = false
                    continue
                }
                if present[cell]?.values == draft.values, present[cell]?.basis == .marked { continue }
                let verification = Verification(
                    cell: cell, values: draft.values, basis: .marked, reason: draft.reason, by: by, at: at)
                let payload = CanonicalJSON.object([
                    "values": .object(draft.values.mapValues { CanonicalJSON($0) }),
                    "marks": .array(
                        (counting(given[cell] ?? [], standings[cell]) ?? []).map { .string($0.mark.description) }),
                ])
                let subject = AuditSubject(round: round, platform: platform, indicator: indicator.id)
                changes.append(
                    VerificationChange(verification, entry: entry("cell.verified", subject, draft.reason, payload)))
            }
            if !changes.isEmpty { try await verifications.record(changes, replacing: [:]) }
            outcome.recorded += changes.map(\.verification.cell)
            guard isComplete, !platforms.isEmpty else { continue }
            outcome.settled.append(indicator.id)
            if !closed.contains(indicator.id) {
                let subject = AuditSubject(round: round, indicator: indicator.id)
                try await marks.settle(
                    round, indicator.id, at: at, entry: entry("marks.settled", subject, nil, .null))
            }
        }
        return outcome
    }

    /// The marks that count: where experts were drawn, those of the present experts, and none while one is owed or a
    /// divergence is open (nil).
    private func counting(_ marks: [ExpertMark], _ standing: CaseStanding?) -> [ExpertMark]? {
        guard let standing else { return marks }
        guard standing.stage == .ready else { return nil }
        return marks.filter { standing.experts.contains($0.expert) }
    }

    /// The values and the reason in figures that need no language; nil while something is owed.
    private func draft(
        _ cell: CellAddress, _ indicator: Indicator, _ mark: (id: String, places: Int), marks: [ExpertMark]?,
        cases: Int?, present: Verification?, rules: ExpertMarking
    ) -> (values: [String: ExactDecimal], reason: String)? {
        var values = present?.values ?? [:]
        let others = indicator.valueIDs.filter { $0 != mark.id }
        if cases == 0 {
            for id in others { values[id] = values[id] ?? .zero }
            values[mark.id] = .zero
            return (values, "\u{2205} → 0")
        }
        guard others.allSatisfy({ values[$0] != nil }), let marks,
            let settled = try? MarkSettlement(marks.map(\.mark), rules: rules, places: mark.places)
        else { return nil }
        values[mark.id] = settled.mark
        return (values, settled.notation)
    }
}

extension Indicator {
    /// The value id that experts mark, with its places; nil for indicators without a mark.
    public var markValue: (id: String, places: Int)? {
        if let part = parts.first(where: { $0.kind == .mark }) { return ("\(id).\(part.id)", part.valuePlaces) }
        return parts.isEmpty && rule == .mark ? (id.rawValue, valuePlaces) : nil
    }
}
