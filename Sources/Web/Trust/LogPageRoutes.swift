import Hummingbird
import Trust
import Vocabulary
import Wording

/// The log for people: newest entries first, and each entry with the proof that the browser recomputes.
struct LogPageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }
    private static let pageLength = 50

    func add(to router: Router<WebContext>) {
        router.get("/log", use: list)
        router.get("/log/:index", use: entry)
    }

    /// `?start=` is the lowest index shown; without it the newest page.
    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let catalogue = Catalogue.of(context.language)
        let signed = try await services.log.checkpoint()
        let size = signed.checkpoint.size
        let newest = max(0, size - Self.pageLength)
        let asked = request.uri.queryParameters["start"].flatMap { Int($0) }
        let start = min(max(0, asked ?? newest), max(0, size - 1))
        let found = size > 0 ? try await services.log.entries(start: start, limit: Self.pageLength) : []
        let moments = MomentFormat(zoneName: nil, context.language)
        let page = LogPage(
            heading: Heading(catalogue.text("web.log.title"), lead: catalogue.text("web.log.lead")),
            checkpoint: size > 0 ? checkpoint(signed) : nil, start: asked.map(String.init) ?? "",
            hasEntries: !found.isEmpty, empty: found.isEmpty ? EmptyState(catalogue.text("web.log.empty")) : nil,
            entries: found.reversed().map { line($0, moments, catalogue) },
            newerHref: start + Self.pageLength < size ? "/log?start=\(start + Self.pageLength)" : nil,
            olderHref: start > 0 ? "/log?start=\(max(0, start - Self.pageLength))" : nil)
        return try await site.answer(page, context)
    }

    @Sendable func entry(_ request: Request, _ context: WebContext) async throws -> Response {
        guard let index = Int(try context.parameter("index")), index >= 0,
            let found = try await services.log.entry(index)
        else { throw Failure("web.not_found") }
        let catalogue = Catalogue.of(context.language)
        let checkpoint = try await services.log.checkpoint().checkpoint
        let proof = try await services.log.inclusion(index: index, size: checkpoint.size)
        let leaf = String(decoding: found.bytes, as: UTF8.self)
        let inclusion = LogEntryPage.Inclusion(
            leaf: leaf, index: index, size: checkpoint.size, path: proof.path.map(\.hex), root: checkpoint.root.hex)
        let page = LogEntryPage(
            heading: Heading(
                catalogue.text("web.entry.title", ["index": FigureFormat.grouped(index)]),
                acts: [
                    HeadAct(
                        catalogue.text("trust.page.proof_file"), href: "/api/v1/log/entries/\(index)/proof.txt",
                        isDownload: true)
                ]),
            fields: fields(found, context.language) + (try await opened(index, context)),
            inclusion: ChartView.json(inclusion),
            proofSentence: catalogue.text(
                "web.entry.sentence",
                ["steps": "\(proof.path.count)", "size": FigureFormat.grouped(checkpoint.size)]),
            leafHash: found.hash.hex,
            path: proof.path.enumerated().map {
                .init(title: catalogue.text("web.entry.step", ["step": "\($0 + 1)"]), hash: $1.hex)
            },
            root: checkpoint.root.hex, leaf: leaf,
            newerHref: index + 1 < checkpoint.size ? "/log/\(index + 1)" : nil,
            olderHref: index > 0 ? "/log/\(index - 1)" : nil)
        return try await site.answer(page, context)
    }

    /// What the entry commits to, for oversight.
    private func opened(_ index: Int, _ context: WebContext) async throws -> [LogEntryPage.Field] {
        guard context.principal.may(.readAudit), let opening = try await services.log.opening(index),
            let value = try? CanonicalJSON(parsing: opening.committed)
        else { return [] }
        let catalogue = Catalogue.of(context.language)
        var all: [(String, String)] = []
        if case .string(let reason)? = value["reason"] { all.append(("reason", reason)) }
        if let payload = value["payload"], payload != .null { all.append(("payload", payload.text)) }
        all.append(("salt", Hexadecimal.text(opening.salt)))
        return all.map { .init(title: catalogue.text("trust.page.\($0.0)"), text: $0.1) }
    }

    private func checkpoint(_ signed: SignedCheckpoint) -> LogPage.Checkpoint {
        LogPage.Checkpoint(
            origin: signed.checkpoint.origin, size: FigureFormat.grouped(signed.checkpoint.size),
            root: signed.checkpoint.root.hex, note: signed.note)
    }

    private func line(_ entry: LoggedEntry, _ moments: MomentFormat, _ catalogue: Catalogue) -> LogPage.Entry {
        let commitment = entry.leaf.commitment.hex
        return LogPage.Entry(
            index: FigureFormat.grouped(entry.index), href: "/log/\(entry.index)",
            instant: entry.leaf.at.description, at: moments.minute(entry.leaf.at), atFull: moments.full(entry.leaf.at),
            kind: catalogue.auditKind(entry.leaf.kind), actor: catalogue.auditActor(entry.leaf.actor),
            subject: entry.leaf.subject.text, commitment: commitment,
            commitmentShort: String(commitment.prefix(16)))
    }

    private func fields(_ entry: LoggedEntry, _ language: Language) -> [LogEntryPage.Field] {
        let catalogue = Catalogue.of(language)
        let moments = MomentFormat(zoneName: nil, language)
        let all = [
            ("at", moments.full(entry.leaf.at)), ("kind", catalogue.auditKind(entry.leaf.kind)),
            ("actor", catalogue.auditActor(entry.leaf.actor)), ("subject", entry.leaf.subject.text),
            ("commitment", entry.leaf.commitment.hex),
        ]
        return all.map { .init(title: catalogue.text("web.log.\($0.0)"), text: $0.1) }
    }
}

extension Catalogue {
    /// The kind of an entry in words; its own name where nobody gave it words.
    func auditKind(_ kind: AuditKind) -> String {
        texts["web.audit.\(kind.rawValue)"] ?? kind.rawValue
    }

    /// Who acted: the account's id, the system's part, or nobody.
    func auditActor(_ actor: AuditActor) -> String {
        switch actor {
        case .account(let id): id.rawValue
        case .system(let part):
            text("web.audit_system", ["part": texts["web.audit_part.\(part)"] ?? part])
        case .nobody: text("web.audit_nobody")
        }
    }
}

extension AuditSubject {
    /// What the entry is about, from the round down: `2025-demo / P07 / dcmm-level`.
    var text: String {
        let parts = [round?.rawValue, platform?.rawValue, indicator?.rawValue, key].compactMap { $0 }
        return parts.joined(separator: " / ")
    }
}
