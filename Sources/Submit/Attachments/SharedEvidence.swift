import Vocabulary

/// A number in its usual writing, as read on a page.
public struct ReadNumber: Sendable, Hashable {
    /// The scheme's certificate form, or the document kind where it has none.
    public let form: String
    public let number: String
    public let page: Int

    public init(form: String, number: String, page: Int) {
        self.form = form
        self.number = number
        self.page = page
    }
}

/// What two submissions of a round have in common.
public struct SharedEvidence: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// The very same bytes.
        case file
        /// The same certificate's number, as read.
        case number(ReadNumber)
        /// Nearly the same text; estimated share of common shingles, 0…1.
        case text(likeness: Double)
    }
    public let kind: Kind
    /// Where it stands here, and the file.
    public let cell: CellAddress
    public let digest: Digest
    public let name: String
    /// Where it stands there, and the file.
    public let other: CellAddress
    public let otherDigest: Digest
    public let otherName: String

    public init(
        kind: Kind, cell: CellAddress, digest: Digest, name: String, other: CellAddress, otherDigest: Digest,
        otherName: String
    ) {
        self.kind = kind
        self.cell = cell
        self.digest = digest
        self.name = name
        self.other = other
        self.otherDigest = otherDigest
        self.otherName = otherName
    }
}

/// A reviewer's word on a finding: it does not stand, or it stands again.
public struct FindingDecision: Sendable, Hashable {
    public let cell: CellAddress
    public let digest: Digest
    /// `EvidenceFinding.key`.
    public let finding: String
    public let isOverruled: Bool
    public let reason: String
    public let by: AccountID
    public let at: Instant

    public init(
        cell: CellAddress, digest: Digest, finding: String, isOverruled: Bool, reason: String, by: AccountID,
        at: Instant
    ) {
        self.cell = cell
        self.digest = digest
        self.finding = finding
        self.isOverruled = isOverruled
        self.reason = reason
        self.by = by
        self.at = at
    }
}
