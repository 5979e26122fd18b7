import Access
import Evaluate
import Hummingbird
import Review
import Submit
import Vocabulary

/// The panel's pages: the overview, one platform, the preview of settling several, and who moves between two results.
struct PanelPageRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        router.get("/authority/rounds/:round/panel", use: overview)
        router.get("/authority/rounds/:round/panel/preview", use: preview)
        router.post("/authority/rounds/:round/panel/minutes", use: keep)
        router.post("/authority/rounds/:round/panel/settlements", use: settle)
        router.get("/authority/rounds/:round/panel/:platform", use: platform)
        router.post("/authority/rounds/:round/panel/:platform/disqualification", use: disqualify)
        router.post("/authority/rounds/:round/panel/:platform/recheck/:indicator", use: answer)
        router.get("/authority/rounds/:round/comparison", use: comparison)
    }

    @Sendable func overview(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readDraftResult)
        return try await show(PanelWork(site, context), request)
    }

    private func show(
        _ work: PanelWork, _ request: Request, notices: [Notice] = [], status: Int = 200
    ) async throws -> Response {
        let page = try await PanelPageBuilder(book: PanelBook(work)).page(
            notices: notices + work.done(request.uri.queryParameters["done"].map(String.init)))
        return try await site.answer(page, work.context, round: work.round, status: .init(code: status))
    }

    /// What settling the chosen platforms will do, before it is done.
    @Sendable func preview(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.settle)
        let work = try await PanelWork(site, context)
        let query = request.uri.queryParameters
        let all = try await site.participations(work.round.id).filter { $0.submission == .panel }
        let chosen = all.filter { query[Substring("platform.\($0.platform)")] != nil }
        let minutes = query["minutes"].map { String($0) }
        guard !chosen.isEmpty else {
            return try await show(
                work, request, notices: [Notice(work.catalogue.text("panel.choose_platforms"), .watch)])
        }
        let planned = try await PanelDesk(work: work).settle(
            chosen.map(\.platform), minutes: minutes, reason: nil, isTrial: true)
        let page = PanelPageBuilder.preview(work, planned, minutes: minutes)
        return try await site.answer(page, context, round: work.round)
    }

    @Sendable func keep(_ request: Request, _ context: WebContext) async throws -> Response {
        if !context.principal.may(.settle) { try context.principal.require(.runRound) }
        let work = try await PanelWork(site, context)
        do {
            let form = try await MultipartForm(request, limitBytes: EvidenceInspection.mostBytes)
            _ = try await PanelDesk(work: work).keep(
                .init(
                    number: form.fields["number"] ?? "", heldOn: form.fields["heldOn"] ?? "",
                    present: form.fields["present"] ?? "", note: form.fields["note"] ?? "",
                    fileName: form.files["file"]?.name ?? "", bytes: form.files["file"]?.bytes ?? []))
            return .seeOther("/authority/rounds/\(work.round.id)/panel?done=minutes#minutes")
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await show(
                work, request, notices: work.refusal(failure), status: ProblemStatus.of(failure.code))
        }
    }

    @Sendable func settle(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.settle)
        let work = try await PanelWork(site, context)
        let form = try await FormBody(request)
        let all = try await site.participations(work.round.id)
        let chosen = all.filter { form["platform.\($0.platform)"] == "on" }.map(\.platform)
        let done = try await PanelDesk(work: work).settle(
            chosen, minutes: form["minutes"].isEmpty ? nil : form["minutes"],
            reason: form["reason"].isEmpty ? nil : form["reason"], isTrial: false)
        let left = done.filter { !$0.settled }
        if left.isEmpty { return .seeOther("/authority/rounds/\(work.round.id)/panel?done=settled") }
        let notices = left.map { one in
            let why = one.findings.map(\.message).joined(separator: " ")
            return Notice(work.say("not_settled", ["platform": one.name, "why": why]), .wrong)
        }
        return try await show(work, request, notices: notices, status: 409)
    }

    @Sendable func platform(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readDraftResult)
        return try await show(PanelWork(site, context), try context.platformID, request)
    }

    private func show(
        _ work: PanelWork, _ platform: PlatformID, _ request: Request, notices: [Notice] = [], status: Int = 200
    ) async throws -> Response {
        let participation = try await work.participation(platform)
        let builder = try await PanelPlatformBuilder(book: PanelBook(work), participation: participation)
        let page = try await builder.page(
            notices: notices + work.done(request.uri.queryParameters["done"].map(String.init)))
        return try await site.answer(page, work.context, round: work.round, status: .init(code: status))
    }

    @Sendable func disqualify(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.decideRound)
        let work = try await PanelWork(site, context)
        let participation = try await work.participation(try context.platformID)
        let form = try await FormBody(request)
        do {
            try await PanelMover(work: work).move(participation, .disqualify, reason: form["reason"])
            return .seeOther("/authority/rounds/\(work.round.id)/panel/\(participation.platform)?done=disqualified")
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await show(
                work, participation.platform, request, notices: work.refusal(failure),
                status: ProblemStatus.of(failure.code))
        }
    }

    @Sendable func answer(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.checkFormally)
        let work = try await PanelWork(site, context)
        let participation = try await work.participation(try context.platformID)
        let form = try await FormBody(request)
        do {
            try await RecheckDesk(work: work, participation: participation).answer(
                try context.indicatorID, form["answer"])
            return .seeOther(
                "/authority/rounds/\(work.round.id)/panel/\(participation.platform)?done=answered#recheck")
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await show(
                work, participation.platform, request, notices: work.refusal(failure),
                status: ProblemStatus.of(failure.code))
        }
    }

    @Sendable func comparison(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readDraftResult)
        let work = try await PanelWork(site, context)
        let (before, after, comparison) = try await work.comparison(request)
        let runs = try await work.services.evaluations.runs(work.round.id).filter { $0.state == .finished }
        let options = runs.map { run in
            (
                value: "\(run.number)",
                title: work.say(
                    "comparison.run",
                    ["number": "\(run.number)", "at": work.moment(run.finishedAt ?? run.startedAt)])
            )
        }
        let choose = DossierForm(
            "choose", work.say("comparison.choose"), action: "/authority/rounds/\(work.round.id)/comparison",
            method: "get", isFolded: false, button: work.say("comparison.show"),
            fields: [
                DossierField(.choice, "before", work.say("comparison.before"), value: "\(before)", options: options),
                DossierField(.choice, "after", work.say("comparison.after"), value: "\(after)", options: options),
            ])
        let table = work.comparisonTable(comparison, try await site.participations(work.round.id))
        let page = DossierPage(
            Heading(
                work.say("comparison.title"), kicker: work.round.title[context.language],
                lead: work.sentence(comparison)),
            crumbs: [.init(title: work.say("title"), href: "/authority/rounds/\(work.round.id)/panel")],
            cards: [
                DossierCard("choice", work.say("comparison.of"), forms: [choose]),
                DossierCard(
                    "moved", work.say("comparison.moved"), isWide: true,
                    table: comparison.moved.isEmpty ? nil : table,
                    empty: comparison.moved.isEmpty ? EmptyState(work.say("comparison.nobody")) : nil),
            ])
        return try await site.answer(page, context, round: work.round)
    }
}
