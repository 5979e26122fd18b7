import Review
import Submit

/// Where the two sides of the cells are kept.
public struct CellStores: Sendable {
    public var declarations: any DeclarationStore
    public var evidence: any EvidenceStore
    public var verifications: any VerificationStore
    public var marks: any MarkStore

    public init(
        declarations: any DeclarationStore, evidence: any EvidenceStore, verifications: any VerificationStore,
        marks: any MarkStore
    ) {
        self.declarations = declarations
        self.evidence = evidence
        self.verifications = verifications
        self.marks = marks
    }
}
