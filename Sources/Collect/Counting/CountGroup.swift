import Vocabulary

/// What `heng count` groups by.
public struct CountGrouping: OptionSet, Sendable, Hashable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    public static let platform = CountGrouping(rawValue: 1)
    public static let kind = CountGrouping(rawValue: 2)
    public static let day = CountGrouping(rawValue: 4)
    public static let month = CountGrouping(rawValue: 8)

    /// The names of the command line, in the order in which columns are printed.
    public static let names: [(String, CountGrouping)] = [
        ("platform", .platform), ("kind", .kind), ("month", .month), ("day", .day),
    ]

    /// `platform,kind`; nil when a name is none of these.
    public init?(_ text: String) {
        var grouping: CountGrouping = []
        for name in text.split(separator: ",") {
            guard let match = CountGrouping.names.first(where: { $0.0 == name }) else { return nil }
            grouping.insert(match.1)
        }
        self = grouping
    }
}

/// What a group's rows have in common; what is not grouped by is empty.
public struct CountGroup: Sendable, Hashable, Comparable {
    public var platform: String
    public var kind: String
    /// `2025-11` or `2025-11-03`.
    public var period: String

    public init(platform: String = "", kind: String = "", period: String = "") {
        self.platform = platform
        self.kind = kind
        self.period = period
    }

    public static func < (x: CountGroup, y: CountGroup) -> Bool {
        (x.platform, x.kind, x.period) < (y.platform, y.kind, y.period)
    }
}

/// One group's figures.
public struct GroupCount: Sendable, Hashable {
    public var group: CountGroup
    /// Rows taken, duplicates included.
    public var records: Int
    /// Different identifiers: devices, (device, point) pairs, nodes, … (app, caller) and (app, subscriber) pairs.
    public var distinct: Int

    public init(group: CountGroup, records: Int, distinct: Int) {
        self.group = group
        self.records = records
        self.distinct = distinct
    }
}

/// A row that was not taken, with its place in the input's pieces.
public struct PlacedFault: Sendable, Hashable {
    public var chunk: Int
    /// Its line is counted within the chunk, from 1.
    public var fault: RowFault
}
