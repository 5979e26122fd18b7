import Trust
import Vocabulary

/// One cell's new declared side, the list it rests on when that changed too, and the entry that the change leaves.
public struct DeclaredChange: Sendable {
    /// Its version is one more than the stored one (1 for a cell that was blank).
    public let declaration: Declaration
    /// Nil leaves the list as it is.
    public let list: ItemList?
    public let entry: AuditEntry

    public init(declaration: Declaration, list: ItemList? = nil, entry: AuditEntry) {
        self.declaration = declaration
        self.list = list
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

    /// All changes with their entries in one transaction, or none.
    /// - Returns: the entries' indices in the log, in order.
    /// - Throws: `submit.stale` with the cell when a stored version is not one less than the change's.
    @discardableResult
    func save(_ changes: [DeclaredChange]) async throws -> [Int]
}
