import Access
import HTTPTypes
import Hummingbird
import Paper
import Review
import Submit
import Vocabulary
import Wording

/// All routes of this area: what filling in costs the companies.
struct BurdenRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/burden", use: get)
        router.get("/authority/rounds/:round/burden", use: page)
        router.get("/authority/rounds/:round/burden.xlsx", use: workbook)
    }

    struct BurdenResource: Encodable {
        let platform: PlatformID
        let name: String
        let typed: Int
        let copied: Int
        let prefilled: Int
        let imported: Int
        let listRows: Int
        let files: Int
        let fileBytes: Int
        let minutes: Int
        let returns: Int
    }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let (_, lines) = try await lines(context)
        return .json(ListPage(items: lines, next: nil))
    }

    @Sendable func page(_ request: Request, _ context: WebContext) async throws -> Response {
        let (round, lines) = try await lines(context)
        let page = BurdenPageBuilder(round: round, lines: lines, language: context.language).page()
        return try await site.answer(page, context, round: round)
    }

    @Sendable func workbook(_ request: Request, _ context: WebContext) async throws -> Response {
        let (_, lines) = try await lines(context)
        let catalogue = Catalogue.of(context.language)
        let keys = [
            "platform", "typed", "copied", "prefilled", "imported", "rows", "files", "megabytes", "minutes", "returns",
        ]
        let head = keys.map { Workbook.Cell.text(catalogue.text("web.burden.\($0)")) }
        let rows = lines.map { line in
            [Workbook.Cell.text(line.name)]
                + [
                    line.typed, line.copied, line.prefilled, line.imported, line.listRows, line.files,
                    line.fileBytes / 1_000_000, line.minutes, line.returns,
                ].map { Workbook.Cell.number(ExactDecimal($0)) }
        }
        let book = Workbook(sheets: [
            Workbook.Sheet(name: catalogue.text("web.burden.sheet"), rows: [head] + rows, headerRows: 1)
        ])
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                .contentDisposition: "attachment; filename=\"burden.xlsx\"",
            ], body: .init(byteBuffer: .init(bytes: try book.xlsx())))
    }

    private func lines(_ context: WebContext) async throws -> (Round, [BurdenResource]) {
        try context.principal.require(.readDraftResult)
        let round = try await services.round(context)
        let names = try await site.participations(round.id).reduce(into: [:]) { $0[$1.platform] = $1.name }
        let burdens = try await services.people.burden.store?.burdens(round.id) ?? []
        return (
            round,
            burdens.map { burden in
                func count(_ origin: String) -> Int { burden.fields[origin, default: 0] }
                return BurdenResource(
                    platform: burden.platform, name: names[burden.platform] ?? burden.platform.rawValue,
                    typed: count("typed"), copied: count("copied"), prefilled: count("prefilled"),
                    imported: count("imported"), listRows: burden.listRows, files: burden.files,
                    fileBytes: burden.fileBytes, minutes: burden.minutes, returns: burden.returns)
            }
        )
    }
}
