import Access
import Hummingbird
import Review
import Scheme
import Submit
import Trust
import Vocabulary
import Wording

/// The queue and what its forms send; everything works without script.
struct DeskPageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/authority/rounds/:round/queue", use: queue)
        router.post("/authority/rounds/:round/queue/:platform/:indicator/accept", use: accept)
        router.post("/authority/rounds/:round/queue/:platform/:indicator/return", use: sendBack)
        router.post("/authority/rounds/:round/queue/:platform/:indicator/hand-over", use: handOver)
        router.post("/authority/rounds/:round/queue/bulk/preview", use: preview)
        router.post("/authority/rounds/:round/queue/bulk", use: carryOut)
        router.post("/authority/rounds/:round/queue/undo", use: undo)
    }

    /// - Throws: `access.denied` for everybody without a workbench.
    static func requireOffice(_ context: WebContext) throws {
        if context.principal.isOffice { return }
        throw context.principal.isSignedIn
            ? Failure("access.denied", ["permission": Permission.readRound.rawValue])
            : Failure("access.sign_in_required")
    }

    @Sendable func queue(_ request: Request, _ context: WebContext) async throws -> Response {
        try Self.requireOffice(context)
        let filter = DeskFilter(request)
        let cells = try await WorkbenchRoutes(site: site).roundCells(context)
        let book = try await DeskBook(services, cells, context)
        let entries = book.entries()
        let found = filter.apply(entries, reader: context.principal.account)
        let named = filter.cell.isEmpty ? nil : entries.first { $0.name == filter.cell }
        let start = (filter.page - 1) * DeskFilter.pageSize
        let entry = named ?? (found.count > start ? found[max(0, start)] : nil)
        let asked = request.uri.queryParameters
        let chosen = try await entry.asyncMap { entry in
            try await choose(
                entry, book, context, file: asked["file"].flatMap { Digest(hex: String($0)) },
                page: asked["sheet"].flatMap { Int($0) } ?? 1)
        }
        let mayDecide = !context.principal.roles.isDisjoint(with: DeskWork.reviewers)
        let colleagues = mayDecide ? try await DeskWork(services: services, context: context).colleagues() : []
        let batch = asked["batch"].map(String.init).flatMap { $0.utf8.count == 16 ? $0 : nil }
        let page = QueuePageBuilder(
            book: book, filter: filter, chosen: chosen,
            names: try await names(book, chosen, colleagues), colleagues: colleagues.map { ($0.id, $0.displayName) },
            mayDecide: mayDecide, notice: try await notice(asked["done"].map(String.init), batch, context),
            undo: try await undoForm(batch, filter, book, context), language: context.language
        ).page(entries, found)
        return try await site.answer(page, context, round: cells.round)
    }

    private func choose(
        _ entry: DeskEntry, _ book: DeskBook, _ context: WebContext, file: Digest?, page: Int
    ) async throws -> ChosenItem {
        let history = try await services.people.desk.items?.history(entry.cell) ?? []
        let present = book.cells.declarations[entry.cell]?.version ?? 0
        var earlier: EarlierDeclaration?
        if let sent = history.first(where: { $0.verdict == .return && $0.void != .undone }),
            sent.declaredVersion != present
        {
            earlier = try await services.people.desk.items?.earlier(entry.cell, version: sent.declaredVersion)
        }
        let scope = entry.participation.scope
        return ChosenItem(
            entry: entry,
            evidence: try await ChosenEvidence(services, context, book, entry, file: file, page: page),
            history: history,
            earlier: earlier,
            verifiedVersion: try await services.cells.verifications.verifiedVersion(entry.cell),
            mayDecide: entry.level.map { context.principal.may($0.permission, on: scope) } ?? false,
            mayVerify: context.principal.may(.verifyCell, on: scope) && book.cells.round.mayBeComputed
                && entry.level == .province,
            signals: book.signals.filter {
                $0.platform == entry.cell.platform && $0.indicator == entry.cell.indicator
            })
    }

    /// The display names of everybody whom the page names.
    private func names(
        _ book: DeskBook, _ chosen: ChosenItem?, _ colleagues: [Account]
    ) async throws -> [AccountID: String] {
        var names = Swift.Dictionary(uniqueKeysWithValues: colleagues.map { ($0.id, $0.displayName) })
        var asked = Set(book.assignments.values.flatMap(\.values).map(\.account))
        asked.formUnion(chosen?.history.map(\.by) ?? [])
        if let cell = chosen?.entry.cell {
            asked.formUnion([book.cells.declarations[cell]?.by, book.cells.verifications[cell]?.by].compactMap { $0 })
        }
        for id in asked.prefix(200) where names[id] == nil {
            names[id] = try await services.accounts.account(id)?.displayName
        }
        return names
    }

    private func notice(_ done: String?, _ batch: String?, _ context: WebContext) async throws -> Notice? {
        let catalogue = Catalogue.of(context.language)
        if let batch, let found = try await services.people.desk.items?.batch(batch), found.undoneAt == nil {
            return Notice(
                catalogue.text("web.desk.done.\(found.action)", ["count": "\(found.itemCount)"]), .good)
        }
        switch done {
        case "verified": return Notice(catalogue.text("web.queue.done_verified"), .good)
        case "undone": return Notice(catalogue.text("web.desk.undone"), .good)
        default: return nil
        }
    }

    private func undoForm(
        _ batch: String?, _ filter: DeskFilter, _ book: DeskBook, _ context: WebContext
    ) async throws -> QueuePage.Undo? {
        guard let batch, let found = try await services.people.desk.items?.batch(batch), found.undoneAt == nil,
            found.by == context.principal.account, found.round == book.cells.round.id
        else { return nil }
        return QueuePage.Undo(
            action: "/authority/rounds/\(found.round)/queue/undo", batch: batch,
            back: filter.with { $0.cell = "" }.query)
    }

    // MARK: - One item

    @Sendable func accept(_ request: Request, _ context: WebContext) async throws -> Response {
        try await decide(request, context) { .accept(note: $0["reason"]) }
    }

    @Sendable func sendBack(_ request: Request, _ context: WebContext) async throws -> Response {
        try await decide(request, context) { form in
            .return(try Self.reasonCode(form), reason: form["reason"], rows: try Self.rows(form["rows"]))
        }
    }

    @Sendable func handOver(_ request: Request, _ context: WebContext) async throws -> Response {
        try await decide(request, context) { .handOver(to: AccountID($0["to"]), note: $0["reason"]) }
    }

    private func decide(
        _ request: Request, _ context: WebContext, _ action: (FormBody) throws -> DeskAction
    ) async throws -> Response {
        let participation = try await services.participation(context)
        try Self.requireDecider(context.principal, on: participation)
        let form = try await FormBody(request)
        let cells = try await WorkbenchRoutes(site: site).roundCells(context)
        let indicator = try services.indicator(context, in: cells.scheme)
        let book = try await DeskBook(services, cells, context)
        let item = book.deskItem(participation, indicator)
        guard form["version"] == "\(item.declaredVersion)-\(item.decision?.id ?? 0)" else {
            throw Failure(
                "desk.stale", ["platform": participation.platform.rawValue, "indicator": indicator.id.rawValue])
        }
        let work = DeskWork(services: services, context: context)
        let plan = try await work.plan(
            try action(form), on: [(participation.platform, indicator.id)], in: book)
        let batch = try await work.carryOut(plan, in: book, seen: nil)
        var filter = DeskFilter(query: form["back"])
        filter.cell = String(form["next"].prefix(200))
        let query = [filter.query, "batch=\(batch.id)"].filter { !$0.isEmpty }.joined(separator: "&")
        return .seeOther("/authority/rounds/\(cells.round.id)/queue?\(query)")
    }

    /// Whoever may decide items of the platform at any level; which level is theirs now, the plan says.
    static func requireDecider(_ principal: Principal, on participation: Participation) throws {
        try principal.require(.returnCell, on: participation.scope)
    }

    static func reasonCode(_ form: FormBody) throws -> CellReturn.ReasonCode {
        guard let code = CellReturn.ReasonCode(rawValue: form["reasonCode"]) else {
            throw Failure("web.body_invalid", ["field": "reasonCode"])
        }
        return code
    }

    /// `3, 5-8`: row numbers and ranges of them.
    static func rows(_ text: String) throws(Failure) -> [Int] {
        var rows: [Int] = []
        for part in text.split(whereSeparator: {
            $0 == "," || $0 == " " || $0 == ";" || $0.unicodeScalars.first?.value == 0xFF0C
                || $0.unicodeScalars.first?.value == 0x3001
        }) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
                last - first < DeskAction.mostRows, first >= 1
            else { throw Failure("web.body_invalid", ["field": "rows"]) }
            rows += Array(first...last)
            if rows.count > DeskAction.mostRows { throw Failure("web.body_invalid", ["field": "rows"]) }
        }
        return Array(Set(rows)).sorted()
    }

    // MARK: - Several items

    @Sendable func preview(_ request: Request, _ context: WebContext) async throws -> Response {
        try DeskWork.requireReviewer(context.principal)
        let form = try await FormBody(request, limitBytes: 512 << 10)
        let cells = try await WorkbenchRoutes(site: site).roundCells(context)
        let book = try await DeskBook(services, cells, context)
        let plan = try await plan(form, book, context)
        let page = BulkPageBuilder(book: book, plan: plan, form: form, language: context.language).page()
        return try await site.answer(page, context, round: cells.round)
    }

    @Sendable func carryOut(_ request: Request, _ context: WebContext) async throws -> Response {
        try DeskWork.requireReviewer(context.principal)
        let form = try await FormBody(request, limitBytes: 512 << 10)
        let cells = try await WorkbenchRoutes(site: site).roundCells(context)
        let book = try await DeskBook(services, cells, context)
        let plan = try await plan(form, book, context)
        let batch = try await DeskWork(services: services, context: context).carryOut(
            plan, in: book, seen: form["plan"])
        let filter = DeskFilter(query: form["back"])
        let query = [filter.query, "batch=\(batch.id)"].filter { !$0.isEmpty }.joined(separator: "&")
        return .seeOther("/authority/rounds/\(cells.round.id)/queue?\(query)")
    }

    private func plan(_ form: FormBody, _ book: DeskBook, _ context: WebContext) async throws -> DeskPlan {
        let action: DeskAction
        switch form["action"] {
        case "accept": action = .accept(note: form["reason"])
        case "return": action = .return(try Self.reasonCode(form), reason: form["reason"], rows: [])
        case "hand-over": action = .handOver(to: AccountID(form["to"]), note: form["reason"])
        default: throw Failure("web.body_invalid", ["field": "action"])
        }
        var names: [(platform: PlatformID, indicator: IndicatorID)] = []
        if form["all"] == "1" {
            let filter = DeskFilter(query: form["back"])
            names = filter.apply(book.entries(), reader: context.principal.account).map {
                ($0.cell.platform, $0.cell.indicator)
            }
        } else {
            for item in form.all("item").prefix(DeskPlan.mostItems + 1) {
                let parts = item.split(separator: "/").map(String.init)
                guard parts.count == 2 else { throw Failure("web.body_invalid", ["field": "item"]) }
                names.append((PlatformID(parts[0]), IndicatorID(parts[1])))
            }
        }
        guard !names.isEmpty else { throw Failure("desk.nothing_chosen") }
        return try await DeskWork(services: services, context: context).plan(action, on: names, in: book)
    }

    @Sendable func undo(_ request: Request, _ context: WebContext) async throws -> Response {
        try DeskWork.requireReviewer(context.principal)
        let form = try await FormBody(request)
        let round = try await services.round(context)
        _ = try await DeskWork(services: services, context: context).undo(form["batch"], in: round.id)
        let filter = DeskFilter(query: form["back"])
        let query = [filter.query, "done=undone"].filter { !$0.isEmpty }.joined(separator: "&")
        return .seeOther("/authority/rounds/\(round.id)/queue?\(query)")
    }
}

extension Optional where Wrapped: Sendable {
    /// As `map`, for work that waits.
    func asyncMap<Other: Sendable>(_ body: (Wrapped) async throws -> Other) async rethrows -> Other? {
        guard let self else { return nil }
        return try await body(self)
    }
}
