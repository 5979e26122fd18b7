import Vocabulary

/// A whole set on a day, as the platform stated it; complete, not voided.
public struct InventorySnapshot: Sendable {
    public var kind: RecordKind
    public var date: CivilDay
    /// Ascending, no two equal.
    public var entries: [RunEntry]

    public init(kind: RecordKind, date: CivilDay, entries: [RunEntry]) {
        self.kind = kind
        self.date = date
        self.entries = entries
    }

    /// The snapshot of its batches' runs, of one thing the latest fact.
    public init(kind: RecordKind, date: CivilDay, runs: [Run]) {
        self.init(kind: kind, date: date, entries: RunMerge.union(runs.map(\.entries)))
    }
}

/// One figure of a platform's own summary.
public struct SummaryFigure: Sendable, Hashable {
    /// `2025-11` or `2025-11-03`.
    public var period: String
    public var indicator: IndicatorID
    public var value: ExactDecimal

    public init(period: String, indicator: IndicatorID, value: ExactDecimal) {
        self.period = period
        self.indicator = indicator
        self.value = value
    }
}

/// Everything acknowledged and not voided of one platform, read in one consistent state.
///
/// The measures ask for one kind and span at a time, so that memory is bounded by a month of the largest kind.
public protocol RunSource {
    /// The runs of an activity kind whose day lies in the span, in any order.
    func runs(_ kind: RecordKind, days: ClosedRange<CivilDay>) throws -> [Run]
    /// The same runs as they are kept: several of a day may hold equal facts.
    func encoded(_ kind: RecordKind, days: ClosedRange<CivilDay>) throws -> [(day: Int, bytes: [UInt8])]
    /// A result in between, kept as long as nothing came of what it rests on, else made anew.
    func partial<Value: Sendable>(_ name: PartialName, _ make: () throws -> Value) throws -> Value
    /// All runs of a stock kind, in any order.
    func stockRuns(_ kind: RecordKind) throws -> [Run]
    /// The complete snapshots of the kind, by date; of several on one date only the latest received.
    func snapshots(_ kind: RecordKind) throws -> [InventorySnapshot]
    /// The figures of the platform's summaries; of several for one period and indicator only the latest received.
    func summaries() throws -> [SummaryFigure]
    /// Identifier in clear and title of apps and models, by key.
    func names(_ kind: RecordKind) throws -> [RecordKey: RecordName]
}

extension RunSource {
    public func encoded(_ kind: RecordKind, days: ClosedRange<CivilDay>) throws -> [(day: Int, bytes: [UInt8])] {
        try runs(kind, days: days).map { ($0.day, $0.encoded()) }
    }

    /// Keeps nothing.
    public func partial<Value: Sendable>(_ name: PartialName, _ make: () throws -> Value) throws -> Value {
        try make()
    }
}

/// A result in between, and what it rests on: the records of some kinds, of stocks all, of activity those of some months.
public struct PartialName: Sendable, Hashable {
    public let what: String
    public let kinds: [RecordKind]
    public let months: [CivilMonth]

    init(_ what: String, restsOn kinds: [RecordKind], months: [CivilMonth]) {
        self.what = what
        self.kinds = kinds
        self.months = months
    }
}

/// What an app or a model is called.
public struct RecordName: Sendable, Hashable, Codable {
    public var id: String
    public var title: String

    public init(id: String, title: String) {
        self.id = id
        self.title = title
    }
}
