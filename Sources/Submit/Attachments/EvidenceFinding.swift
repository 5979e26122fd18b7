import Vocabulary

/// What was found in a file against what the form says: what was read, on which page, what was expected.
public struct EvidenceFinding: Sendable, Hashable {
    /// The sentence's places always hold `page`; most hold `read` and `expected`.
    public let finding: Finding
    public let cell: CellAddress
    /// The file; for what stands in no file at all, of any file of the cell.
    public let digest: Digest
    /// Nil when it is about the file as a whole.
    public let page: Int?

    public init(_ finding: Finding, cell: CellAddress, digest: Digest, page: Int?) {
        self.finding = finding
        self.cell = cell
        self.digest = digest
        self.page = page
    }

    /// Tells one finding of a file from another, so that a decision on it stays with it: code, page and what was read.
    public var key: String {
        [finding.code, page.map(String.init) ?? "", finding.values["read"] ?? "", finding.values["expected"] ?? ""]
            .joined(separator: "|")
    }
}

/// What the files of one cell are held against.
public struct EvidenceExpectation: Sendable {
    public let cell: CellAddress
    /// The applicant's names: registered and former.
    public let names: [String]
    public let cutOff: CivilDay
    /// The rows of the form behind the figure; empty when there are none.
    public let rows: [ItemRow]

    public init(cell: CellAddress, names: [String], cutOff: CivilDay, rows: [ItemRow]) {
        self.cell = cell
        self.names = names
        self.cutOff = cutOff
        self.rows = rows
    }
}
