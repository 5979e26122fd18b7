import Access
import HTTPTypes
import Hummingbird
import Paper
import Review
import Scheme
import Vocabulary
import Wording

/// The formal checklist of a submission: page, spreadsheet, API.
struct ChecklistRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/authority/rounds/:round/submissions/:platform/checklist", use: page)
        router.get("/authority/rounds/:round/submissions/:platform/checklist.xlsx", use: workbook)
        router.post("/authority/rounds/:round/submissions/:platform/checklist/:line", use: decidePage)
        router.get("/api/v1/rounds/:round/platforms/:platform/checklist", use: list)
        router.put("/api/v1/rounds/:round/platforms/:platform/checklist/:line", use: decide)
    }

    struct LineResource: Encodable {
        let id: String
        let part: ChecklistLine.Part
        let indicator: IndicatorID?
        let question: String
        /// What the machine found.
        let automatic: ChecklistLine.Result
        let found: String
        /// What counts; null while a person has to look.
        let outcome: ChecklistLine.Verdict?
        let decision: Decision?
        let mayDecide: Bool

        struct Decision: Encodable {
            let verdict: ChecklistLine.Verdict
            let reason: String
            let by: AccountID
            let at: Instant
            /// The machine has found something else since, so that it no longer counts.
            let isVoid: Bool
        }
    }

    struct ListResource: Encodable {
        let items: [LineResource]
        let open: Int
        let failed: Int
        /// The text that asks the company for what failed.
        let supplement: String
    }

    struct Decide: Decodable {
        let verdict: ChecklistLine.Verdict
        let reason: String?
        let automatic: ChecklistLine.Result?
    }

    private func work(_ context: WebContext) -> ChecklistWork { ChecklistWork(services: services, context: context) }

    private func words(
        _ lines: [ChecklistLine], _ scheme: IndicatorScheme, _ context: WebContext
    ) async throws -> ChecklistWords {
        ChecklistWords(
            scheme: scheme, language: context.language,
            names: try await services.names(lines.compactMap { $0.decision?.by }))
    }

    @Sendable func page(_ request: Request, _ context: WebContext) async throws -> Response {
        let participation = try await services.participation(context)
        try work(context).require(participation)
        let isDone = request.uri.queryParameters["done"] == "decided"
        let notice = isDone ? Notice(Catalogue.of(context.language).text("web.desk.checklist.done"), .good) : nil
        return try await show(participation, context, notice, 200)
    }

    private func show(
        _ participation: Participation, _ context: WebContext, _ notice: Notice?, _ status: Int
    ) async throws -> Response {
        let work = work(context)
        let (lines, submission) = try await work.lines(of: participation)
        let mayDecide = work.mayDecide(participation)
        let page = ChecklistPageBuilder(
            lines: lines, submission: submission, words: try await words(lines, submission.scheme, context),
            mayDecide: mayDecide, mayAsk: mayDecide, notice: notice
        ).page()
        return try await site.answer(page, context, round: submission.round, status: .init(code: status))
    }

    @Sendable func workbook(_ request: Request, _ context: WebContext) async throws -> Response {
        let participation = try await services.participation(context)
        let work = work(context)
        try work.require(participation)
        let (lines, submission) = try await work.lines(of: participation)
        let book = try await words(lines, submission.scheme, context).workbook(lines, participation)
        return try book.download("checklist-\(participation.platform)")
    }

    @Sendable func decidePage(_ request: Request, _ context: WebContext) async throws -> Response {
        let participation = try await services.participation(context)
        try context.principal.require(.checkFormally, on: participation.scope)
        let form = try await FormBody(request)
        do {
            guard let verdict = ChecklistLine.Verdict(rawValue: form["verdict"]) else {
                throw Failure("web.body_invalid", ["field": "verdict"])
            }
            let line = try await work(context).decide(
                try context.parameter("line"), verdict, reason: form["reason"],
                seen: ChecklistLine.Result(rawValue: form["automatic"]), on: participation)
            let base = "/authority/rounds/\(participation.round)/submissions/\(participation.platform)/checklist"
            return .seeOther("\(base)?done=decided#line-\(line.id.replacing(".", with: "-"))")
        } catch let failure as Failure where ["desk.line_changed", "desk.text_invalid"].contains(failure.code) {
            let text = Catalogue.of(context.language).text(failure.code, failure.values)
            return try await show(participation, context, Notice(text, .wrong), ProblemStatus.of(failure.code))
        }
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let participation = try await services.participation(context)
        let work = work(context)
        try work.require(participation)
        let (lines, submission) = try await work.lines(of: participation)
        let words = try await words(lines, submission.scheme, context)
        let mayDecide = work.mayDecide(participation)
        return .json(
            ListResource(
                items: lines.map { resource($0, words, mayDecide) }, open: lines.filter { $0.outcome == nil }.count,
                failed: lines.filter { $0.outcome == .fail }.count, supplement: words.supplement(lines)))
    }

    @Sendable func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        let participation = try await services.participation(context)
        try context.principal.require(.checkFormally, on: participation.scope)
        let body = try await JSONBody.decode(Decide.self, from: request)
        let line = try await work(context).decide(
            try context.parameter("line"), body.verdict, reason: body.reason ?? "", seen: body.automatic,
            on: participation)
        let scheme = try await services.scheme(of: try await services.round(context))
        return .json(resource(line, try await words([line], scheme, context), true))
    }

    private func resource(_ line: ChecklistLine, _ words: ChecklistWords, _ mayDecide: Bool) -> LineResource {
        LineResource(
            id: line.id, part: line.part, indicator: line.indicator, question: words.question(line),
            automatic: line.result, found: words.found(line), outcome: line.outcome,
            decision: line.decision.map {
                .init(
                    verdict: $0.verdict, reason: $0.reason, by: $0.by, at: $0.at, isVoid: $0.automatic != line.result)
            }, mayDecide: mayDecide)
    }
}

extension Workbook {
    /// The workbook as a file to keep, never kept by anybody between.
    /// - Parameter name: without ending.
    func download(_ name: String) throws -> Response {
        let safe = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                .contentDisposition: "attachment; filename=\"\(safe).xlsx\"", .cacheControl: "no-store",
            ], body: .init(byteBuffer: .init(bytes: try xlsx())))
    }
}
