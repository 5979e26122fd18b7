import Match
import Vocabulary

/// An official list as the API shows it.
struct OfficialListResource: Encodable, Sendable {
    let id: ListID
    let title: String
    let issuer: String
    let document: String
    let batch: String?
    let date: CivilDay
    let validFrom: CivilDay?
    let validUntil: CivilDay?
    let year: Int?
    let indicator: IndicatorID?
    let award: String?
    let aliases: [String]
    let negative: NegativeKind?
    let digest: Digest
    let rows: Int
    let by: AccountID
    let at: Instant
    let logIndex: Int?
    let withdrawnAt: Instant?

    init(_ summary: ListSummary) {
        id = summary.id
        title = summary.header.title
        issuer = summary.header.issuer
        document = summary.header.document
        batch = summary.header.batch
        date = summary.header.date
        validFrom = summary.header.validFrom
        validUntil = summary.header.validUntil
        year = summary.header.year
        indicator = summary.header.indicator
        award = summary.header.award
        aliases = summary.header.aliases
        negative = summary.header.negative
        digest = summary.digest
        rows = summary.rowCount
        by = summary.by
        at = summary.at
        logIndex = summary.logIndex < 0 ? nil : summary.logIndex
        withdrawnAt = summary.withdrawnAt
    }
}

/// An import with everything that was noticed in the file.
struct ListImportResource: Encodable, Sendable {
    let list: OfficialListResource
    let preview: Bool
    let findings: [Problem.Item]
    /// How many there are, when more than the first 500 were noticed.
    let findingCount: Int
    let unusedColumns: [String]
    /// The first rows, as they were understood.
    let firstRows: [ListRow]

    init(_ summary: ListSummary, _ reading: OfficialListReader.Reading, isPreview: Bool, language: Language) {
        list = OfficialListResource(summary)
        preview = isPreview
        findings = reading.findings.prefix(500).map { Problem.Item($0, language: language) }
        findingCount = reading.findings.count
        unusedColumns = reading.unusedColumns
        firstRows = Array(reading.list.rows.prefix(10))
    }
}
