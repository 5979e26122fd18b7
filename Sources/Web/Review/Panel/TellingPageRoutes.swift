import Access
import Hummingbird
import Review
import Submit
import Vocabulary

/// The company's page of its own result: what was told, and what it may say to it.
struct TellingPageRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        router.get("/company/rounds/:round/telling", use: telling)
        router.post("/company/rounds/:round/telling/acceptance", use: accept)
        router.post("/company/rounds/:round/telling/recheck", use: ask)
        router.post("/company/rounds/:round/telling/files", use: attach)
        router.post("/company/rounds/:round/telling/hearing/:objection", use: hear)
    }

    @Sendable func telling(_ request: Request, _ context: WebContext) async throws -> Response {
        let (work, own) = try await own(context)
        return try await show(work, own, request)
    }

    private func show(
        _ work: PanelWork, _ own: Participation, _ request: Request, notices: [Notice] = [], status: Int = 200
    ) async throws -> Response {
        let page = try await TellingPageBuilder(work: work, participation: own).page(
            notices: notices + work.done(request.uri.queryParameters["done"].map(String.init)))
        return try await site.answer(page, work.context, round: work.round, status: .init(code: status))
    }

    @Sendable func accept(_ request: Request, _ context: WebContext) async throws -> Response {
        try await acting(request, context, "accepted") { work, own in
            try await RecheckDesk(work: work, participation: own).accept()
        }
    }

    @Sendable func ask(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, limitBytes: 256 << 10)
        return try await acting(request, context, "asked") { work, own in
            let cells = work.scheme.indicators.compactMap { indicator -> RecheckDesk.Ask.Cell? in
                guard form["cell.\(indicator.id)"] == "on" else { return nil }
                return .init(indicator: indicator.id.rawValue, reason: form["reason.\(indicator.id)"])
            }
            try await RecheckDesk(work: work, participation: own).ask(.init(reason: form["reason"], cells: cells))
        }
    }

    @Sendable func attach(_ request: Request, _ context: WebContext) async throws -> Response {
        try await acting(request, context, "file") { work, own in
            let form = try await MultipartForm(request, limitBytes: EvidenceInspection.mostBytes)
            _ = try await RecheckDesk(work: work, participation: own).add(
                form.files["file"]?.bytes ?? [], name: form.files["file"]?.name ?? "")
        }
    }

    @Sendable func hear(_ request: Request, _ context: WebContext) async throws -> Response {
        try await acting(request, context, "heard") { work, own in
            let form = try await FormBody(request)
            guard let number = Int(try context.parameter("objection")), number > 0, number < 1_000_000,
                let found = try await work.stores.objections(work.round.id, after: number - 1, limit: 1).first,
                found.platform == own.platform
            else { throw Failure("panel.objection_unknown") }
            try await ObjectionDesk(work: work).hear(found, form["heard"])
        }
    }

    private func acting(
        _ request: Request, _ context: WebContext, _ done: String,
        _ act: (PanelWork, Participation) async throws -> Void
    ) async throws -> Response {
        let (work, own) = try await own(context)
        do {
            try await act(work, own)
            return .seeOther("/company/rounds/\(work.round.id)/telling?done=\(done)")
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 && failure.code != "access.denied" {
            return try await show(
                work, own, request, notices: work.refusal(failure), status: ProblemStatus.of(failure.code))
        }
    }

    /// The reader's own platform; nobody else's.
    private func own(_ context: WebContext) async throws -> (PanelWork, Participation) {
        guard let code = context.principal.company.flatMap({ CompanyCode("\($0)") }) else {
            throw context.principal.isSignedIn
                ? Failure("access.denied", ["permission": Permission.submitSubmission.rawValue])
                : Failure("access.sign_in_required")
        }
        let work = try await PanelWork(site, context)
        guard let own = try await site.services.rounds.participations(work.round.id, company: code).first else {
            throw Failure("web.no_platform", ["round": work.round.id.rawValue])
        }
        try context.principal.require(.readCell, on: own.scope)
        return (work, own)
    }
}
