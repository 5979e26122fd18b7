import Trust
import Vocabulary

/// One cell's new verified side and the entry that it leaves.
public struct VerificationChange: Sendable {
    public let verification: Verification
    public let entry: AuditEntry

    public init(_ verification: Verification, entry: AuditEntry) {
        self.verification = verification
        self.entry = entry
    }
}

/// Where verified values and returns are kept. Earlier ones are kept beside the present ones.
public protocol VerificationStore: Sendable {
    /// Nil while the cell waits, and after it was returned.
    func verification(_ cell: CellAddress) async throws -> Verification?
    /// Of one platform, in the order of indicator ids.
    func verifications(_ round: RoundID, _ platform: PlatformID) async throws -> [Verification]
    /// Of all platforms, in the order of platform and indicator ids.
    func verifications(_ round: RoundID) async throws -> [Verification]
    /// The version of the cell's verified side; 0 before the first, and it goes on when the value was taken back.
    func verifiedVersion(_ cell: CellAddress) async throws -> Int

    /// All changes with their entries in one transaction, or none. The stored version becomes one more than the
    /// present one, whatever the change says.
    /// - Parameter replacing: cell → the version that the writer saw; cells not named are overwritten.
    /// - Returns: the entries' indices in the log, in order.
    /// - Throws: `review.stale` with the cell.
    @discardableResult
    func record(_ changes: [VerificationChange], replacing: [CellAddress: Int]) async throws -> [Int]

    /// The last open return of each cell of the platform, by indicator id: one that the company has not resubmitted since
    /// and nobody has undone.
    func returns(_ round: RoundID, _ platform: PlatformID) async throws -> [CellReturn]
    func returns(_ round: RoundID) async throws -> [CellReturn]
    /// Sends the cell back; a verified value it had is taken back in the same transaction.
    @discardableResult
    func `return`(_ cell: CellReturn, entry: AuditEntry) async throws -> Int
}
