import Access
import Match
import Paper
import Review
import Submit
import Trust
import Vocabulary

/// The papers of one platform: their documents, and the page that shows where they stand.
struct PlatformPapers: Sendable {
    let site: Site
    let round: Round
    let participation: Participation
    private var services: Services { site.services }

    /// - Throws: `web.not_found` for a paper that is not about one platform.
    func document(_ kind: PaperKind, _ context: WebContext) async throws -> PaperDocument {
        let desk = try await PaperDesk(site, round)
        let writer = PaperWriter(round: round, scheme: desk.scheme, language: context.language)
        let company = CompanyPapers(writer: writer, participation: participation)
        let office = OfficePapers(writer: writer, platforms: [participation])
        switch kind {
        case .declaration:
            return company.declaration(try await content(), try await desk.issue(kind, participation, context))
        case .commitment: return company.commitment(try await desk.issue(kind, participation, context))
        case .checklist, .siteCheck, .marks:
            // These are the offices' tools.
            guard Role.company.isDisjoint(with: context.principal.roles) else { throw Failure("web.not_found") }
            let content = try await content()
            if kind == .marks { return office.marks(participation) }
            if kind == .checklist {
                let declared = Set(content.declarations.map(\.cell.indicator))
                return office.checklist(participation, evidence: content.evidence, declared: declared)
            }
            let values = content.declarations.reduce(into: [String: ExactDecimal]()) { all, declaration in
                all.merge(declaration.values) { _, new in new }
            }
            let lines = desk.scheme.indicators.flatMap { indicator in
                indicator.declaredFigures(in: desk.scheme).compactMap { figure in
                    values[figure.id].map {
                        (
                            title: "\(indicator.number) \(figure.title[context.language])",
                            declared: "\($0) \(figure.unit[context.language])"
                        )
                    }
                }
            }
            return office.siteCheck(participation, verified: lines)
        default: throw Failure("web.not_found")
        }
    }

    private func content() async throws -> DeclarationContent {
        try await DeclarationContent(
            round.id, participation.platform, declarations: services.cells.declarations,
            evidence: services.cells.evidence)
    }

    /// The page for the company, and for an office that looks over its shoulder.
    func page(_ context: WebContext, notice: Notice?) async throws -> PapersPage {
        let desk = try await PaperDesk(site, round)
        let builder = PapersPageBuilder(desk: desk, language: context.language)
        let mayUpload =
            context.principal.may(.declareCell, on: participation.scope) && participation.submission.isEditableByCompany
        let isOffice = context.principal.isOffice
        let mayConfirm =
            context.principal.may(.checkCounty, on: participation.scope)
            || context.principal.may(.checkCity, on: participation.scope) || context.principal.may(.checkFormally)
        let base = "/rounds/\(round.id)/papers/\(participation.platform)"
        let office = "/authority/rounds/\(round.id)/platforms/\(participation.platform)"
        var items: [PapersPage.Item] = []
        for kind in [PaperKind.declaration, .commitment] {
            let standing = try await standing(kind, desk, builder)
            items.append(
                builder.item(
                    kind, formats: ["pdf", "docx"], base: base, scan: standing.scan, state: standing.state,
                    seenBy: try await seenBy(standing.scan),
                    scanHref: "\(base)/scans/\(kind.rawValue)",
                    uploadHref: mayUpload ? "/company/rounds/\(round.id)/papers/\(kind.rawValue)/scan" : nil,
                    confirmHref: mayConfirm && standing.scan != nil && standing.scan?.seen == nil
                        ? "\(office)/papers/\(kind.rawValue)/confirm" : nil))
        }
        if isOffice {
            for kind in [PaperKind.checklist, .marks, .siteCheck] {
                items.append(builder.item(kind, formats: ["pdf", "docx", "xlsx"], base: base))
            }
        }
        let (hits, words) = try await EligibilityDesk(site: site, round: round).findings(participation)
        let eligibility = builder.eligibility(
            hits, words,
            answerHref: context.principal.may(.declareCell, on: participation.scope)
                ? "/company/rounds/\(round.id)/papers/eligibility" : nil,
            decideHref: context.principal.may(.checkFormally) ? "\(office)/eligibility" : nil)
        return PapersPage(
            heading: Heading(
                builder.say("title"), kicker: participation.name, lead: builder.say(isOffice ? "lead_office" : "lead")),
            notice: notice, papers: items, eligibility: eligibility)
    }

    private func seenBy(_ scan: StampedScan?) async throws -> String? {
        guard let seen = scan?.seen else { return nil }
        return try await services.accounts.account(seen.by)?.displayName ?? seen.by.rawValue
    }

    /// Where one of the stamped papers stands.
    func standing(
        _ kind: PaperKind, _ desk: PaperDesk, _ builder: PapersPageBuilder
    ) async throws -> (scan: StampedScan?, state: (word: StateWord, sentence: String)) {
        let archive = try desk.archive()
        let subject = participation.platform.rawValue
        let scan = try await archive.scan(kind, of: subject, in: round.id)
        let contents = PaperContents(declarations: services.cells.declarations, evidence: services.cells.evidence)
        let content = try await contents.of(kind, participation, round)
        var shown: PrintedPaper?
        if let scan { shown = try await archive.version(kind, of: subject, in: round.id, number: scan.number) }
        let refused = try await archive.refused(kind, of: subject, in: round.id)
        return (
            scan, builder.state(scan, shown: shown, current: Digest.sha256(of: content.bytes), refused: refused)
        )
    }
}

/// What is said about rows of negative lists.
struct EligibilityDesk: Sendable {
    let site: Site
    let round: Round
    private var services: Services { site.services }

    func findings(_ participation: Participation) async throws -> ([NegativeHit], [EligibilityWord]) {
        guard let store = services.people.paper.eligibility else { return ([], []) }
        let hits = try await store.hits(
            round.id, code: participation.company.code, name: participation.company.name)
        return (hits, hits.isEmpty ? [] : try await store.words(round.id, participation.platform))
    }

    /// - Throws: `paper.hit_unknown`, `paper.reason_length`, `paper.evidence_required`.
    func say(
        _ act: EligibilityWord.Act, _ form: FormBody, _ participation: Participation, _ context: WebContext
    ) async throws {
        let (hits, _) = try await findings(participation)
        guard let store = services.people.paper.eligibility,
            let hit = hits.first(where: { $0.list.rawValue == form["list"] && "\($0.row.number)" == form["row"] })
        else { throw Failure("paper.hit_unknown") }
        let (reason, evidence) = (form["reason"], form["evidence"])
        guard (1...2000).contains(reason.count), !reason.contains("\0") else { throw Failure("paper.reason_length") }
        guard act != .unblock || (1...500).contains(evidence.count), !evidence.contains("\0") else {
            throw Failure("paper.evidence_required")
        }
        let word = EligibilityWord(
            platform: participation.platform, list: hit.list, row: hit.row.number, act: act, reason: reason,
            evidence: String(evidence.prefix(500)), by: context.principal.account ?? AccountID(""),
            at: services.clock.now())
        let entry = services.entry(
            AuditKind("eligibility.\(act.rawValue)"), by: context,
            on: AuditSubject(round: round.id, platform: participation.platform, key: "list:\(hit.list)"),
            reason: reason,
            payload: ["row": .string("\(hit.row.number)"), "evidence": .string(word.evidence)])
        try await store.say(word, in: round.id, entry: entry)
    }
}
