import Access
import Hummingbird
import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// The company's page of drawn rows, and what its forms send. Everything works without JavaScript.
struct ProofPageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        let base = "/company/rounds/:round/sampling"
        router.get("\(base)", use: page)
        router.post("\(base)/complete", use: complete)
        router.post("\(base)/:indicator/rows/:row", use: upload)
        router.post("\(base)/:indicator/rows/:row/remove", use: remove)
    }

    private func own(_ request: Request, _ context: WebContext) async throws -> (SamplingAccess, Participation) {
        let access = try await SamplingAccess(services, context)
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        guard let code = context.principal.company.flatMap({ CompanyCode($0) }) else {
            throw Failure("access.denied", ["permission": Permission.declareCell.rawValue])
        }
        guard let owner = try await services.rounds.participations(access.round.id, company: code).first else {
            throw Failure("web.no_platform", ["round": access.round.id.rawValue])
        }
        try context.principal.require(.readSample, on: owner.scope)
        return (access, owner)
    }

    @Sendable func page(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, owner) = try await own(request, context)
        let words = SampleWords(scheme: access.scheme, language: context.language)
        let lists = try await access.store.lists(access.round.id, owner.platform).filter { $0.drawing != nil }
        let asked = request.queried("list")
        let shown =
            lists.first { $0.cell.indicator.rawValue == asked } ?? lists.first { access.stage($0) == .asked }
            ?? lists.first
        var rows: [DrawnRow] = []
        if let shown {
            let filter = DrawnRowFilter(platform: owner.platform, indicator: shown.cell.indicator)
            rows = try await access.store.rows(access.round.id, filter, after: nil, limit: 500)
        }
        let done = request.queried("done")
        let failed = request.queried("refused")
        let catalogue = Catalogue.of(context.language)
        let notice: Notice?
        if !failed.isEmpty, let text = catalogue.texts[failed], !text.contains("{") || failed.hasPrefix("submit.evid") {
            let name = request.queried("name")
            let values = ["name": name, "limit": "20", "row": request.queried("row"), "due": "", "most": "10"]
            notice = Notice(catalogue.text(failed, values), .wrong)
        } else {
            notice =
                ["uploaded", "removed", "completed"].contains(done)
                ? Notice(words.say("done.\(done)", ["row": request.queried("row")]), .good) : nil
        }
        let page = ProofsPageBuilder(
            access: access, owner: owner, lists: lists, shown: shown, rows: rows,
            fields: try await SampleReading(services).fields(of: rows),
            papers: try await shown.asyncMap { try await services.cells.evidence.files($0.cell) } ?? [],
            notice: notice, words: words
        ).page()
        return try await site.answer(page, context, round: access.round)
    }

    @Sendable func upload(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, owner) = try await own(request, context)
        let (indicator, row) = try await SampleReading(services).row(of: owner, access, context, .declareCell)
        let base = "/company/rounds/\(access.round.id)/sampling?list=\(indicator.id)&row=\(row.number)"
        let form = try await MultipartForm(request, limitBytes: EvidenceInspection.mostBytes)
        let file = form.files["file"]
        do {
            _ = try await SampleProofDesk(services: services).attach(
                file?.bytes ?? [], name: file?.name ?? "", row, access, context)
        } catch let failure as Failure where failure.code.hasPrefix("submit.evidence") {
            let name = FrameView.escapedForQuery(file?.name ?? "")
            return .seeOther("\(base)&refused=\(failure.code)&name=\(name)#row-\(row.number)")
        }
        return .seeOther("\(base)&done=uploaded#row-\(row.number)")
    }

    @Sendable func remove(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, owner) = try await own(request, context)
        let (indicator, row) = try await SampleReading(services).row(of: owner, access, context, .declareCell)
        let form = try await FormBody(request)
        try await SampleProofDesk(services: services).detach(form["digest"], row, access, context)
        return .seeOther(
            "/company/rounds/\(access.round.id)/sampling?list=\(indicator.id)&row=\(row.number)&done=removed"
                + "#row-\(row.number)")
    }

    @Sendable func complete(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, owner) = try await own(request, context)
        try context.principal.require(.submitSubmission, on: owner.scope)
        _ = try await SampleProofDesk(services: services).complete(owner, access, context)
        return .seeOther("/company/rounds/\(access.round.id)/sampling?done=completed")
    }
}
