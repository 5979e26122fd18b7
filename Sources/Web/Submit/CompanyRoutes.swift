import Access
import Hummingbird
import Review
import Scheme
import Submit
import Trust
import Vocabulary
import Wording

/// The company's pages: overview, forms by section, and what their forms send. Everything works without JavaScript.
struct CompanyRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/company/rounds/:round", use: overview)
        router.post("/company/rounds/:round/submission", use: submit)
        router.get("/company/rounds/:round/sections/:section", use: section)
        router.post("/company/rounds/:round/cells/:indicator", use: save)
        router.post("/company/rounds/:round/cells/:indicator/items", use: importItems)
        router.post("/company/rounds/:round/cells/:indicator/evidence", use: upload)
        router.post("/company/rounds/:round/cells/:indicator/evidence/remove", use: remove)
    }

    @Sendable func overview(_ request: Request, _ context: WebContext) async throws -> Response {
        guard let access = try await own(context) else { return try await noPlatform(context) }
        let words = CompanyWords(language: context.language)
        let isDone = request.uri.queryParameters["submitted"] != nil
        let book = try await CellBook(services, access)
        let page = CompanyPageBuilder(
            book: book, progress: try await CompanyProgress(services, access), words: words,
            notice: isDone ? Notice(words.say("submit.done"), .good) : nil
        ).page()
        return try await site.answer(page, context, round: access.round)
    }

    @Sendable func section(_ request: Request, _ context: WebContext) async throws -> Response {
        guard let access = try await own(context) else { return try await noPlatform(context) }
        let id = try context.parameter("section")
        guard let section = access.scheme.sections.first(where: { $0.id == id }) else { throw Failure("web.not_found") }
        let saved = request.uri.queryParameters["saved"].map { IndicatorID(String($0)) }
        var draft: SectionDraft?
        for kind in ["copied", "prefilled"] {
            guard let count = request.uri.queryParameters[kind[...]].flatMap({ Int($0) }) else { continue }
            draft = SectionDraft(
                indicator: IndicatorID(""),
                notice: Notice(
                    Catalogue.of(context.language).text("forms.done.\(kind)", ["count": "\(count)"]), .watch))
        }
        return try await show(section, access, context, draft: draft, saved: saved)
    }

    @Sendable func submit(_ request: Request, _ context: WebContext) async throws -> Response {
        guard let access = try await own(context) else { throw Failure("web.not_found") }
        try access.require(.submitSubmission)
        let form = try await FormBody(request)
        let participation = access.participation
        guard let action = SubmissionAction(rawValue: form["action"]), [.submit, .resubmit].contains(action) else {
            throw Failure(
                "review.submission_action_not_allowed",
                ["action": form["action"], "state": participation.submission.rawValue])
        }
        _ = try await SubmissionActs(services: services).act(
            SubmissionRequest(action, by: context.principal.account), on: participation, as: context.principal)
        return .seeOther("/company/rounds/\(access.round.id)?submitted=1")
    }

    @Sendable func save(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, indicator, section) = try await cell(context)
        let form = try await FormBody(request)
        var draft = SectionDraft(indicator: indicator.id)
        var values: [String: ExactDecimal] = [:]
        let book = try await CellBook(services, access)
        for figure in indicator.declaredFigures(in: access.scheme) where book.isTyped(figure, indicator) {
            let typed = form[figure.id]
            draft.typed[figure.id] = typed
            guard !typed.isEmpty else { continue }
            if let value = ExactDecimal(typed) {
                values[figure.id] = value
            } else {
                draft.findings.append(Finding(.error, "submit.figure.not_number", at: figure.id, ["given": typed]))
            }
        }
        do {
            guard draft.findings.isEmpty else {
                throw Failure("submit.figures_refused", findings: draft.findings)
            }
            try await access.requireWhole(indicator, services)
            _ = try await DeclarationDesk(store: services.cells.declarations).declare(
                values, in: access.cell(indicator), scheme: access.scheme, replacing: Int(form["version"]) ?? 0,
                services.act(context))
            return back(to: section, indicator, access)
        } catch let failure as Failure where failure.code == "submit.stale" {
            return try await merge(form, failure, section, indicator, access, context)
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            draft.findings = failure.findings
            return try await refuse(failure, draft, section, access, context)
        }
    }

    /// Somebody else has saved meanwhile: what only one of the two changed merges, the rest is chosen side by side.
    private func merge(
        _ form: FormBody, _ failure: Failure, _ section: Section, _ indicator: Indicator, _ access: CellAccess,
        _ context: WebContext
    ) async throws -> Response {
        let book = try await CellBook(services, access)
        let merge = FormMerge(indicator, book, form)
        let texts = merge.texts.filter { !$0.value.isEmpty }
        let values = texts.compactMapValues { ExactDecimal($0) }
        guard merge.hasConflict || values.count != texts.count else {
            do {
                _ = try await DeclarationDesk(store: services.cells.declarations).declare(
                    values, in: access.cell(indicator), scheme: access.scheme,
                    replacing: book.declarations[indicator.id]?.version ?? 0, services.act(context))
                return back(to: section, indicator, access)
            } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
                let draft = SectionDraft(indicator: indicator.id, typed: merge.texts, findings: failure.findings)
                return try await refuse(failure, draft, section, access, context)
            }
        }
        guard merge.hasConflict else {
            let draft = SectionDraft(indicator: indicator.id, typed: merge.texts)
            return try await refuse(failure, draft, section, access, context)
        }
        let by = book.drafts[indicator.id, default: [:]].values.map(\.by)
        let names = try await services.names(by + [book.declarations[indicator.id]?.by].compactMap { $0 })
        let base = "/company/rounds/\(access.round.id)"
        let page = MergePageBuilder(
            merge: merge, book: book, indicator: indicator, names: names, href: "\(base)/cells/\(indicator.id)",
            backHref: "\(base)/sections/\(section.id)#\(indicator.id)", language: context.language
        ).page()
        return try await site.answer(page, context, round: access.round, status: .preconditionFailed)
    }

    @Sendable func importItems(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, indicator, section) = try await cell(context)
        var draft = SectionDraft(indicator: indicator.id)
        do {
            try await access.requireWhole(indicator, services)
            let form = try await MultipartForm(request, limitBytes: ItemRoutes.mostBytes)
            let table = try ItemFile.table(form.files["file"]?.bytes ?? [])
            let reading = try ListReading.reader(indicator, access).read(table)
            draft.reading = reading
            let cell = access.cell(indicator)
            let version = try await services.cells.declarations.list(cell)?.version ?? 0
            _ = try await ListReading.save(
                reading, cell, indicator, access, replacing: version, services, services.act(context), context.language,
                keepsWrong: true)
            let isClean = reading.rejected.isEmpty && reading.duplicates.isEmpty && reading.remarks.isEmpty
            if isClean { return back(to: section, indicator, access) }
            draft.notice = Notice(
                CompanyWords(language: context.language).say(
                    "items.partly", ["title": indicator.title[context.language]]),
                .watch)
            return try await show(section, access, context, draft: draft)
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await refuse(failure, draft, section, access, context)
        }
    }

    @Sendable func upload(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, indicator, section) = try await cell(context)
        do {
            try await access.requireEditable(indicator, services)
            let form = try await MultipartForm(request, limitBytes: EvidenceInspection.mostBytes)
            _ = try await EvidenceDesk(services: services).attach(
                form.files["file"]?.bytes ?? [], name: form.files["file"]?.name ?? "",
                requirement: form.fields["requirement"], indicator, access, context)
            return back(to: section, indicator, access)
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await refuse(failure, SectionDraft(indicator: indicator.id), section, access, context)
        }
    }

    @Sendable func remove(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, indicator, section) = try await cell(context)
        do {
            try await access.requireEditable(indicator, services)
            let form = try await FormBody(request)
            guard let digest = Digest(hex: form["digest"]) else {
                throw Failure("submit.evidence_unknown", ["digest": form["digest"]])
            }
            try await EvidenceDesk(services: services).detach(digest, from: access.cell(indicator), context)
            return back(to: section, indicator, access)
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await refuse(failure, SectionDraft(indicator: indicator.id), section, access, context)
        }
    }

    // MARK: - Shared

    /// The reader's own platform in the round; nil when the company has entered none.
    /// - Throws: `access.sign_in_required`, `access.denied` for everybody who is of no company.
    private func own(_ context: WebContext) async throws -> CellAccess? {
        let round = try await services.round(context)
        guard let code = context.principal.company.flatMap({ CompanyCode("\($0)") }) else {
            throw Failure(context.principal.isSignedIn ? "access.denied" : "access.sign_in_required")
        }
        guard let participation = try await services.rounds.participations(round.id, company: code).first else {
            return nil
        }
        return CellAccess(
            round: round, scheme: try await services.scheme(of: round), participation: participation,
            principal: context.principal, now: services.clock.now(),
            reopened: try await services.reopenedLists(participation))
    }

    private func cell(_ context: WebContext) async throws -> (CellAccess, Indicator, Section) {
        guard let access = try await own(context) else { throw Failure("web.not_found") }
        try access.require(.declareCell)
        let indicator = try services.indicator(context, in: access.scheme)
        let section = access.scheme.sections.first { $0.groups.contains { $0.indicators.contains(indicator) } }
        guard let section else { throw Failure("web.not_found") }
        return (access, indicator, section)
    }

    private func noPlatform(_ context: WebContext) async throws -> Response {
        let words = CompanyWords(language: context.language)
        let page = MessagePage(words.say("none.title"), tone: .empty, paragraphs: [words.say("none.text")], acts: [])
        return try await site.answer(page, context)
    }

    private func back(to section: Section, _ indicator: Indicator, _ access: CellAccess) -> Response {
        .seeOther("/company/rounds/\(access.round.id)/sections/\(section.id)?saved=\(indicator.id)#\(indicator.id)")
    }

    /// The form again, with what was typed and what is wrong with it.
    private func refuse(
        _ failure: Failure, _ draft: SectionDraft, _ section: Section, _ access: CellAccess, _ context: WebContext
    ) async throws -> Response {
        var draft = draft
        let catalogue = Catalogue.of(context.language)
        let known = Set(access.scheme.indicator(draft.indicator)?.declaredFigures(in: access.scheme).map(\.id) ?? [])
        let rest = draft.reading == nil ? failure.findings.filter { !known.contains($0.place) } : []
        draft.notice = Notice(
            ([catalogue.text(failure)] + rest.map { catalogue.text($0) }).joined(separator: " "), .wrong)
        return try await show(section, access, context, draft: draft, status: ProblemStatus.of(failure.code))
    }

    private func show(
        _ section: Section, _ access: CellAccess, _ context: WebContext, draft: SectionDraft? = nil,
        saved: IndicatorID? = nil, status: Int = 200
    ) async throws -> Response {
        let book = try await CellBook(services, access)
        var sheets: [IndicatorID: SectionSheet] = [:]
        for indicator in section.groups.flatMap(\.indicators) where book.listCounts[indicator.id] != nil {
            let cell = access.cell(indicator)
            sheets[indicator.id] = SectionSheet(
                head: try await services.cells.declarations.head(cell),
                rows: try await services.cells.declarations.rows(cell, after: 0, changedAfter: 0, limit: 20),
                returned: try await services.cells.declarations.rows(
                    cell, numbers: book.rowLock(indicator).returned?.rows ?? [], keys: []))
        }
        let earlier = try await EarlierRound.find(services, access)
        var hasLedger = false
        for indicator in section.groups.flatMap(\.indicators) where indicator.mode == .upload && !hasLedger {
            hasLedger = try await !services.match.lists.lists(access.round.id, for: indicator.id).isEmpty
        }
        let page = SectionPageBuilder(
            book: book, section: section, sheets: sheets, words: CompanyWords(language: context.language), draft: draft,
            saved: saved, earlier: earlier, hasLedger: hasLedger
        ).page()
        return try await site.answer(page, context, round: access.round, status: .init(code: status))
    }
}
