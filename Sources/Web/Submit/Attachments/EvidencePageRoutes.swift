import Access
import HTTPTypes
import Hummingbird
import NIOCore
import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Pages about files: the list with states and findings, the viewer, pages as pictures, and a reviewer's decisions.
struct EvidencePageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }
    /// Pages shown by the viewer at a time.
    private static let window = 50
    private static let widths = [160, 1400]

    func add(to router: Router<WebContext>) {
        router.get("/company/rounds/:round/evidence", use: own)
        router.get("/rounds/:round/platforms/:platform/evidence", use: list)
        router.post("/rounds/:round/platforms/:platform/evidence/decisions", use: decideByForm)
        router.get("/evidence/:digest", use: viewer)
        router.get("/evidence/:digest/pages/:page", use: picture)
        router.get("/api/v1/rounds/:round/platforms/:platform/evidence-findings", use: findings)
        router.post("/api/v1/rounds/:round/platforms/:platform/evidence-findings/decisions", use: decide)
        router.get("/uploads/states", use: states)
    }

    // MARK: - The list

    @Sendable func own(_ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await services.round(context)
        let platform = try await site.companyPlatform(round, request, context, .declareCell)
        return .seeOther("/rounds/\(round.id)/platforms/\(platform.platform)/evidence")
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, words) = try await known(context)
        let all = words.dossier
        let open = all.findings.filter { all.decision(on: $0)?.isOverruled != true }
        let groups = access.scheme.indicators.compactMap { indicator -> EvidenceListPage.Group? in
            let files = all.files.filter { $0.cell.indicator == indicator.id }
            guard !files.isEmpty else { return nil }
            return EvidenceListPage.Group(
                number: "\(indicator.number)", title: indicator.title[context.language],
                cards: files.enumerated().map { words.card($0.element, $0.offset) })
        }
        let decided = request.uri.queryParameters["decided"] != nil
        let page = EvidenceListPage(
            heading: Heading(
                words.say("list.title"), kicker: access.participation.name,
                lead: words.say(access.may(.returnCell) ? "list.lead_office" : "list.lead")),
            notice: decided ? Notice(words.say("list.decided"), .good) : nil,
            summary: words.say("list.summary", ["files": "\(all.files.count)", "findings": "\(open.count)"]),
            groups: groups, isEmpty: groups.isEmpty, none: groups.isEmpty ? EmptyState(words.say("list.none")) : nil)
        return try await site.answer(page, context, round: access.round)
    }

    /// What the reader may know: a company about its own files, an office also what other submissions share.
    private func known(_ context: WebContext) async throws -> (CellAccess, EvidenceWords) {
        let access = try await CellAccess(services, context)
        try access.require(.readCell)
        let isOffice = context.principal.company == nil
        let dossier = try await EvidenceDossier(services, access, comparing: isOffice && !isExpertOnly(context))
        return (
            access,
            EvidenceWords(
                dossier: dossier, language: context.language, mayDecide: access.may(.returnCell),
                scanning: services.people.attachments.scanning)
        )
    }

    private func isExpertOnly(_ context: WebContext) -> Bool { context.principal.roles == [.expert] }

    // MARK: - Decisions

    @Sendable func decideByForm(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, words) = try await known(context)
        try access.require(.returnCell)
        let form = try await FormBody(request)
        try await decide(
            Decision(
                indicator: form["indicator"], digest: form["digest"], finding: form["finding"],
                overruled: form["overruled"] != "no", reason: form["reason"]), access, words, context)
        let address = "/rounds/\(access.round.id)/platforms/\(access.participation.platform)/evidence"
        return .seeOther(address + "?decided=1")
    }

    struct Decision: Decodable {
        let indicator: String
        let digest: String
        let finding: String
        let overruled: Bool
        let reason: String
    }

    @Sendable func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        try access.require(.returnCell)
        let decision = try await JSONBody.decode(Decision.self, from: request)
        let (_, words) = try await known(context)
        try await decide(decision, access, words, context)
        return Response(status: .noContent)
    }

    /// Only a finding that is there can be decided on, and never without a reason.
    private func decide(
        _ asked: Decision, _ access: CellAccess, _ words: EvidenceWords, _ context: WebContext
    ) async throws {
        guard let readings = services.people.attachments.readings else { throw Failure("web.not_found") }
        let found = words.dossier.findings.first {
            $0.key == asked.finding && $0.digest.hex == asked.digest && $0.cell.indicator.rawValue == asked.indicator
        }
        guard let found else { throw Failure("submit.finding_unknown") }
        let reason = String(asked.reason.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(500))
        guard !reason.isEmpty else { throw Failure("review.reason_required") }
        let decision = FindingDecision(
            cell: found.cell, digest: found.digest, finding: found.key, isOverruled: asked.overruled, reason: reason,
            by: context.principal.account ?? AccountID(""), at: access.now)
        let kind = AuditKind(asked.overruled ? "evidence.finding_overruled" : "evidence.finding_restored")
        let payload: CanonicalJSON = ["digest": .string(found.digest.hex), "finding": .string(found.key)]
        try await readings.decide(
            decision,
            entry: services.entry(kind, by: context, on: found.cell.subject, reason: reason, payload: payload))
    }

    struct FindingResource: Encodable {
        let indicator: IndicatorID
        let digest: Digest
        let severity: Finding.Severity
        let code: String
        let key: String
        let page: Int?
        let message: String
        let overruled: Bool
        let reason: String?
    }

    @Sendable func findings(_ request: Request, _ context: WebContext) async throws -> Response {
        let (_, words) = try await known(context)
        let items = words.dossier.findings.map { found in
            let decision = words.dossier.decision(on: found)
            return FindingResource(
                indicator: found.cell.indicator, digest: found.digest, severity: found.finding.severity,
                code: found.finding.code, key: found.key, page: found.page, message: words.sentence(found.finding),
                overruled: decision?.isOverruled == true, reason: decision?.reason)
        }
        return .json(ListPage(items: items, next: nil))
    }

    // MARK: - The viewer

    @Sendable func viewer(_ request: Request, _ context: WebContext) async throws -> Response {
        let digest = try EvidenceReach.digest(context)
        let uses = try await EvidenceReach(services: services).uses(digest, context)
        guard let use = uses.first, let round = try await services.rounds.round(use.file.cell.round) else {
            throw Failure("submit.evidence_unknown", ["digest": digest.hex])
        }
        let access = CellAccess(
            round: round, scheme: try await services.scheme(of: round), participation: use.owner,
            principal: context.principal, now: services.clock.now())
        let isOffice = context.principal.company == nil && !isExpertOnly(context)
        let dossier = try await EvidenceDossier(services, access, comparing: isOffice)
        let words = EvidenceWords(
            dossier: dossier, language: context.language, mayDecide: access.may(.returnCell),
            scanning: services.people.attachments.scanning)
        let count = try await pageCount(use.file)
        let document = try await services.people.attachments.readings?.document(digest)
        let page = ViewerBuilder(
            use: use, words: words, count: count, document: document, window: Self.window,
            asked: request.uri.queryParameters["page"].flatMap { Int($0) } ?? 1
        ).page()
        return try await site.answer(page, context, round: round)
    }

    /// 0 when pages cannot be drawn; the text and the download are still there.
    private func pageCount(_ file: EvidenceFile) async throws -> Int {
        guard let painter = services.people.attachments.painter else { return 0 }
        do {
            return try await painter.pages(file.digest, file.type) { try await bytes(file.digest) }
        } catch let failure as Failure where failure.code != "submit.preview_busy" {
            return 0
        }
    }

    @Sendable func picture(_ request: Request, _ context: WebContext) async throws -> Response {
        let digest = try EvidenceReach.digest(context)
        let name = try context.parameter("page")
        let uses = try await EvidenceReach(services: services).uses(digest, context)
        guard name.hasSuffix(".png"), let page = Int(name.dropLast(4)), (1...9999).contains(page), let use = uses.first,
            let painter = services.people.attachments.painter
        else { throw Failure("submit.page_unknown") }
        let asked = request.uri.queryParameters["width"].flatMap { Int($0) } ?? Self.widths[1]
        let width = Self.widths.first { $0 >= asked } ?? Self.widths[1]
        let png = try await painter.png(digest, use.file.type, page: page, width: width) { try await bytes(digest) }
        return Response(
            status: .ok,
            headers: [.contentType: "image/png", .cacheControl: "private, max-age=86400, immutable"],
            body: .init(byteBuffer: ByteBuffer(bytes: png)))
    }

    private func bytes(_ digest: Digest) async throws -> [UInt8] {
        guard let bytes = try await services.cells.evidence.bytes(digest) else {
            throw Failure("submit.evidence_unknown", ["digest": digest.hex])
        }
        return bytes
    }

    // MARK: - States beside any list of files

    struct FileState: Encodable {
        let state: String
        let tone: String
        let isPending: Bool
        let href: String
        let lines: [Line]
        struct Line: Encodable {
            let text: String
            let tone: String
            let href: String?
        }
    }

    /// What the script writes beside every file of a page: `?digests=` up to a hundred, those the reader may not see
    /// are absent.
    @Sendable func states(_ request: Request, _ context: WebContext) async throws -> Response {
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        let asked = (request.uri.queryParameters["digests"].map(String.init) ?? "").split(separator: ",").prefix(100)
        var dossiers: [String: EvidenceWords] = [:]
        var all: [String: FileState] = [:]
        for digest in Set(asked.compactMap { Digest(hex: String($0)) }) {
            guard let use = try? await EvidenceReach(services: services).uses(digest, context, heldToo: true).first,
                let round = try await services.rounds.round(use.file.cell.round)
            else { continue }
            let key = "\(round.id)/\(use.owner.platform)"
            if dossiers[key] == nil {
                let access = CellAccess(
                    round: round, scheme: try await services.scheme(of: round), participation: use.owner,
                    principal: context.principal, now: services.clock.now())
                let isOffice = context.principal.company == nil && !isExpertOnly(context)
                dossiers[key] = EvidenceWords(
                    dossier: try await EvidenceDossier(services, access, comparing: isOffice),
                    language: context.language, mayDecide: false, scanning: services.people.attachments.scanning)
            }
            guard let words = dossiers[key] else { continue }
            let state = words.dossier.states[digest] ?? ReadingState(.waiting)
            let word = words.word(state)
            all[digest.hex] = FileState(
                state: "\(word.sign) \(word.word)", tone: word.tone, isPending: !state.isEnded,
                href: "/evidence/\(digest)",
                lines: words.lines(use.file).map { .init(text: $0.text, tone: $0.tone, href: $0.pageHref) })
        }
        return .json(all)
    }
}
