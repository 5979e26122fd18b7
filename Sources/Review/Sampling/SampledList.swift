import Scheme
import Vocabulary

/// A list in its verification by sample: frozen, drawn, proved, judged, settled.
public struct SampledList: Sendable, Hashable, Identifiable {
    /// What was drawn, out of which seed.
    public struct Drawing: Sendable, Hashable {
        /// Entries of the log under the checkpoint; more than the index of the freeze.
        public let checkpointSize: Int
        /// The root of that checkpoint.
        public let seed: Digest
        public let at: Instant
        /// The entry of the draw.
        public let logIndex: Int
        /// The last day on which the company hands in proof.
        public let dueDay: CivilDay

        public init(checkpointSize: Int, seed: Digest, at: Instant, logIndex: Int, dueDay: CivilDay) {
            self.checkpointSize = checkpointSize
            self.seed = seed
            self.at = at
            self.logIndex = logIndex
            self.dueDay = dueDay
        }
    }

    /// How far the drawn rows are.
    public struct Tally: Sendable, Hashable {
        public let drawn: Int
        public let good: Int
        public let bad: Int
        /// Drawn rows with at least one paper.
        public let proved: Int
        public var open: Int { drawn - good - bad }
        public var judged: Int { good + bad }

        public init(drawn: Int, good: Int, bad: Int, proved: Int) {
            self.drawn = drawn
            self.good = good
            self.bad = bad
            self.proved = proved
        }
    }

    /// How it ended.
    public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
        /// Declared × share.
        case sampled
        /// A lower figure, decided with a reason.
        case cut
        /// The list went back to the company.
        case returned
    }

    /// Where it stands on a day.
    public enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
        case frozen
        /// The company is asked for proof.
        case asked
        /// Rows wait for judgement.
        case judging
        /// All rows are judged, the figure is not written yet.
        case judged
        /// A cut or return waits for the approver.
        case proposed
        case settled
        case returned
    }

    public let id: Int64
    public let cell: CellAddress
    public let listVersion: Int
    public let digest: Digest
    /// Rows that could be drawn.
    public let rowCount: Int
    public let struckCount: Int
    public let figures: [String: ExactDecimal]
    public let frozenAt: Instant
    /// The entry of the freeze.
    public let freezeIndex: Int
    public let drawing: Drawing?
    /// When the company said that its proof is complete.
    public let provedAt: Instant?
    public let settledAt: Instant?
    public let outcome: Outcome?
    /// A proposal waits for the approver.
    public let isProposed: Bool
    public let tally: Tally
    /// Grows by one with every change of the list's own state, not with judgements.
    public let version: Int

    public init(
        id: Int64, cell: CellAddress, listVersion: Int, digest: Digest, rowCount: Int, struckCount: Int,
        figures: [String: ExactDecimal], frozenAt: Instant, freezeIndex: Int, drawing: Drawing?, provedAt: Instant?,
        settledAt: Instant?, outcome: Outcome?, isProposed: Bool, tally: Tally, version: Int
    ) {
        self.id = id
        self.cell = cell
        self.listVersion = listVersion
        self.digest = digest
        self.rowCount = rowCount
        self.struckCount = struckCount
        self.figures = figures
        self.frozenAt = frozenAt
        self.freezeIndex = freezeIndex
        self.drawing = drawing
        self.provedAt = provedAt
        self.settledAt = settledAt
        self.outcome = outcome
        self.isProposed = isProposed
        self.tally = tally
        self.version = version
    }

    /// - Parameter today: in the scheme's zone; proof is taken to the end of its due day, and without end where the
    ///   round sets no period (the due day is the day of the draw).
    public func stage(on today: CivilDay, drawnOn: CivilDay? = nil) -> Stage {
        if let outcome { return outcome == .returned ? .returned : .settled }
        guard let drawing else { return .frozen }
        if isProposed { return .proposed }
        if tally.open == 0 { return .judged }
        let isOpenEnded = drawing.dueDay == drawnOn
        return provedAt == nil && (isOpenEnded || today <= drawing.dueDay) ? .asked : .judging
    }

    /// What the judgements mean for one of the figures.
    /// - Throws: `review.sample_judgements` while rows are open or none was drawn.
    public func result(of value: String, places: Int, rules: Sampling) throws(Failure) -> SampleResult {
        guard tally.open == 0, let declared = figures[value] else {
            throw Failure(
                "review.sample_judgements",
                ["good": "\(tally.good)", "drawn": "\(tally.drawn)", "rows": "\(rowCount)"])
        }
        return try SampleResult(
            declared: declared, listCount: rowCount, drawn: tally.drawn, good: tally.good, places: places,
            rules: rules)
    }
}
