import Access
import Hummingbird
import Review
import Vocabulary

/// The public notice as everybody reads it, and the desk from which the operator runs it.
struct NoticePageRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        router.get("/rounds/:round/notice", use: notice)
        router.get("/authority/rounds/:round/notice", use: desk)
        router.post("/authority/rounds/:round/notice/contacts", use: keep)
        router.post("/authority/rounds/:round/notice/lapse", use: lapse)
        router.post("/authority/rounds/:round/notice/end", use: end)
        router.post("/authority/rounds/:round/notice/actions", use: act)
    }

    @Sendable func notice(_ request: Request, _ context: WebContext) async throws -> Response {
        let work = try await PanelWork(site, context)
        if !work.round.isSeen(by: context.principal) { try context.principal.require(.readRound) }
        let page = NoticePageBuilder(text: try await NoticeText(work)).page()
        return try await site.answer(page, context, round: work.round)
    }

    @Sendable func desk(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readDraftResult)
        return try await show(PanelWork(site, context), request)
    }

    private func show(
        _ work: PanelWork, _ request: Request, notices: [Notice] = [], status: Int = 200
    ) async throws -> Response {
        let page = try await NoticeDeskBuilder(work: work).page(
            notices: notices + work.done(request.uri.queryParameters["done"].map(String.init)))
        return try await site.answer(page, work.context, round: work.round, status: .init(code: status))
    }

    @Sendable func keep(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runRound)
        let work = try await PanelWork(site, context)
        let form = try await FormBody(request)
        do {
            _ = try await NoticeDesk(work: work).keep(
                .init(
                    office: form["office"], officePhone: form["officePhone"], inspection: form["inspection"],
                    inspectionPhone: form["inspectionPhone"], mail: form["mail"], address: form["address"]),
                replacing: Int(form["version"]) ?? 0)
            return .seeOther("/authority/rounds/\(work.round.id)/notice?done=contacts")
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await show(
                work, request, notices: work.refusal(failure), status: ProblemStatus.of(failure.code))
        }
    }

    @Sendable func lapse(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.checkFormally)
        let work = try await PanelWork(site, context)
        return try await moved(try await NoticeDesk(work: work).lapse(), "lapse", work, request)
    }

    @Sendable func end(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.checkFormally)
        let work = try await PanelWork(site, context)
        return try await moved(try await NoticeDesk(work: work).end(), "end", work, request)
    }

    private func moved(
        _ moves: NoticeDesk.Moves, _ act: String, _ work: PanelWork, _ request: Request
    ) async throws -> Response {
        if moves.left.isEmpty { return .seeOther("/authority/rounds/\(work.round.id)/notice?done=\(act)") }
        var notices = [
            Notice(
                work.say("moved_some", ["moved": "\(moves.moved.count)", "left": "\(moves.left.count)"]),
                moves.moved.isEmpty ? .wrong : .watch)
        ]
        notices += moves.left.prefix(10).map { one in
            Notice(
                work.say(
                    "not_moved", ["platform": one.name, "why": one.findings.map(\.message).joined(separator: " ")]),
                .watch)
        }
        return try await show(work, request, notices: notices)
    }

    private struct Act: Encodable {
        let action: String
        let reason: String
    }

    /// The round's own steps of this part: notice, back to the panel, publish.
    @Sendable func act(_ request: Request, _ context: WebContext) async throws -> Response {
        if !context.principal.may(.decideRound) { try context.principal.require(.runRound) }
        let form = try await FormBody(request)
        do {
            let body = Act(action: form["action"], reason: form["reason"])
            _ = try await RoundRoutes(site: site).act(request.carrying(body), context)
            return .seeOther("/authority/rounds/\(try context.roundID)/notice?done=\(body.action)")
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 && failure.code != "access.denied" {
            let work = try await PanelWork(site, context)
            return try await show(
                work, request, notices: work.refusal(failure), status: ProblemStatus.of(failure.code))
        }
    }
}
