import Scheme
import Vocabulary

/// The verified side of a cell: what counts, on what basis, by whom, when and why.
public struct Verification: Sendable, Hashable, Codable {
    /// How the figure was established.
    public enum Basis: String, Sendable, Hashable, Codable, CaseIterable {
        /// From the rows of the port.
        case counted
        /// Declared × the share of drawn rows found good.
        case sampled
        /// Against official lists.
        case matched
        /// Answered by the outside registry.
        case registry
        /// Settled from the experts' marks.
        case marked
        /// Decided by a person who looked at the evidence.
        case reviewed
    }

    public let cell: CellAddress
    /// Value id → the figure that is scored. Empty: verified as missing, worth nothing.
    public let values: [String: ExactDecimal]
    /// Only for cells of the port.
    public let evidenceLevel: EvidenceLevel?
    /// Share of the data that arrived, 0…1; only for cells of the port.
    public let completeness: ExactDecimal?
    public let basis: Basis
    /// In words, for the score sheet; a person's decision always has one.
    public let reason: String
    public let by: AccountID
    public let at: Instant
    /// 1 for the first verification of the cell, one more with every change; the ETag of the verified side.
    public let version: Int
    /// The entry of the log that the change left; nil before it is stored.
    public let logIndex: Int?

    public init(
        cell: CellAddress, values: [String: ExactDecimal], evidenceLevel: EvidenceLevel? = nil,
        completeness: ExactDecimal? = nil, basis: Basis, reason: String, by: AccountID, at: Instant, version: Int = 1,
        logIndex: Int? = nil
    ) {
        self.cell = cell
        self.values = values
        self.evidenceLevel = evidenceLevel
        self.completeness = completeness
        self.basis = basis
        self.reason = reason
        self.by = by
        self.at = at
        self.version = version
        self.logIndex = logIndex
    }
}
