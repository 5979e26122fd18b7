import Access
import Foundation
import HTTPTypes
import Hummingbird
import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// Item lists through the API: read, replace by CSV or JSON, template.
struct ItemRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    /// 16 MiB: about 150 000 customers.
    static let mostBytes = 16 * 1024 * 1024

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/items", use: get)
        router.put("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/items", use: replace)
        router.get("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/items/template", use: template)
    }

    struct ItemListResource: Encodable {
        let indicator: IndicatorID
        let rows: [Row]
        let version: Int
        struct Row: Encodable {
            let number: Int
            let fields: [String: String]
        }
    }

    /// What came of a list that was sent.
    struct Report: Encodable {
        /// How many rows count now.
        let accepted: Int
        let duplicates: [RowFindingText]
        let rejected: [RowFindingText]
        let remarks: [RowFindingText]
        /// The declared values that follow from the list.
        let values: [String: ExactDecimal]
        /// False for a trial (`?trial=true`), which changes nothing.
        let saved: Bool
        let version: Int
    }

    /// The JSON form: values may be numbers or texts.
    struct Rows: Decodable {
        let rows: [[String: Scalar?]]
        struct Scalar: Decodable {
            let text: String
            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let text = try? container.decode(String.self) {
                    self.text = text
                } else {
                    self.text = try container.decode(ExactDecimal.self).description
                }
            }
        }
    }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        try access.require(.readCell)
        let indicator = try services.indicator(context, in: access.scheme)
        guard !indicator.items.isEmpty else { throw Failure("submit.no_list", ["indicator": indicator.id.rawValue]) }
        let list = try await services.cells.declarations.list(access.cell(indicator))
        let shown = access.shown(list?.rows ?? [], of: indicator)
        let tag: HTTPFields = [.eTag: EntityTag.text(list?.version ?? 0)]
        if request.headers[.accept]?.contains("text/csv") ?? false {
            let table = ItemListReader.table(shown, of: indicator, language: context.language)
            return .text(table, type: "text/csv; charset=utf-8", headers: tag)
        }
        let rows = shown.map { ItemListResource.Row(number: $0.number, fields: $0.fields) }
        return .json(ItemListResource(indicator: indicator.id, rows: rows, version: list?.version ?? 0), headers: tag)
    }

    @Sendable func template(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        try access.require(.readCell)
        let indicator = try services.indicator(context, in: access.scheme)
        guard !indicator.items.isEmpty else { throw Failure("submit.no_list", ["indicator": indicator.id.rawValue]) }
        return .text(
            ItemListReader.template(indicator, language: context.language), type: "text/csv; charset=utf-8",
            headers: [.contentDisposition: "attachment; filename=\"\(indicator.id).csv\""])
    }

    @Sendable func replace(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        let indicator = try services.indicator(context, in: access.scheme)
        try await access.requireWhole(indicator, services)
        let cell = access.cell(indicator)
        let version = try await services.cells.declarations.list(cell)?.version ?? 0
        try EntityTag.check(request, version: version)
        let reading = try await read(request, ListReading.reader(indicator, access))
        if request.uri.queryParameters["trial"] == "true" {
            let values = ItemTally.values(reading.accepted, of: indicator)
            return report(reading, indicator, access, context, values, saved: false, version: version)
        }
        let kept = try await ListReading.save(
            reading, cell, indicator, access, replacing: version, services, services.act(context), context.language,
            keepsWrong: request.uri.queryParameters["keep"] == "wrong")
        return report(
            reading, indicator, access, context, kept.outcome.declaration.values, saved: true,
            version: kept.version)
    }

    private func read(_ request: Request, _ reader: ItemListReader) async throws -> ItemReading {
        let type = request.headers[.contentType]?.lowercased() ?? ""
        if type.hasPrefix("application/json") {
            let body = try await JSONBody.decode(Rows.self, from: request, limitBytes: Self.mostBytes)
            return try reader.read(rows: body.rows.map { $0.compactMapValues { $0?.text } })
        }
        let kinds = ["text/csv", "text/plain", "text/tab-separated-values", ItemFileRoutes.spreadsheet]
        guard kinds.contains(where: { type.hasPrefix($0) }) else {
            throw Failure("submit.form_type", ["expected": "text/csv, \(ItemFileRoutes.spreadsheet), application/json"])
        }
        let buffer = try await JSONBody.collect(request, limitBytes: Self.mostBytes)
        return try reader.read(ItemFile.table([UInt8](buffer.readableBytesView)))
    }

    private func report(
        _ reading: ItemReading, _ indicator: Indicator, _ access: CellAccess, _ context: WebContext,
        _ values: [String: ExactDecimal], saved: Bool, version: Int
    ) -> Response {
        func texts(_ findings: [RowFinding]) -> [RowFindingText] {
            findings.prefix(1000).map { RowFindingText($0, of: indicator, in: access.scheme, context.language) }
        }
        let report = Report(
            accepted: reading.accepted.count, duplicates: texts(reading.duplicates), rejected: texts(reading.rejected),
            remarks: texts(reading.remarks), values: values, saved: saved, version: version)
        return .json(report, headers: [.eTag: EntityTag.text(version)])
    }
}

/// Reading and saving of a list, for the API and the page alike.
enum ListReading {
    static func reader(_ indicator: Indicator, _ access: CellAccess) throws -> ItemListReader {
        let company = access.participation.company
        let applicant = Applicant(code: company.code, name: company.name, cutOff: access.round.cutOff)
        return try ItemListReader(indicator: indicator, scheme: access.scheme, applicant: applicant)
    }

    /// Keeps the accepted rows. A list of which nothing is good replaces nothing.
    /// - Throws: `submit.list_refused` with the findings, each at `row 7, column code`.
    static func save(
        _ reading: ItemReading, _ cell: CellAddress, _ indicator: Indicator, _ access: CellAccess,
        replacing version: Int, _ services: Services, _ act: DeclarationDesk.Act, _ language: Language,
        keepsWrong: Bool = false
    ) async throws -> (version: Int, outcome: DeclarationDesk.Outcome) {
        let keepsAny = keepsWrong && !(reading.refused.isEmpty && reading.repeated.isEmpty)
        if reading.accepted.isEmpty, !reading.rejected.isEmpty, !keepsAny {
            let findings = reading.rejected.prefix(100).map { finding in
                let text = RowFindingText(finding, of: indicator, in: access.scheme, language)
                let place = "row \(finding.row)" + (finding.column.isEmpty ? "" : ", column \(finding.column)")
                return Finding(
                    .error, finding.code, at: place,
                    finding.values.merging(["column": text.columnTitle, "allowed": text.message]) { own, _ in own })
            }
            throw Failure("submit.list_refused", ["rows": "\(reading.rejectedRowCount)"], findings: findings)
        }
        return try await DeclarationDesk(store: services.cells.declarations).replaceList(
            reading, by: Self.reader(indicator, access), keepsWrong: keepsWrong, in: cell, scheme: access.scheme,
            replacing: version, act)
    }
}
