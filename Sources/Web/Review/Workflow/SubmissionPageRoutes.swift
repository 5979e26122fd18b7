import Access
import Hummingbird
import Paper
import Review
import Scheme
import Vocabulary
import Wording

/// The offices' pages about submissions: the list, one submission, several at once, the list as a spreadsheet.
struct SubmissionPageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/authority/rounds/:round/submissions", use: list)
        router.get("/authority/rounds/:round/submissions/:platform", use: one)
        router.post("/authority/rounds/:round/submissions/:platform/actions", use: act)
        router.post("/authority/rounds/:round/submissions", use: several)
        router.get("/authority/rounds/:round/submissions-list.xlsx", use: workbook)
    }

    /// Rows on one page.
    static let rowsPerPage = 50

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let desk = try await SubmissionListBuilder(site: site, context: context, request: request)
        return try await site.answer(try await desk.page(), context, round: desk.round)
    }

    @Sendable func workbook(_ request: Request, _ context: WebContext) async throws -> Response {
        let desk = try await SubmissionListBuilder(site: site, context: context, request: request)
        let bytes = try await desk.workbook().xlsx()
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                .contentDisposition: "attachment; filename=\"submissions-\(desk.round.id).xlsx\"",
                .cacheControl: "no-store",
            ], body: .init(byteBuffer: .init(bytes: bytes)))
    }

    @Sendable func one(_ request: Request, _ context: WebContext) async throws -> Response {
        try await show(request, context, notice: nil)
    }

    @Sendable func act(_ request: Request, _ context: WebContext) async throws -> Response {
        try requireOffice(context)
        let found = try await services.participation(context)
        try context.principal.require(.readPlatform, on: found.scope)
        let form = try await FormBody(request)
        let words = WorkflowWords(language: context.language, scheme: nil)
        do {
            guard let action = SubmissionAction(rawValue: form["action"]) else {
                throw Failure(
                    "review.submission_action_not_allowed",
                    ["action": String(form["action"].prefix(40)), "state": found.submission.rawValue])
            }
            if !form["version"].isEmpty, form["version"] != "\(found.version)" {
                throw Failure("web.precondition_failed", ["version": "\(found.version)"])
            }
            let details = form["letter"].isEmpty ? [:] : ["letter": form["letter"]]
            let asked = SubmissionRequest(
                action, reason: form["reason"].isEmpty ? nil : form["reason"], details: details,
                by: context.principal.account)
            let outcome = try await SubmissionActs(services: services).act(asked, on: found, as: context.principal)
            var done = "moved"
            if case .proposed = outcome { done = "proposed" }
            return .seeOther("/authority/rounds/\(found.round)/submissions/\(found.platform)?done=\(done)")
        } catch let failure as Failure where [409, 412, 422].contains(ProblemStatus.of(failure.code)) {
            return try await show(
                request, context, notice: Notice(words.problem(failure), .wrong),
                status: ProblemStatus.of(failure.code))
        }
    }

    private func show(
        _ request: Request, _ context: WebContext, notice: Notice?, status: Int = 200
    ) async throws -> Response {
        try requireOffice(context)
        let found = try await services.participation(context)
        try context.principal.require(.readPlatform, on: found.scope)
        var notice = notice
        if notice == nil, let done = request.uri.queryParameters["done"], ["moved", "proposed"].contains(String(done)) {
            let words = WorkflowWords(language: context.language, scheme: nil)
            notice = Notice(words.say("done_\(done)"), .good)
        }
        let builder = SubmissionPageBuilder(services: services, context: context)
        let (page, round) = try await builder.page(found, notice: notice)
        return try await site.answer(page, context, round: round, status: .init(code: status))
    }

    @Sendable func several(_ request: Request, _ context: WebContext) async throws -> Response {
        try requireOffice(context)
        let round = try await services.round(context)
        let form = try await FormBody(request, limitBytes: 256 << 10)
        let words = WorkflowWords(language: context.language, scheme: nil)
        let base = "/authority/rounds/\(round.id)/submissions"
        let seen = try await site.participations(round.id).filter {
            context.principal.may(.readPlatform, on: $0.scope) && form["p.\($0.platform)"] == "1"
        }
        guard let action = SubmissionAction(rawValue: form["action"]), (1...BulkActs.most).contains(seen.count) else {
            return .seeOther(base + "?done=none")
        }
        let isPreview = form["step"] != "do"
        let asked = BulkActs.Asked(
            action: action, platforms: seen.map(\.platform.rawValue), reason: form["reason"],
            details: form["letter"].isEmpty ? nil : ["letter": form["letter"]], preview: isPreview)
        let lines = try await BulkActs(services: services).run(
            asked, round: round, as: context.principal, context.language)
        let page = bulkPage(lines, asked, seen, words, base)
        return try await site.answer(page, context, round: round)
    }

    private func bulkPage(
        _ lines: [BulkActs.Line], _ asked: BulkActs.Asked, _ seen: [Participation], _ words: WorkflowWords,
        _ base: String
    ) -> SubmissionsBulkPage {
        let isPreview = asked.preview ?? false
        let states = seen.reduce(into: [String: SubmissionState]()) { $0[$1.platform.rawValue] = $1.submission }
        let from = lines.first.flatMap { states[$0.platform] } ?? .draft
        let title = words.action(asked.action, from: from)
        let moves = lines.filter { $0.outcome != .refused }.map { line in
            SubmissionsBulkPage.Line(
                id: line.platform, name: line.name,
                text: words.say("becomes", ["state": line.state.map { words.state($0).word } ?? ""]))
        }
        let refused = lines.filter { $0.outcome == .refused }.map { line in
            let findings = line.problem?.findings.map(\.message) ?? []
            return SubmissionsBulkPage.Line(
                id: line.platform, name: line.name,
                text: ([line.problem?.detail ?? ""] + findings).joined(separator: " "))
        }
        let counts = ["action": title, "count": "\(moves.count)", "refused": "\(refused.count)"]
        let notice = isPreview ? nil : Notice(words.say("bulk_done", counts), refused.isEmpty ? .good : .watch)
        let confirm =
            isPreview && !moves.isEmpty
            ? SubmissionsBulkPage.Confirm(
                href: base, action: asked.action.rawValue, reason: asked.reason ?? "",
                letter: asked.details?["letter"] ?? "", title: words.say("bulk_do", counts),
                effect: words.say("bulk_effect", counts)) : nil
        return SubmissionsBulkPage(
            heading: Heading(words.say("bulk_title", counts), lead: isPreview ? words.say("bulk_lead", counts) : nil),
            notice: notice, moves: moves, hasMoves: !moves.isEmpty, refused: refused, hasRefused: !refused.isEmpty,
            confirm: confirm, back: base)
    }

    private func requireOffice(_ context: WebContext) throws {
        if context.principal.isOffice { return }
        throw context.principal.isSignedIn
            ? Failure("access.denied", ["permission": Permission.readRound.rawValue])
            : Failure("access.sign_in_required")
    }
}
