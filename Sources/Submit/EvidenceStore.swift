import Trust
import Vocabulary

/// Where evidence is kept: the bytes once by digest, and for each cell which files it rests on.
public protocol EvidenceStore: Sendable {
    /// Of one cell, oldest first.
    func files(_ cell: CellAddress) async throws -> [EvidenceFile]
    /// Of one platform, by indicator and age.
    func files(_ round: RoundID, _ platform: PlatformID) async throws -> [EvidenceFile]
    /// The cells that rest on a file, of all rounds and platforms; empty for an unknown digest.
    func uses(of digest: Digest) async throws -> [EvidenceFile]
    /// - Throws: `submit.evidence_lost` when the row is there and the bytes are gone or changed.
    func bytes(_ digest: Digest) async throws -> [UInt8]?

    /// The bytes are on disk (fsync of file and folder) before the row and its entry are committed. The same file under
    /// the same requirement again changes nothing but the name.
    /// - Returns: the entry's index in the log.
    @discardableResult
    func attach(_ file: EvidenceFile, bytes: [UInt8], entry: AuditEntry) async throws -> Int
    /// The cell no longer rests on the file; the bytes stay as long as the log's retention says.
    /// - Throws: `submit.evidence_unknown`.
    @discardableResult
    func detach(_ digest: Digest, from cell: CellAddress, entry: AuditEntry) async throws -> Int
}
