/// One platform's page: where it stands, against its type, and the score sheet line by line.
public struct PlatformPage: Page, Decodable {
    public static let template = "platform"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let resultHref: String
    let roundTitle: String
    let facts: [Fact]
    let hasScore: Bool
    let empty: EmptyState?
    let sections: [SectionBar]
    let medianNote: String
    let radar: ChartView?
    let strengths: [Standing]
    let gaps: [Standing]
    /// Nil for those who may not have the sheet as a file.
    let sheetHref: String?
    let sheet: [SheetSection]
    let sumSentence: String
    let total: String

    struct SectionBar: Sendable, Decodable {
        let n: String
        let title: String
        let points: String
        let of: String
        let width: String
        let median: String
        let sentence: String
    }

    /// An indicator in which the platform lies above or below its type.
    struct Standing: Sendable, Decodable {
        let id: String
        let title: String
        let text: String
    }

    struct SheetSection: Sendable, Decodable {
        let n: String
        let title: String
        let points: String
        let of: String
        let groups: [SheetGroup]
    }

    struct SheetGroup: Sendable, Decodable {
        let title: String
        let points: String
        let of: String
        let rows: [SheetRow]
    }
}

/// One indicator's line of the sheet, with what opens under it.
struct SheetRow: Sendable, Decodable {
    let id: String
    let number: String
    /// The section's number, for its colour.
    let n: String
    let title: String
    let state: StateWord?
    let declared: Figure?
    let verified: Figure?
    let bar: BalanceBar?
    let ring: EvidenceRing?
    let points: String
    let of: String
    let sentence: String
    let formula: String?
    let limits: String?
    let parts: [Part]
    let factors: String?
    let evidence: String?
    let verifiedBy: String?
    let reason: String?
    let definition: String
    let proof: ProofChip?
    let methodHref: String?

    struct Part: Sendable, Decodable {
        let title: String
        let text: String
    }
}
