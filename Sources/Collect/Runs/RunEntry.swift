/// One fact of a run. What the words mean depends on the kind (`docs/run-format.md`); the order of the words is the
/// sort order, so that the facts of one key stand together, in time where time is part of them.
public struct RunEntry: Sendable, Hashable, Comparable {
    /// The identifier: device, node, model, app, user …; for a call and a subscription the model or app.
    public var key: RecordKey
    /// The other half of a pair: point of a device, caller, subscriber; zero elsewhere.
    public var second: RecordKey
    public var a: UInt64
    public var b: UInt64

    @inlinable
    public init(key: RecordKey, second: RecordKey = .zero, a: UInt64 = 0, b: UInt64 = 0) {
        self.key = key
        self.second = second
        self.a = a
        self.b = b
    }

    @inlinable
    public static func < (x: RunEntry, y: RunEntry) -> Bool {
        if x.key.high != y.key.high { return x.key.high < y.key.high }
        if x.key.low != y.key.low { return x.key.low < y.key.low }
        if x.second.high != y.second.high { return x.second.high < y.second.high }
        if x.second.low != y.second.low { return x.second.low < y.second.low }
        if x.a != y.a { return x.a < y.a }
        return x.b < y.b
    }
}

/// A sorted set of facts of one kind from one batch: of one day (activity), or over all time (stocks).
public struct Run: Sendable, Hashable {
    public var kind: RecordKind
    /// Days since 1970-01-01 in the scheme's zone; `Run.allDays` for stocks, whose facts carry their own time.
    public var day: Int
    /// Ascending, no two equal.
    public var entries: [RunEntry]
    /// Rows of the batch that went in, duplicates included.
    public var rows: Int

    /// The day of runs that are not of one day.
    public static let allDays = Int(Int32.min)

    public init(kind: RecordKind, day: Int, entries: [RunEntry], rows: Int) {
        self.kind = kind
        self.day = day
        self.entries = entries
        self.rows = rows
    }
}
