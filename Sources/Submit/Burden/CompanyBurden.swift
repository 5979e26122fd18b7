import Vocabulary

/// What filling in has cost one company in a round.
public struct CompanyBurden: Sendable, Hashable {
    public let platform: PlatformID
    /// Fields of forms that stand filled in, by where their value came from: `typed`, `copied`, `prefilled`, `imported`.
    public var fields: [String: Int]
    /// Rows of item lists.
    public var listRows: Int
    /// Evidence files attached, and their bytes.
    public var files: Int
    public var fileBytes: Int
    /// Seconds in which somebody of the company worked at a form.
    public var seconds: Int
    /// Cells sent back to it.
    public var returns: Int

    public init(
        platform: PlatformID, fields: [String: Int] = [:], listRows: Int = 0, files: Int = 0, fileBytes: Int = 0,
        seconds: Int = 0, returns: Int = 0
    ) {
        self.platform = platform
        self.fields = fields
        self.listRows = listRows
        self.files = files
        self.fileBytes = fileBytes
        self.seconds = seconds
        self.returns = returns
    }

    /// Whole minutes, half up.
    public var minutes: Int { (seconds + 30) / 60 }

    /// Share of fields that nobody had to type, in whole per cent; nil without any field.
    public var sparedPercent: Int? {
        let all = fields.values.reduce(0, +)
        return all == 0 ? nil : (all - fields["typed", default: 0]) * 100 / all
    }

    /// The middle of several figures; the lower of the two middle ones of an even number, 0 of none.
    public static func median(_ values: [Int]) -> Int {
        values.isEmpty ? 0 : values.sorted()[(values.count - 1) / 2]
    }
}

/// Counts the burden out of what is kept anyway.
public protocol BurdenStore: Sendable {
    /// Every platform of the round in the order of their ids, also those that have done nothing.
    func burdens(_ round: RoundID) async throws -> [CompanyBurden]
}
