import Vocabulary

/// The kinds of file that are taken as evidence, told by content, never by name.
public enum EvidenceType: String, Sendable, Hashable, Codable, CaseIterable {
    case pdf, jpg, png, docx, xlsx

    public var mediaType: String {
        switch self {
        case .pdf: return "application/pdf"
        case .jpg: return "image/jpeg"
        case .png: return "image/png"
        case .docx: return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }
}

/// One piece of evidence attached to a cell; its bytes are stored once, by digest.
public struct EvidenceFile: Sendable, Hashable, Codable {
    public let cell: CellAddress
    /// SHA-256 over the bytes.
    public let digest: Digest
    /// The name the company gave, without path and control characters.
    public let name: String
    public let type: EvidenceType
    /// Bytes.
    public let size: Int
    /// The `EvidenceRequirement` of the scheme that it answers; nil when it answers none in particular.
    public let requirement: String?
    public let by: AccountID
    public let at: Instant

    public init(
        cell: CellAddress, digest: Digest, name: String, type: EvidenceType, size: Int, requirement: String?,
        by: AccountID, at: Instant
    ) {
        self.cell = cell
        self.digest = digest
        self.name = name
        self.type = type
        self.size = size
        self.requirement = requirement
        self.by = by
        self.at = at
    }
}
