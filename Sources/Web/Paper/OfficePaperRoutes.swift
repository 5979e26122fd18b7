import Access
import HTTPTypes
import Hummingbird
import Match
import Paper
import Review
import Submit
import Trust
import Vocabulary
import Wording

/// The offices' papers: what they print, the city's stamped table, scans confirmed by hand, decisions on eligibility.
struct OfficePaperRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/authority/rounds/:round/papers", use: page)
        router.get("/authority/rounds/:round/papers/:file", use: download)
        router.post("/authority/rounds/:round/summary/scan", use: upload)
        router.get("/authority/rounds/:round/summary/:city/scan", use: summaryScan)
        router.post("/authority/rounds/:round/summary/:city/confirm", use: confirmSummary)
        router.post("/authority/rounds/:round/platforms/:platform/papers/:kind/confirm", use: confirm)
        router.post("/authority/rounds/:round/platforms/:platform/eligibility", use: decide)
    }

    private func requireOffice(_ context: WebContext) throws {
        if context.principal.isOffice { return }
        throw context.principal.isSignedIn
            ? Failure("access.denied", ["permission": Permission.readRound.rawValue])
            : Failure("access.sign_in_required")
    }

    private static func isCity(_ principal: Principal) -> Bool {
        !principal.roles.isDisjoint(with: [.cityClerk, .cityHead])
    }

    private static func seesDraft(_ principal: Principal) -> Bool { principal.may(.readDraftResult) }

    @Sendable func page(_ request: Request, _ context: WebContext) async throws -> Response {
        try requireOffice(context)
        let round = try await services.round(context)
        let desk = try await PaperDesk(site, round)
        let builder = PapersPageBuilder(desk: desk, language: context.language)
        let platforms = try await site.participations(round.id).filter {
            context.principal.may(.readCell, on: $0.scope)
        }
        let done = request.uri.queryParameters["done"].map(String.init) ?? ""
        let notice =
            ["read", "unread", "waiting", "confirmed", "decided"].contains(done)
            ? Notice(builder.say("done_\(done)"), done == "unread" ? .watch : .good) : nil
        let items = try await items(desk, builder, context)
        let page = OfficePapersPage(
            heading: Heading(
                builder.say("office_title"), kicker: round.title[context.language], lead: builder.say("office_lead")),
            notice: notice, hasPapers: !items.isEmpty, papers: items, isEmpty: platforms.isEmpty,
            none: platforms.isEmpty ? EmptyState(builder.say("none")) : nil,
            platforms: try await rows(platforms, desk, builder))
        return try await site.answer(page, context, round: round)
    }

    private func items(
        _ desk: PaperDesk, _ builder: PapersPageBuilder, _ context: WebContext
    ) async throws -> [PapersPage.Item] {
        let round = desk.round
        let base = "/authority/rounds/\(round.id)/papers"
        var items: [PapersPage.Item] = []
        if Self.isCity(context.principal), let city = context.principal.region?.city {
            let archive = try desk.archive()
            let scan = try await archive.scan(.summary, of: city.rawValue, in: round.id)
            var shown: PrintedPaper?
            if let scan {
                shown = try await archive.version(.summary, of: city.rawValue, in: round.id, number: scan.number)
            }
            let refused = try await archive.refused(.summary, of: city.rawValue, in: round.id)
            let content = PaperContents.summary(city, round, try await site.participations(round.id))
            items.append(builder.item(.letter, formats: ["pdf", "docx"], base: base))
            items.append(
                builder.item(
                    .summary, formats: ["xlsx", "pdf", "docx"], base: base, scan: scan,
                    state: builder.state(
                        scan, shown: shown, current: Digest.sha256(of: content.bytes), refused: refused),
                    seenBy: try await seenBy(scan),
                    scanHref: "/authority/rounds/\(round.id)/summary/\(city)/scan",
                    uploadHref: "/authority/rounds/\(round.id)/summary/scan",
                    confirmHref: scan != nil && scan?.seen == nil && context.principal.roles.contains(.cityClerk)
                        ? "/authority/rounds/\(round.id)/summary/\(city)/confirm" : nil))
        }
        if Self.seesDraft(context.principal) {
            items += try await summaries(desk, builder, context)
            items.append(builder.item(.panel, formats: ["xlsx", "pdf", "docx"], base: base))
            items.append(builder.item(.notice, formats: ["docx", "pdf", "xlsx"], base: base))
            items.append(builder.item(.annex, formats: ["docx", "pdf", "xlsx"], base: base))
        }
        return items
    }

    private func seenBy(_ scan: StampedScan?) async throws -> String? {
        guard let seen = scan?.seen else { return nil }
        return try await services.accounts.account(seen.by)?.displayName ?? seen.by.rawValue
    }

    /// The cities' stamped tables, for the province to look at.
    private func summaries(
        _ desk: PaperDesk, _ builder: PapersPageBuilder, _ context: WebContext
    ) async throws -> [PapersPage.Item] {
        let round = desk.round
        let archive = try desk.archive()
        let participations = try await site.participations(round.id)
        var items: [PapersPage.Item] = []
        for scan in try await archive.scans(round.id) where scan.kind == .summary {
            let city = RegionCode(scan.subject)
            let shown = try await archive.version(.summary, of: scan.subject, in: round.id, number: scan.number)
            let refused = try await archive.refused(.summary, of: scan.subject, in: round.id)
            let content = PaperContents.summary(city, round, participations)
            items.append(
                builder.item(
                    .summary, city: desk.scheme.regionTitle(city, context.language), formats: ["xlsx", "pdf"],
                    base: "/authority/rounds/\(round.id)/papers", query: "?region=\(city)", scan: scan,
                    state: builder.state(
                        scan, shown: shown, current: Digest.sha256(of: content.bytes), refused: refused),
                    seenBy: try await seenBy(scan),
                    scanHref: "/authority/rounds/\(round.id)/summary/\(city)/scan",
                    confirmHref: scan.seen == nil && context.principal.may(.checkFormally)
                        ? "/authority/rounds/\(round.id)/summary/\(city)/confirm" : nil))
        }
        return items
    }

    private func rows(
        _ platforms: [Participation], _ desk: PaperDesk, _ builder: PapersPageBuilder
    ) async throws -> [OfficePapersPage.Row] {
        var rows: [OfficePapersPage.Row] = []
        for participation in platforms.prefix(200) {
            let papers = PlatformPapers(site: site, round: desk.round, participation: participation)
            let (hits, words) = try await EligibilityDesk(site: site, round: desk.round).findings(participation)
            let base = "/rounds/\(desk.round.id)/papers/\(participation.platform)"
            rows.append(
                .init(
                    name: participation.name, company: participation.company.name,
                    href: "/company/rounds/\(desk.round.id)/papers?platform=\(participation.platform)",
                    declaration: try await papers.standing(.declaration, desk, builder).state.word,
                    commitment: try await papers.standing(.commitment, desk, builder).state.word,
                    eligibility: builder.eligibilityWord(hits, words),
                    downloads: [PaperKind.checklist, .marks, .siteCheck].map {
                        .init(
                            title: builder.say("short_\($0.rawValue.replacing("-", with: "_"))"),
                            href: "\(base)/\($0.rawValue).pdf")
                    }))
        }
        return rows
    }

    @Sendable func download(_ request: Request, _ context: WebContext) async throws -> Response {
        try requireOffice(context)
        let round = try await services.round(context)
        let file = try PaperFile(try context.parameter("file"))
        let desk = try await PaperDesk(site, round)
        let writer = PaperWriter(round: round, scheme: desk.scheme, language: context.language)
        let platforms = try await site.participations(round.id)
        switch file.kind {
        case .letter, .summary:
            guard let city = city(request, context) else { throw Failure("web.not_found") }
            let paper = try await desk.issue(file.kind, city: city, platforms, context)
            let office = OfficePapers(writer: writer, platforms: PaperContents.listed(city, platforms))
            return try await file.answer(
                file.kind == .letter ? office.letter(city, paper) : office.summary(city, paper))
        case .panel, .annex:
            try context.principal.require(.readDraftResult)
            guard let result = try await site.publishedResult(round, desk.scheme) else {
                throw Failure("paper.no_result")
            }
            let office = OfficePapers(writer: writer, platforms: [])
            return try await file.answer(file.kind == .panel ? office.panel(result) : office.annex(result))
        case .notice:
            try context.principal.require(.readDraftResult)
            let shown: Set<SubmissionState> = [.settled, .inNotice, .objection, .published]
            let listed = platforms.filter { shown.contains($0.submission) }
            let facts = try await noticeFacts(round)
            return try await file.answer(OfficePapers(writer: writer, platforms: listed).notice(facts))
        default: throw Failure("web.not_found")
        }
    }

    /// What the notice's text says of days and telephones: of the last notice, before the first of what is planned.
    private func noticeFacts(_ round: Round) async throws -> OfficePapers.NoticeFacts {
        let store = services.people.panel.store
        let last = try await store?.notices(round.id).last
        let planned = try await services.people.workflow.process(of: round).notice
        return .init(
            days: last?.days ?? planned, period: last.map { $0.startsOn...max($0.startsOn, $0.endsOn) },
            contacts: try await store?.contacts(round.id))
    }

    /// A city's own; the province names one.
    private func city(_ request: Request, _ context: WebContext) -> RegionCode? {
        if Self.isCity(context.principal) { return context.principal.region?.city }
        guard Self.seesDraft(context.principal), let asked = request.uri.queryParameters["region"] else { return nil }
        let code = RegionCode(String(asked))
        return code.rawValue.count == 6 && code.rawValue.allSatisfy(\.isNumber) ? code.city : nil
    }

    @Sendable func upload(_ request: Request, _ context: WebContext) async throws -> Response {
        guard Self.isCity(context.principal), let city = context.principal.region?.city else {
            try requireOffice(context)
            throw Failure("access.denied", ["permission": Permission.checkCity.rawValue])
        }
        let round = try await services.round(context)
        let form = try await MultipartForm(request, limitBytes: PaperDesk.mostBytes)
        guard let file = form.files["file"], !file.bytes.isEmpty else { throw Failure("paper.scan_empty") }
        let desk = try await PaperDesk(site, round)
        let paper = try await desk.issue(.summary, city: city, try await site.participations(round.id), context)
        let state = try await desk.take(file, for: paper, platform: nil, context)
        return .seeOther("/authority/rounds/\(round.id)/papers?done=\(state.rawValue)")
    }

    /// The city of the address: its own clerks, and the province.
    private func city(_ context: WebContext) throws -> RegionCode {
        try requireOffice(context)
        let code = RegionCode(try context.parameter("city"))
        guard code.rawValue.count == 6, code.rawValue.allSatisfy(\.isNumber), code == code.city else {
            throw Failure("web.not_found")
        }
        if Self.isCity(context.principal), context.principal.region?.city == code { return code }
        if Self.seesDraft(context.principal) { return code }
        throw Failure("access.denied", ["permission": Permission.checkCity.rawValue])
    }

    /// The city's stamped table as it was uploaded.
    @Sendable func summaryScan(_ request: Request, _ context: WebContext) async throws -> Response {
        let city = try city(context)
        let round = try await services.round(context)
        let archive = try await PaperDesk(site, round).archive()
        guard let scan = try await archive.scan(.summary, of: city.rawValue, in: round.id),
            let bytes = try await archive.bytes(scan.file)
        else { throw Failure("paper.scan_none") }
        return .attachment(bytes, type: scan.type.mediaType, name: scan.name)
    }

    /// A clerk of the city or the operator has looked at the city's stamped table.
    @Sendable func confirmSummary(_ request: Request, _ context: WebContext) async throws -> Response {
        let city = try city(context)
        if !context.principal.roles.contains(.cityClerk) { try context.principal.require(.checkFormally) }
        let round = try await services.round(context)
        let form = try await FormBody(request)
        let reason = try seenReason(form)
        let entry = services.entry(
            "paper.scan_confirmed", by: context,
            on: AuditSubject(round: round.id, key: "paper:summary:\(city)"), reason: reason)
        try await PaperDesk(site, round).archive().confirm(
            .summary, of: city.rawValue, in: round.id, reason: reason, seen: seen(context), entry: entry)
        return .seeOther("/authority/rounds/\(round.id)/papers?done=confirmed")
    }

    private func seen(_ context: WebContext) -> StampedScan.Seen {
        .init(by: context.principal.account ?? AccountID(""), at: services.clock.now())
    }

    /// What was looked at, in words; the box that says that both are there must be ticked.
    private func seenReason(_ form: FormBody) throws -> String {
        guard form["stamped"] == "1" else { throw Failure("paper.not_looked") }
        guard (1...2000).contains(form["reason"].count), !form["reason"].contains("\0") else {
            throw Failure("paper.reason_length")
        }
        return form["reason"]
    }

    /// An office that has looked at a scan says that stamp and signature are there, and that it shows the version.
    @Sendable func confirm(_ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await services.round(context)
        let participation = try await services.participation(context)
        let principal = context.principal
        if !principal.may(.checkCounty, on: participation.scope), !principal.may(.checkCity, on: participation.scope) {
            try principal.require(.checkFormally)
        }
        guard let kind = PaperKind(rawValue: try context.parameter("kind")) else { throw Failure("web.not_found") }
        let form = try await FormBody(request)
        let reason = try seenReason(form)
        let entry = services.entry(
            "paper.scan_confirmed", by: context,
            on: AuditSubject(round: round.id, platform: participation.platform, key: "paper:\(kind.rawValue)"),
            reason: reason)
        try await PaperDesk(site, round).archive().confirm(
            kind, of: participation.platform.rawValue, in: round.id, reason: reason, seen: seen(context), entry: entry)
        return .seeOther("/authority/rounds/\(round.id)/papers?done=confirmed")
    }

    @Sendable func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.checkFormally)
        let round = try await services.round(context)
        let participation = try await services.participation(context)
        let form = try await FormBody(request)
        guard let act = EligibilityWord.Act(rawValue: form["act"]), act != .answer else {
            throw Failure("paper.hit_unknown")
        }
        try await EligibilityDesk(site: site, round: round).say(act, form, participation, context)
        return .seeOther("/authority/rounds/\(round.id)/papers?done=decided")
    }
}
