import Trust
import Vocabulary

/// One cell's new declared side, the list it rests on when that changed too, and the entry that the change leaves.
public struct DeclaredChange: Sendable {
    /// Its version is one more than the stored one (1 for a cell that was blank).
    public let declaration: Declaration
    /// Nil leaves the list as it is.
    public let list: ItemList?
    /// Fields of the form that changed with it; each version one more than the stored one.
    public let fields: [DraftField]
    /// Single rows of the list that changed; nil when the list stays or is replaced whole.
    public let sheet: SheetChange?
    public let entry: AuditEntry

    public init(
        declaration: Declaration, list: ItemList? = nil, fields: [DraftField] = [], sheet: SheetChange? = nil,
        entry: AuditEntry
    ) {
        self.declaration = declaration
        self.list = list
        self.fields = fields
        self.sheet = sheet
        self.entry = entry
    }
}

/// Where declared figures and item lists are kept. Earlier declarations and lists are kept beside the present ones.
public protocol DeclarationStore: Sendable {
    func declaration(_ cell: CellAddress) async throws -> Declaration?
    /// Of one platform, in the order of indicator ids.
    func declarations(_ round: RoundID, _ platform: PlatformID) async throws -> [Declaration]
    /// Of all platforms, in the order of platform and indicator ids.
    func declarations(_ round: RoundID) async throws -> [Declaration]
    func list(_ cell: CellAddress) async throws -> ItemList?
    /// Single rows of a version of the list, in the order of their numbers; unknown numbers are passed over.
    func rows(_ cell: CellAddress, version: Int, numbers: [Int]) async throws -> [ItemRow]
    /// Indicator → accepted rows, for one platform; indicators without a list are absent.
    func listCounts(_ round: RoundID, _ platform: PlatformID) async throws -> [IndicatorID: Int]
    /// Cell → accepted rows, for all platforms of the round.
    func listCounts(_ round: RoundID) async throws -> [CellAddress: Int]

    /// The fields of one cell's form as they were typed, by value id.
    func drafts(_ cell: CellAddress) async throws -> [String: DraftField]
    /// Of the whole platform, in the order of cells and value ids.
    func drafts(_ round: RoundID, _ platform: PlatformID) async throws -> [DraftField]
    /// Which of the edits have been applied to the cell at any time.
    func applied(_ edits: [String], to cell: CellAddress) async throws -> Set<String>
    /// Keeps fields whose texts make no new declaration.
    /// - Throws: `submit.stale` when a stored version is not one less than a field's.
    @discardableResult
    func keep(_ fields: [DraftField], entry: AuditEntry) async throws -> [Int]

    /// The version of the cell's list, 0 when there is none.
    func version(_ cell: CellAddress) async throws -> Int
    func head(_ cell: CellAddress) async throws -> SheetHead
    /// Rows after a number, in order, good or not; with `changedAfter` only those written in later versions.
    func rows(_ cell: CellAddress, after number: Int, changedAfter version: Int, limit: Int) async throws -> [ListedRow]
    /// The rows of these numbers and those with one of these keys, in order.
    func rows(_ cell: CellAddress, numbers: [Int], keys: [String]) async throws -> [ListedRow]
    /// Rows of these references, removed ones too: reference → number.
    func numbers(_ cell: CellAddress, references: [String]) async throws -> [String: Int]
    /// Numbers of rows that were removed after a version; at most `limit`.
    func removed(_ cell: CellAddress, after version: Int, limit: Int) async throws -> [Int]
    /// Whether the batch of row edits has been applied.
    func isApplied(batch: String, to cell: CellAddress) async throws -> Bool

    /// All changes with their entries in one transaction, or none.
    /// - Returns: the entries' indices in the log, in order.
    /// - Throws: `submit.stale` with the cell when a stored version is not one less than the change's.
    @discardableResult
    func save(_ changes: [DeclaredChange]) async throws -> [Int]
}
