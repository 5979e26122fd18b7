import Access
import Evaluate
import Hummingbird
import Review
import Scheme
import Vocabulary

/// Corrections on pages: what the public reads, and the approvers' proposals and decisions.
struct CorrectionPageRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        router.get("/rounds/:round/corrections", use: published)
        router.get("/authority/rounds/:round/corrections", use: list)
        router.post("/authority/rounds/:round/corrections", use: propose)
        router.get("/authority/rounds/:round/corrections/:correction", use: file)
        router.post("/authority/rounds/:round/corrections/:correction/decision", use: decide)
    }

    @Sendable func published(_ request: Request, _ context: WebContext) async throws -> Response {
        let work = try await PanelWork(site, context)
        if !work.round.isSeen(by: context.principal) { try context.principal.require(.readRound) }
        let builder = CorrectionPageBuilder(work: work)
        return try await site.answer(try await builder.published(), context, round: work.round)
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readDraftResult)
        return try await show(PanelWork(site, context), request)
    }

    private func show(
        _ work: PanelWork, _ request: Request, notices: [Notice] = [], status: Int = 200
    ) async throws -> Response {
        let query = request.uri.queryParameters
        func asked(_ name: Substring) -> String { query[name].map { String($0) } ?? "" }
        let page = try await CorrectionPageBuilder(work: work).list(
            notices: notices + work.done(query["done"].map(String.init)), platform: asked("platform"),
            indicator: asked("indicator"))
        return try await site.answer(page, work.context, round: work.round, status: .init(code: status))
    }

    @Sendable func propose(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.decideRound)
        let work = try await PanelWork(site, context)
        let form = try await FormBody(request)
        do {
            let kind = Correction.Kind(rawValue: form["kind"]) ?? .cell
            var values: [String: ExactDecimal] = [:]
            if kind == .cell, let indicator = work.scheme.indicator(IndicatorID(form["indicator"])) {
                for id in indicator.valueIDs where !form["value.\(id)"].isEmpty {
                    guard let value = ExactDecimal(form["value.\(id)"]) else {
                        throw PanelText.refused("values", "panel.figure_invalid")
                    }
                    values[id] = value
                }
            }
            let made = try await CorrectionDesk(work: work).propose(
                .init(
                    kind: kind, platform: form["platform"],
                    indicator: form["indicator"].isEmpty ? nil : form["indicator"], values: values,
                    reason: form["reason"], document: form["document"]))
            return .seeOther("/authority/rounds/\(work.round.id)/corrections/\(made.number)?done=proposed")
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await show(
                work, request, notices: work.refusal(failure), status: ProblemStatus.of(failure.code))
        }
    }

    @Sendable func file(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readDraftResult)
        let work = try await PanelWork(site, context)
        return try await show(work, try await work.correction(try context.parameter("correction")), request)
    }

    private func show(
        _ work: PanelWork, _ correction: Correction, _ request: Request, notices: [Notice] = [], status: Int = 200
    ) async throws -> Response {
        let page = try await CorrectionPageBuilder(work: work).file(
            correction, notices: notices + work.done(request.uri.queryParameters["done"].map(String.init)))
        return try await site.answer(page, work.context, round: work.round, status: .init(code: status))
    }

    @Sendable func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.decideRound)
        let work = try await PanelWork(site, context)
        let found = try await work.correction(try context.parameter("correction"))
        let form = try await FormBody(request)
        do {
            _ = try await CorrectionDesk(work: work).decide(
                found, approves: form["verdict"] == "approve", reason: form["reason"])
            return .seeOther("/authority/rounds/\(work.round.id)/corrections/\(found.number)?done=correction")
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await show(
                work, found, request, notices: work.refusal(failure), status: ProblemStatus.of(failure.code))
        }
    }
}
