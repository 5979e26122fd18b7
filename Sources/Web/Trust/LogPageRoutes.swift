import Access
import Foundation
import Hummingbird
import Trust
import Vocabulary
import Wording

/// The log as people read it: newest first, each entry with a proof that the reader's own browser recomputes.
struct LogPageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }
    private static let rows = 50

    func add(to router: Router<WebContext>) {
        router.get("/log", use: list)
        router.get("/log/:index", use: entry)
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readPublic)
        let catalogue = Catalogue.of(context.language)
        let head = try await services.log.checkpoint()
        let size = head.checkpoint.size
        let asked = request.uri.queryParameters["start"].map { $0.filter { $0 != "," } }
        let start = asked.flatMap { Int($0) }.map { max(0, min($0, size - 1)) } ?? max(0, size - Self.rows)
        let entries = try await services.log.entries(start: max(0, start), limit: Self.rows)
        let words = LogWords(context.language)
        let last = entries.last?.leaf.at ?? services.clock.now()
        let page = LogPage(
            heading: Heading(catalogue.text("trust.page.title"), lead: catalogue.text("trust.page.lead")),
            checkpoint: size == 0
                ? nil
                : LogPage.Checkpoint(
                    origin: head.checkpoint.origin, size: FigureFormat.grouped(size), root: head.checkpoint.root.hex,
                    at: words.seconds(try await newest(size)?.leaf.at ?? last), note: head.note),
            start: asked.map { _ in "\(start)" } ?? "", hasEntries: !entries.isEmpty,
            empty: entries.isEmpty ? EmptyState(catalogue.text("trust.page.empty")) : nil,
            entries: entries.reversed().map(words.line),
            newerHref: start + Self.rows < size ? "/log?start=\(start + Self.rows)" : nil,
            olderHref: start > 0 ? "/log?start=\(max(0, start - Self.rows))" : nil)
        return try await site.answer(page, context)
    }

    @Sendable func entry(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readPublic)
        guard let index = Int(try context.parameter("index")), index >= 0,
            let found = try await services.log.entry(index)
        else { throw Failure("web.not_found") }
        let catalogue = Catalogue.of(context.language)
        let words = LogWords(context.language)
        let proof = try await services.log.proof(index)
        let inclusion = proof.inclusion
        let root = try inclusion.root(leaf: found.hash).hex
        var fields = words.fields(found)
        if context.principal.may(.readAudit), let opening = try await services.log.opening(index) {
            fields += words.fields(opening)
        }
        let checked = LogEntryPage.Inclusion(
            leaf: String(decoding: found.bytes, as: UTF8.self), index: index, size: inclusion.size,
            path: inclusion.path.map(\.hex), root: root)
        let page = LogEntryPage(
            heading: Heading(
                catalogue.text("trust.page.entry", ["index": FigureFormat.grouped(index)]),
                acts: [
                    HeadAct(
                        catalogue.text("trust.page.proof_file"), href: "/api/v1/log/entries/\(index)/proof.txt",
                        isDownload: true)
                ]),
            fields: fields, inclusion: String(buffer: JSONBody.encode(checked)),
            proofSentence: catalogue.text(
                "trust.page.proof",
                ["steps": "\(inclusion.path.count)", "size": FigureFormat.grouped(inclusion.size)]),
            leafHash: found.hash.hex,
            path: inclusion.path.enumerated().map { number, hash in
                LogEntryPage.Step(
                    title: catalogue.text("trust.page.step", ["number": "\(number + 1)"]), hash: hash.hex)
            },
            root: root, leaf: checked.leaf, newerHref: index + 1 < inclusion.size ? "/log/\(index + 1)" : nil,
            olderHref: index > 0 ? "/log/\(index - 1)" : nil)
        return try await site.answer(page, context)
    }

    private func newest(_ size: Int) async throws -> LoggedEntry? { try await services.log.entry(size - 1) }
}
