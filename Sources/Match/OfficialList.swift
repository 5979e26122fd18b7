import Scheme
import Vocabulary

/// An imported official list by its id: 16 hexadecimal digits made from its header and its file.
public struct ListID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// What stands above an official list: who published it, when, and what it is good for.
public struct ListHeader: Sendable, Hashable, Codable {
    /// As published.
    public var title: String
    /// Who published it.
    public var issuer: String
    /// The number of the notice; empty when the notice has none.
    public var document: String
    /// Which batch; several batches of one title are one list.
    public var batch: String?
    /// The day of the notice.
    public var date: CivilDay
    /// From when and until when its titles are valid, both included; nil: from the day of the notice, without end.
    public var validFrom: CivilDay?
    public var validUntil: CivilDay?
    /// The year that the list speaks of, when the scheme asks for the lists of one year.
    public var year: Int?
    /// The indicator that it serves; nil for a list that serves none (a ledger, a negative list).
    public var indicator: IndicatorID?
    /// What its rows earn: the id of a list or a part in the scheme, or the code of a title.
    public var award: String?
    /// Other ways in which its title is written.
    public var aliases: [String]
    /// Its companies are kept out, and why; nil for every other list.
    public var negative: NegativeKind?

    public init(
        title: String, issuer: String, document: String, batch: String? = nil, date: CivilDay,
        validFrom: CivilDay? = nil, validUntil: CivilDay? = nil, year: Int? = nil, indicator: IndicatorID? = nil,
        award: String? = nil, aliases: [String] = [], negative: NegativeKind? = nil
    ) {
        self.negative = negative
        self.title = title
        self.issuer = issuer
        self.document = document
        self.batch = batch
        self.date = date
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.year = year
        self.indicator = indicator
        self.award = award
        self.aliases = aliases
    }
}

/// One row of an official list or of a registry's answer.
public struct ListRow: Sendable, Hashable, Codable {
    /// The spreadsheet's row, from 1, the header included.
    public var number: Int
    /// The company's name as printed.
    public var company: String
    /// The credit code, when it is a good one.
    public var code: CompanyCode?
    /// The code as printed, when it is not: never used to accept anything.
    public var damagedCode: String?
    public var formerNames: [String]
    /// The platform's name, where the list names platforms.
    public var platform: String?
    /// The title or award, where rows differ in it.
    public var title: String?
    /// The grade as printed: `A`, `B`, `AAA`.
    public var level: String?
    /// Where the list says the company is, as printed.
    public var region: String?
    /// What was awarded besides: the name of the case or project.
    public var project: String?
    public var document: String?
    public var batch: String?
    public var validFrom: CivilDay?
    public var validUntil: CivilDay?
    /// Taken back by its issuer.
    public var isRevoked: Bool

    public init(
        number: Int, company: String, code: CompanyCode? = nil, damagedCode: String? = nil,
        formerNames: [String] = [], platform: String? = nil, title: String? = nil, level: String? = nil,
        region: String? = nil, project: String? = nil, document: String? = nil, batch: String? = nil,
        validFrom: CivilDay? = nil, validUntil: CivilDay? = nil, isRevoked: Bool = false
    ) {
        self.number = number
        self.company = company
        self.code = code
        self.damagedCode = damagedCode
        self.formerNames = formerNames
        self.platform = platform
        self.title = title
        self.level = level
        self.region = region
        self.project = project
        self.document = document
        self.batch = batch
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.isRevoked = isRevoked
    }
}

/// An official list: its header, its rows, and the digest of the file that it was read from.
public struct OfficialList: Sendable, Hashable, Codable {
    public let id: ListID
    public let header: ListHeader
    /// SHA-256 of the file's bytes.
    public let digest: Digest
    /// In the order of the file.
    public let rows: [ListRow]
    /// How many rows the whole list has; more than `rows` when only an answer of a register is at hand.
    public let rowCount: Int

    public init(id: ListID, header: ListHeader, digest: Digest, rows: [ListRow], rowCount: Int? = nil) {
        self.rowCount = rowCount ?? rows.count
        self.id = id
        self.header = header
        self.digest = digest
        self.rows = rows
    }
}
