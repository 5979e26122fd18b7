import Access
import HTTPTypes
import Hummingbird
import NIOCore
import Scheme
import Submit
import Vocabulary
import Wording

/// Item lists as files: the form to fill in and the list as it is, as a spreadsheet or as text.
struct ItemFileRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    static let spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/items/template.xlsx", use: template)
        router.get("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/items/list.xlsx", use: workbook)
        router.get("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/items/list.csv", use: text)
    }

    @Sendable func template(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, indicator) = try await asked(context)
        let bytes = try ItemWorkbook.template(
            indicator, scheme: access.scheme, language: context.language,
            choicesTitle: Catalogue.of(context.language).text("forms.choices"))
        return file(bytes, "\(indicator.id)-template.xlsx")
    }

    @Sendable func workbook(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, indicator) = try await asked(context)
        let list = try await services.cells.declarations.list(access.cell(indicator))
        let bytes = try ItemWorkbook.template(
            indicator, rows: access.shown(list?.rows ?? [], of: indicator), scheme: access.scheme,
            language: context.language, choicesTitle: Catalogue.of(context.language).text("forms.choices"))
        return file(bytes, "\(indicator.id).xlsx")
    }

    @Sendable func text(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, indicator) = try await asked(context)
        let list = try await services.cells.declarations.list(access.cell(indicator))
        let rows = access.shown(list?.rows ?? [], of: indicator)
        return .text(
            ItemListReader.table(rows, of: indicator, language: context.language), type: "text/csv; charset=utf-8",
            headers: [.contentDisposition: "attachment; filename=\"\(indicator.id).csv\""])
    }

    private func asked(_ context: WebContext) async throws -> (CellAccess, Indicator) {
        let access = try await CellAccess(services, context)
        try access.require(.readCell)
        let indicator = try services.indicator(context, in: access.scheme)
        guard !indicator.items.isEmpty else { throw Failure("submit.no_list", ["indicator": indicator.id.rawValue]) }
        return (access, indicator)
    }

    private func file(_ bytes: [UInt8], _ name: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: Self.spreadsheet, .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"\(name)\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

/// Reads a list that somebody sent, whatever kind of file it is.
enum ItemFile {
    /// A spreadsheet by its first bytes; text with tabs or commas by its first line.
    static func table(_ bytes: [UInt8]) throws -> DelimitedText {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return try ItemWorkbook.table(bytes) }
        let line = bytes.prefix { $0 != 10 && $0 != 13 }
        let hasTabs = line.contains(9) && !line.contains(44)
        return DelimitedText(utf8: bytes, delimiter: hasTabs ? "\t" : ",")
    }
}
