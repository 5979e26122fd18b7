import Access
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Review
import Scheme
import Vocabulary
import Wording

/// The expert's own pages: the list, the case, the evidence behind it.
struct ExpertCaseRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }
    private static let path = "/expert/rounds/:round/cases/:indicator/:platform"

    func add(to router: Router<WebContext>) {
        router.get("/expert/rounds/:round", use: list)
        router.post("/expert/rounds/:round/pledge", use: pledge)
        router.post("/expert/rounds/:round/conflicts/:platform", use: conflict)
        router.get("\(Self.path)", use: show)
        router.post("\(Self.path)", use: take)
        router.post("\(Self.path)/remarks", use: remark)
        router.get("\(Self.path)/evidence/:digest", use: evidence)
    }

    private func desk(_ context: WebContext) -> ExpertDesk { ExpertDesk(services: services, context: context) }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readCases)
        let round = try await services.round(context)
        let known = try await desk(context).book(round)
        let expert = context.principal.account ?? ""
        let words = ExpertWords(known: known, expert: expert, language: context.language)
        let done = request.uri.queryParameters["done"].map(String.init) ?? ""
        let notice =
            ["pledged", "conflict", "handed-in"].contains(done) ? Notice(words.say("done.\(done)"), .good) : nil
        let drafts = try await services.people.experts.kept().drafts(round.id, expert)
        let page = ExpertListBuilder(words: words, drafts: drafts, notice: notice).page()
        return try await site.answer(page, context, round: round)
    }

    @Sendable func pledge(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readCases)
        let round = try await services.round(context)
        guard try await FormBody(request)["agreed"] == "1" else { throw Failure("experts.pledge_not_agreed") }
        try await desk(context).pledge(round)
        return .seeOther("/expert/rounds/\(round.id)?done=pledged")
    }

    @Sendable func conflict(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readCases)
        let round = try await services.round(context)
        let form = try await FormBody(request)
        try await desk(context).declareConflict(try context.platformID, round, reason: form["reason"])
        return .seeOther("/expert/rounds/\(round.id)?done=conflict")
    }

    private func open(_ context: WebContext) async throws -> ExpertDesk.Case {
        try context.principal.require(.readCases)
        let round = try await services.round(context)
        return try await desk(context).open(try context.platformID, try context.indicatorID, round)
    }

    @Sendable func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let one = try await open(context)
        let done = request.uri.queryParameters["done"].map(String.init) ?? ""
        let notice =
            ["saved", "said"].contains(done)
            ? Notice(Catalogue.of(context.language).text("web.experts.done.\(done)"), .good) : nil
        return try await page(one, notice: notice, context)
    }

    private func page(
        _ one: ExpertDesk.Case, notice: Notice? = nil, typed: ExpertDesk.Typed? = nil, findings: [Finding] = [],
        status: HTTPResponse.Status = .ok, _ context: WebContext
    ) async throws -> Response {
        let store = try services.people.experts.kept()
        let words = ExpertWords(known: one.known, expert: one.expert, language: context.language)
        let page = ExpertCaseBuilder(
            words: words, one: one, list: try await services.cells.declarations.list(one.cell),
            declaration: try await services.cells.declarations.declaration(one.cell),
            verification: try await services.cells.verifications.verification(one.cell),
            files: try await services.cells.evidence.files(one.cell),
            draft: try await store.draft(one.cell, one.expert, sitting: one.sitting ?? 1), typed: typed,
            findings: findings, remarks: one.standing.revealedAt == nil ? [] : try await store.remarks(one.cell),
            version: try await services.cells.marks.mark(one.cell, by: one.expert)?.version ?? 0, notice: notice
        ).page()
        return try await site.answer(page, context, round: one.known.round, status: status)
    }

    /// The form without script: keeps the draft, or hands it in.
    @Sendable func take(_ request: Request, _ context: WebContext) async throws -> Response {
        let one = try await open(context)
        let form = try await FormBody(request)
        let typed = ExpertDesk.Typed(
            criteria: one.rules.rubric.indices.map { form["criterion-\($0 + 1)"] }, mark: form["mark"],
            comment: form["comment"])
        let words = ExpertWords(known: one.known, expert: one.expert, language: context.language)
        do {
            if form["act"] == "save" {
                let version = Int(form["draftVersion"]) ?? 0
                _ = try await desk(context).save(typed, one, replacing: max(0, min(version, 1_000_000)))
                return .seeOther(words.href(one.cell) + "?done=saved")
            }
            try await desk(context).handIn(typed, one, replacing: Int(form["version"]))
        } catch let failure as Failure where !failure.findings.isEmpty || failure.code == "review.stale" {
            let said =
                failure.findings.isEmpty ? [Finding(.error, failure.code, at: "", failure.values)] : failure.findings
            return try await page(
                one, typed: typed, findings: said, status: .init(code: ProblemStatus.of(failure.code)), context)
        }
        // On to the next case that is owed, in the list's order.
        let left = words.standings(one.indicator.id).first { $0.cell != one.cell && !words.isDone($0) }
        return .seeOther(left.map { words.href($0.cell) } ?? words.base + "?done=handed-in")
    }

    @Sendable func remark(_ request: Request, _ context: WebContext) async throws -> Response {
        let one = try await open(context)
        try await desk(context).say(try await FormBody(request)["text"], one)
        let words = ExpertWords(known: one.known, expert: one.expert, language: context.language)
        return .seeOther(words.href(one.cell) + "?done=said#marks")
    }

    @Sendable func evidence(_ request: Request, _ context: WebContext) async throws -> Response {
        let one = try await open(context)
        let text = try context.parameter("digest")
        guard let digest = Digest(hex: text),
            let file = try await services.cells.evidence.files(one.cell).first(where: { $0.digest == digest }),
            let bytes = try await services.cells.evidence.bytes(digest)
        else { throw Failure("submit.evidence_unknown", ["digest": String(text.prefix(64))]) }
        let name = file.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "evidence"
        let isShown = [.pdf, .jpg, .png].contains(file.type)
        return Response(
            status: .ok,
            headers: [
                .contentType: file.type.mediaType, .cacheControl: "private, no-store",
                .contentDisposition: "\(isShown ? "inline" : "attachment"); filename*=UTF-8''\(name)",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
