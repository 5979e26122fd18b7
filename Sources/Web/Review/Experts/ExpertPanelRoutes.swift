import Access
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Review
import Scheme
import Vocabulary
import Wording

/// The pages of the experts of a round: for the operator with acts, for the others who read marks without.
struct ExpertPanelRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }
    private static let base = "/authority/rounds/:round/experts"

    func add(to router: Router<WebContext>) {
        router.get("\(Self.base)", use: overview)
        router.get("\(Self.base)/agreement", use: agreement)
        router.get("\(Self.base)/sheets.xlsx", use: sheets)
        router.get("\(Self.base)/panels.xlsx", use: panels)
        router.post("\(Self.base)/settle", use: settle)
        router.get("\(Self.base)/:indicator", use: detail)
        router.post("\(Self.base)/:indicator/draw", use: draw)
        router.post("\(Self.base)/:indicator/replace", use: replace)
        router.post("\(Self.base)/:indicator/remind", use: remind)
    }

    private func desk(_ context: WebContext) -> ExpertDesk { ExpertDesk(services: services, context: context) }

    private func builder(_ request: Request, _ context: WebContext) async throws -> ExpertPanelsBuilder {
        try context.principal.require(.readMarks)
        let known = try await desk(context).book(try await services.round(context))
        let mayKeep = context.principal.may(.keepExperts)
        let pool = try await services.people.experts.kept().experts()
        let asked = request.uri.queryParameters
        let done = asked["done"].map(String.init) ?? ""
        let count = asked["count"].flatMap { Int(String($0)) } ?? 0
        let waiting = asked["waiting"].flatMap { Int(String($0)) } ?? 0
        let notice =
            ["drawn", "replaced", "reminded", "settled"].contains(done)
            ? Notice(
                Catalogue.of(context.language).text(
                    "web.experts.done.\(done)", ["count": "\(count)", "waiting": "\(waiting)"]),
                done == "settled" && waiting > 0 ? .watch : .good) : nil
        return ExpertPanelsBuilder(
            known: known, pool: Swift.Dictionary(uniqueKeysWithValues: pool.map { ($0.account, $0) }),
            mayKeep: mayKeep, notice: notice, language: context.language)
    }

    @Sendable func overview(_ request: Request, _ context: WebContext) async throws -> Response {
        let builder = try await builder(request, context)
        return try await site.answer(builder.overview(), context, round: builder.known.round)
    }

    @Sendable func panels(_ request: Request, _ context: WebContext) async throws -> Response {
        let builder = try await builder(request, context)
        return try ExpertPanelWorkbook(builder: builder).workbook().download("panels-\(builder.known.round.id)")
    }

    @Sendable func agreement(_ request: Request, _ context: WebContext) async throws -> Response {
        let builder = try await builder(request, context)
        return try await site.answer(ExpertAgreementBuilder(builder).page(), context, round: builder.known.round)
    }

    @Sendable func detail(_ request: Request, _ context: WebContext) async throws -> Response {
        let builder = try await builder(request, context)
        let indicator = try services.indicator(context, in: builder.known.scheme)
        guard indicator.markValue != nil else {
            throw Failure("review.not_marked", ["indicator": indicator.id.rawValue])
        }
        guard let record = builder.known.book.draw(indicator.id) else {
            throw Failure(
                "experts.not_drawn", ["number": "\(indicator.number)", "indicator": indicator.title[context.language]])
        }
        return try await site.answer(builder.detail(indicator, record), context, round: builder.known.round)
    }

    @Sendable func draw(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        let round = try await services.round(context)
        let asked = try await FormBody(request)["field"]
        let field = asked.isEmpty ? nil : try ExpertPool.fields([asked]).first
        let id = try context.indicatorID
        try await desk(context).draw(id, round, field: field)
        return .seeOther("/authority/rounds/\(round.id)/experts/\(id)?done=drawn")
    }

    @Sendable func replace(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        let round = try await services.round(context)
        let form = try await FormBody(request)
        let id = try context.indicatorID
        try await desk(context).replace(AccountID(form["expert"]), id, round, reason: form["reason"])
        return .seeOther("/authority/rounds/\(round.id)/experts/\(id)?done=replaced")
    }

    @Sendable func remind(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        let round = try await services.round(context)
        let count = try await desk(context).remind(try context.indicatorID, round)
        return .seeOther("/authority/rounds/\(round.id)/experts?done=reminded&count=\(count)")
    }

    @Sendable func settle(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        let round = try await services.round(context)
        let outcome = try await desk(context).settle(round)
        return .seeOther(
            "/authority/rounds/\(round.id)/experts?done=settled&count=\(outcome.recorded.count)&waiting=\(outcome.waiting.count)"
        )
    }

    /// Every sheet that may be seen, one a row, for spreadsheets.
    @Sendable func sheets(_ request: Request, _ context: WebContext) async throws -> Response {
        let builder = try await builder(request, context)
        let bytes = try ExpertMarkSheets(builder.known, pool: builder.pool).workbook(context.language).xlsx()
        let name =
            builder.known.round.id.rawValue.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "round"
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                .cacheControl: "no-store",
                .contentDisposition:
                    "attachment; filename=\"expert-marks.xlsx\"; filename*=UTF-8''expert-marks-\(name).xlsx",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
