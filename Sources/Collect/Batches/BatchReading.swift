import Vocabulary

/// What a batch says, ready to be stored.
public struct BatchReading: Sendable {
    /// Lines that are not blank.
    public var rows = 0
    public var accepted = 0
    /// In line order.
    public var rejects: [RowFault] = []
    /// Names that no record of the kind knows, sorted: `weather`, `device.vcpu`.
    public var unknownFields: [String] = []
    /// Accepted rows that came later than the scheme's days on time.
    public var lateRows = 0
    /// By kind and day.
    public var runs: [Run] = []
    public var summaries: [SummaryFigure] = []
    /// Apps and models that the batch names.
    public var names: [RecordKind: [RecordKey: RecordName]] = [:]
    /// Accepted rows by kind.
    public var rowsByKind: [RecordKind: Int] = [:]

    /// The first and last day of the activity in it; nil without any.
    public var days: ClosedRange<CivilDay>? {
        let days = runs.map(\.day).filter { $0 != Run.allDays }
        guard let first = days.min(), let last = days.max() else { return nil }
        return CivilDay(daysSince1970: first)...CivilDay(daysSince1970: last)
    }

    public init() {}
}

/// Limits of one batch over HTTP.
public struct BatchLimits: Sendable, Hashable {
    public var rows: Int
    /// Uncompressed.
    public var bytes: Int

    /// 50 000 records, 16 MiB.
    public static let standard = BatchLimits(rows: 50_000, bytes: 16 * 1_048_576)

    public init(rows: Int, bytes: Int) {
        self.rows = rows
        self.bytes = bytes
    }
}
