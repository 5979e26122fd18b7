import Vocabulary

/// Where a row of a list stands.
public enum RowStanding: String, Sendable, Hashable, Codable, CaseIterable {
    /// It counts.
    case good
    /// It repeats an earlier row in all key fields.
    case `repeat`
    /// Something in it is wrong; it stays until it is mended or deleted and does not count.
    case faulty
}

/// One row of a list as the company works on it: good or not, it is kept.
public struct ListedRow: Sendable, Hashable, Codable {
    /// Names the row for good within its list and orders it; never used for another row.
    public let number: Int
    /// Field id → value; good fields in their stored form, wrong ones as they were typed.
    public var fields: [String: String]
    public var standing: RowStanding
    /// The key fields folded and joined, or their keyed digest as the store gives it back; empty when the row has none
    /// or is faulty.
    public var key: String
    public var origin: FigureOrigin
    /// The round, ledger or file it came from; empty when it was typed.
    public var source: String
    /// The name under which the page made it; empty for rows out of files.
    public var reference: String
    /// The version of the list in which it was written.
    public var since: Int

    public init(
        number: Int, fields: [String: String], standing: RowStanding, key: String = "",
        origin: FigureOrigin = .imported, source: String = "", reference: String = "", since: Int
    ) {
        self.number = number
        self.fields = fields
        self.standing = standing
        self.key = key
        self.origin = origin
        self.source = source
        self.reference = reference
        self.since = since
    }
}

/// A list's state without its rows.
public struct SheetHead: Sendable, Hashable, Codable {
    /// 0 when there is no list.
    public let version: Int
    public let good: Int
    public let repeated: Int
    public let faulty: Int
    /// Limited to what no row has had.
    public let nextNumber: Int

    public init(version: Int = 0, good: Int = 0, repeated: Int = 0, faulty: Int = 0, nextNumber: Int = 2) {
        self.version = version
        self.good = good
        self.repeated = repeated
        self.faulty = faulty
        self.nextNumber = nextNumber
    }

    public var total: Int { good + repeated + faulty }
}

/// Rows to write into a list and rows to take out of it, as one new version.
public struct SheetChange: Sendable, Hashable {
    public let cell: CellAddress
    /// The version that the change makes; one more than the stored one.
    public let version: Int
    /// New or changed, their `since` being `version`.
    public let written: [ListedRow]
    /// Numbers of rows that go.
    public let removed: [Int]
    /// How many rows count afterwards.
    public let good: Int
    public let by: AccountID
    public let at: Instant
    /// The id of the batch of edits; empty when it was no batch.
    public let batch: String
    /// Ids of the fields that tell something of a person; kept sealed.
    public let personalFields: Set<String>

    public init(
        cell: CellAddress, version: Int, written: [ListedRow], removed: [Int], good: Int, by: AccountID, at: Instant,
        batch: String, personalFields: Set<String>
    ) {
        self.personalFields = personalFields
        self.cell = cell
        self.version = version
        self.written = written
        self.removed = removed
        self.good = good
        self.by = by
        self.at = at
        self.batch = batch
    }
}
