import Match
import Scheme
import Vocabulary

/// Rows of imported ledgers and lists that speak of the company or its platform, in the columns of the item list.
struct LedgerRows: Sendable {
    struct Row: Sendable {
        /// Names the ledger's row for good.
        let reference: String
        let fields: [String: String]
    }

    let rows: [Row]

    init(_ services: Services, _ access: CellAccess, _ indicator: Indicator) async throws {
        let participation = access.participation
        let platforms = Set(([participation.name] + participation.aliases).map { NormalisedName(title: $0).key })
        let company = NormalisedName(company: participation.company.name).key
        var rows: [Row] = []
        for list in try await services.match.lists.lists(access.round.id, for: indicator.id) {
            for row in list.rows where !row.isRevoked {
                let isOwn =
                    row.code == participation.company.code || NormalisedName(company: row.company).key == company
                let isServed =
                    row.platform.map {
                        platforms.contains(NormalisedName(title: $0).key) || NormalisedName(company: $0).key == company
                    } ?? false
                guard isOwn || isServed else { continue }
                let fields = Self.fields(row, list.header, indicator)
                if !fields.isEmpty { rows.append(Row(reference: "\(list.id):\(row.number)", fields: fields)) }
            }
        }
        self.rows = rows
    }

    /// Column by column what the ledger says; columns of which it says nothing stay empty for the company.
    private static func fields(_ row: ListRow, _ header: ListHeader, _ indicator: Indicator) -> [String: String] {
        var fields: [String: String] = [:]
        for field in indicator.items {
            let text: String?
            switch (field.kind, field.id) {
            case (.creditCode, _): text = row.code?.text ?? row.damagedCode
            case (.year, _):
                text =
                    row.validFrom.map { "\($0.components.year)" } ?? year(in: row.batch) ?? header.year.map { "\($0)" }
            case (.region, _): text = row.region
            case (.choice, "level"): text = row.level
            case (_, "number"): text = row.document
            case (_, "holder"), (_, "name"): text = row.company
            case (_, "title"): text = row.project ?? row.title
            case (.date, "valid-from"): text = row.validFrom?.description
            case (.date, "valid-to"): text = row.validUntil?.description
            default: text = nil
            }
            if let text, !text.isEmpty { fields[field.id] = text }
        }
        return fields
    }

    /// The first four digits that are a year.
    private static func year(in text: String?) -> String? {
        guard let text, let match = text.firstMatch(of: /(19|20)[0-9]{2}/) else { return nil }
        return String(match.0)
    }
}
