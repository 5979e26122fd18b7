import Access
import Foundation
import HTTPTypes
import Hummingbird
import Match
import NIOCore
import Paper
import Review
import Submit
import Trust
import Vocabulary
import Wording

/// The company's papers: page, downloads, stamped scans, and its answer to a hit on a negative list.
struct CompanyPaperRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/company/rounds/:round/papers", use: page)
        router.post("/company/rounds/:round/papers/:kind/scan", use: upload)
        router.post("/company/rounds/:round/papers/eligibility", use: answer)
        router.get("/rounds/:round/papers/:platform/:file", use: download)
        router.get("/rounds/:round/papers/:platform/scans/:kind", use: scan)
    }

    @Sendable func page(_ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await services.round(context)
        let participation = try await site.companyPlatform(round, request, context, .readCell)
        let done = request.uri.queryParameters["done"].map(String.init) ?? ""
        let known = ["read", "unread", "waiting", "answered"].contains(done)
        let notice =
            known
            ? Notice(
                Catalogue.of(context.language).text("paper.page.done_\(done)"),
                done == "unread" ? .watch : done == "waiting" ? .act : .good)
            : nil
        let page = try await PlatformPapers(site: site, round: round, participation: participation)
            .page(context, notice: notice)
        return try await site.answer(page, context, round: round)
    }

    @Sendable func upload(_ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await services.round(context)
        let participation = try await site.companyPlatform(round, request, context, .declareCell)
        guard let kind = PaperKind(rawValue: try context.parameter("kind")), [.declaration, .commitment].contains(kind)
        else { throw Failure("web.not_found") }
        guard participation.submission.isEditableByCompany else {
            throw Failure("submit.not_editable", ["state": participation.submission.rawValue])
        }
        let form = try await MultipartForm(request, limitBytes: PaperDesk.mostBytes)
        guard let file = form.files["file"], !file.bytes.isEmpty else { throw Failure("paper.scan_empty") }
        let desk = try await PaperDesk(site, round)
        let paper = try await desk.issue(kind, participation, context)
        let state = try await desk.take(file, for: paper, platform: participation.platform, context)
        return .seeOther("/company/rounds/\(round.id)/papers?done=\(state.rawValue)")
    }

    @Sendable func answer(_ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await services.round(context)
        let participation = try await site.companyPlatform(round, request, context, .declareCell)
        let form = try await FormBody(request)
        try await EligibilityDesk(site: site, round: round).say(.answer, form, participation, context)
        return .seeOther("/company/rounds/\(round.id)/papers?done=answered#eligibility")
    }

    /// A paper of one platform as PDF or DOCX.
    @Sendable func download(_ request: Request, _ context: WebContext) async throws -> Response {
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        let round = try await services.round(context)
        let participation = try await services.participation(context)
        try context.principal.require(.readCell, on: participation.scope)
        let file = try PaperFile(try context.parameter("file"))
        let papers = PlatformPapers(site: site, round: round, participation: participation)
        return try await file.answer(try await papers.document(file.kind, context))
    }

    @Sendable func scan(_ request: Request, _ context: WebContext) async throws -> Response {
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        let round = try await services.round(context)
        let participation = try await services.participation(context)
        try context.principal.require(.readCell, on: participation.scope)
        let archive = try await PaperDesk(site, round).archive()
        guard let kind = PaperKind(rawValue: try context.parameter("kind")),
            let scan = try await archive.scan(kind, of: participation.platform.rawValue, in: round.id),
            let bytes = try await archive.bytes(scan.file)
        else { throw Failure("paper.scan_none") }
        return .attachment(bytes, type: scan.type.mediaType, name: scan.name)
    }
}

/// The name of a paper's file in an address: `declaration.pdf`.
struct PaperFile: Sendable {
    let kind: PaperKind
    let format: String

    /// - Throws: `web.not_found`.
    init(_ name: String) throws(Failure) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let kind = PaperKind(rawValue: String(parts[0])),
            ["pdf", "docx", "xlsx"].contains(parts[1])
        else { throw Failure("web.not_found") }
        self.kind = kind
        format = String(parts[1])
    }

    /// - Throws: `web.not_found` for a sheet of a paper without tables, what the making throws,
    ///   and `web.busy`.
    func answer(_ document: PaperDocument) async throws -> Response {
        let format = format
        let bytes = try await HeavyWork.shared.run {
            switch format {
            case "pdf": return try document.pdf()
            case "docx": return try document.docx()
            default:
                let book = document.workbook()
                guard !book.sheets.isEmpty else { throw Failure("web.not_found") }
                return try book.xlsx()
            }
        }
        let type = EvidenceType(rawValue: format)?.mediaType ?? EvidenceType.xlsx.mediaType
        return .attachment(bytes, type: type, name: document.title + "." + format)
    }
}

extension Response {
    /// A file that the browser saves and never runs.
    static func attachment(_ bytes: [UInt8], type: String, name: String) -> Response {
        let quoted = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "paper"
        return Response(
            status: .ok,
            headers: [
                .contentType: type, .cacheControl: "private, no-store",
                .contentDisposition: "attachment; filename*=UTF-8''\(quoted)",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
