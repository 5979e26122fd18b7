import Access
import Hummingbird
import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// The pages of checks on site, and the forms that stand on them.
struct SiteCheckPageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        let base = "/authority/rounds/:round/site-checks"
        router.get("\(base)", use: list)
        router.get("\(base)/:platform", use: page)
        router.post("\(base)/:platform", use: save)
        router.post("\(base)/:platform/sign", use: sign)
        router.post("\(base)/:platform/photographs", use: photograph)
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        let access = try await SamplingAccess(services, context)
        try access.requireOffice()
        let store = try services.people.sampling.visits()
        let words = SampleWords(scheme: access.scheme, language: context.language)
        let checks = try await store.checks(access.round.id).reduce(into: [:]) { $0[$1.platform] = $1 }
        var lines: [SiteChecksPage.Line] = []
        for owner in try await access.participations() where context.principal.may(.readSample, on: owner.scope) {
            let isDue = [.verification, .expertReview, .siteCheck].contains(owner.submission)
            guard isDue || checks[owner.platform] != nil else { continue }
            let signed = try await checks[owner.platform].asyncMap { try await store.signatures($0).count } ?? 0
            lines.append(
                .init(
                    href: "/authority/rounds/\(access.round.id)/site-checks/\(owner.platform)", platform: owner.name,
                    company: owner.company.name,
                    city: access.scheme.regionTitle(owner.company.region.city, context.language),
                    heldOn: checks[owner.platform]?.heldOn.description ?? "", signed: "\(signed)",
                    state: SiteCheckPageBuilder.state(checks[owner.platform], signed, words)))
        }
        let page = SiteChecksPage(
            heading: Heading(
                words.say("site_title"), kicker: access.round.title[context.language], lead: words.say("site_lead"),
                acts: [HeadAct(words.say("back"), href: "/authority/rounds/\(access.round.id)/sampling")]),
            hasLines: !lines.isEmpty, none: lines.isEmpty ? EmptyState(words.say("site_none")) : nil, lines: lines)
        return try await site.answer(page, context, round: access.round)
    }

    @Sendable func page(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = try await SiteVisit(services, context, .readSample)
        let words = SampleWords(scheme: visit.access.scheme, language: context.language)
        let done = request.queried("done")
        let notice =
            ["recorded", "signed", "photographed"].contains(done)
            ? Notice(words.say("done.\(done)"), .good) : nil
        return try await show(visit, nil, notice, context)
    }

    private func show(
        _ visit: SiteVisit, _ draft: SiteCheckRoutes.Put?, _ notice: Notice?, _ context: WebContext, status: Int = 200
    ) async throws -> Response {
        let cells = try await services.cells.declarations.declarations(visit.owner.round, visit.owner.platform)
        let page = SiteCheckPageBuilder(
            visit: visit, draft: draft,
            signatures: try await visit.check.asyncMap { try await visit.store.signatures($0) } ?? [],
            photographs: try await visit.photographs(),
            declared: cells.reduce(into: [:]) { $0.merge($1.values) { a, _ in a } },
            mayEdit: visit.isOpen && context.principal.may(.checkSite, on: visit.owner.scope), notice: notice,
            words: SampleWords(scheme: visit.access.scheme, language: context.language)
        ).page()
        return try await site.answer(page, context, round: visit.access.round, status: .init(code: status))
    }

    @Sendable func save(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = try await SiteVisit(services, context, .checkSite)
        let form = try await FormBody(request, limitBytes: 128 << 10)
        let items = visit.indicators.map { indicator in
            SiteCheck.Item(
                indicator: indicator.id,
                finding: SiteCheck.Finding(rawValue: form["finding-\(indicator.id)"]) ?? .unchecked,
                note: form["note-\(indicator.id)"])
        }
        let draft = SiteCheckRoutes.Put(
            heldOn: CivilDay(form["heldOn"]) ?? visit.access.today.adding(days: 1), place: form["place"],
            present: form["present"], items: items, findings: form["findings"])
        do {
            guard (Int(form["version"]) ?? 0) == visit.check?.version ?? 0 else {
                throw Failure("review.stale", ["what": visit.owner.name])
            }
            _ = try await visit.save(draft, context)
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            // Nothing that was typed is lost.
            let catalogue = Catalogue.of(context.language)
            let texts = [catalogue.text(failure)] + failure.findings.map { catalogue.text($0) }
            return try await show(
                visit, draft, Notice(texts.joined(separator: " "), .wrong), context,
                status: ProblemStatus.of(failure.code))
        }
        return .seeOther("/authority/rounds/\(visit.owner.round)/site-checks/\(visit.owner.platform)?done=recorded")
    }

    @Sendable func sign(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = try await SiteVisit(services, context, .checkSite)
        let form = try await FormBody(request)
        guard let check = visit.check, form["version"] == "\(check.version)" else {
            throw Failure("review.stale", ["what": visit.owner.name])
        }
        try await visit.sign(check, context)
        return .seeOther("/authority/rounds/\(visit.owner.round)/site-checks/\(visit.owner.platform)?done=signed")
    }

    @Sendable func photograph(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = try await SiteVisit(services, context, .checkSite)
        let form = try await MultipartForm(request, limitBytes: EvidenceInspection.mostBytes)
        let file = form.files["file"]
        do {
            _ = try await visit.photograph(file?.bytes ?? [], name: file?.name ?? "", context)
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await show(
                visit, nil, Notice(Catalogue.of(context.language).text(failure), .wrong), context,
                status: ProblemStatus.of(failure.code))
        }
        return .seeOther(
            "/authority/rounds/\(visit.owner.round)/site-checks/\(visit.owner.platform)?done=photographed")
    }
}
