import Access
import Hummingbird
import Paper
import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// The desk's lists as spreadsheets: the queue with the filters set, decisions, signals and queries.
struct DeskWorkbookRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/authority/rounds/:round/queue.xlsx", use: queue)
        router.get("/authority/rounds/:round/decisions.xlsx", use: decisions)
        router.get("/authority/rounds/:round/signals.xlsx", use: signals)
    }

    /// What every sheet is written with.
    private struct Words {
        let scheme: IndicatorScheme
        let language: Language
        var names: [AccountID: String] = [:]

        var catalogue: Catalogue { Catalogue.of(language) }
        var moments: MomentFormat { MomentFormat(zoneName: scheme.zone, language) }
        func say(_ key: String, _ values: [String: String] = [:]) -> String {
            catalogue.text("web.desk.sheet.\(key)", values)
        }
        func head(_ columns: String...) -> [Workbook.Cell] { columns.map { .text(say($0)) } }
        func name(_ account: AccountID?) -> String { account.map { names[$0] ?? $0.rawValue } ?? "" }
        func number(_ value: ExactDecimal?) -> Workbook.Cell { value.map { .number($0) } ?? .empty }
        func rows(_ rows: [Int]) -> String { rows.sorted().map { "\($0)" }.joined(separator: ", ") }

        /// Number and title of the indicator.
        func indicator(_ id: IndicatorID?) -> [Workbook.Cell] {
            guard let found = id.flatMap({ scheme.indicator($0) }) else { return [.empty, .text("")] }
            return [.number(ExactDecimal(found.number)), .text(found.title[language])]
        }

        func company(_ one: Participation) -> [Workbook.Cell] {
            [
                .text(one.name), .text(one.company.name), .text(one.company.code.text),
                .text(scheme.regionTitle(one.company.region.city, language)),
            ]
        }
    }

    private func book(_ context: WebContext) async throws -> (DeskBook, Words) {
        try DeskPageRoutes.requireOffice(context)
        let cells = try await WorkbenchRoutes(site: site).roundCells(context)
        let book = try await DeskBook(services, cells, context)
        return (book, Words(scheme: cells.scheme, language: context.language))
    }

    // MARK: - The queue

    @Sendable func queue(_ request: Request, _ context: WebContext) async throws -> Response {
        var (book, words) = try await book(context)
        let found = DeskFilter(request).apply(book.entries(), reader: context.principal.account)
        words.names = try await services.names(found.compactMap { $0.assignment?.account })
        var rows = [
            words.head(
                "platform", "company", "code", "city", "number", "indicator", "declared", "verified", "state", "due",
                "age", "overdue", "assignee", "signals")
        ]
        for entry in found {
            let cells = book.cells
            let state = entry.decision.map { "state.\($0.verdict == .accept ? "accepted" : "returned")" }
            let declared =
                cells.portDeclared[entry.cell.platform]?[entry.indicator.id]
                ?? cells.declarations[entry.cell]?.values[entry.indicator.id.rawValue]
            rows.append(
                words.company(entry.participation) + words.indicator(entry.indicator.id) + [
                    words.number(declared),
                    words.number(cells.verifications[entry.cell]?.values[entry.indicator.id.rawValue]),
                    .text(words.catalogue.text("web.desk.\(state ?? "state.\(entry.kind.rawValue)")")),
                    .text(entry.due?.description ?? ""), .number(ExactDecimal(entry.age)),
                    .text(entry.isOverdue ? words.say("yes") : ""), .text(words.name(entry.assignment?.account)),
                    .number(ExactDecimal(entry.signalCount)),
                ])
        }
        return try Workbook(sheets: [.init(name: words.say("queue"), rows: rows)]).download(
            "queue-\(book.cells.round.id)")
    }

    // MARK: - Decisions

    @Sendable func decisions(_ request: Request, _ context: WebContext) async throws -> Response {
        var (book, words) = try await book(context)
        let platforms = book.cells.participations.reduce(into: [PlatformID: Participation]()) { $0[$1.platform] = $1 }
        let all = book.decisions.values.flatMap(\.values).filter { platforms[$0.cell.platform] != nil }.sorted {
            ($0.cell.platform, book.cells.scheme.indicator($0.cell.indicator)?.number ?? 0, $0.id)
                < ($1.cell.platform, book.cells.scheme.indicator($1.cell.indicator)?.number ?? 0, $1.id)
        }
        words.names = try await services.names(all.map(\.by))
        var rows = [
            words.head(
                "platform", "company", "code", "city", "number", "indicator", "level", "verdict", "reason_code",
                "reason", "rows", "version", "by", "at")
        ]
        for one in all {
            guard let participation = platforms[one.cell.platform] else { continue }
            let code = one.reasonCode.map { words.catalogue.text("web.queue.reason.\($0.rawValue)") } ?? ""
            rows.append(
                words.company(participation) + words.indicator(one.cell.indicator) + [
                    .text(words.catalogue.text("web.desk.level.\(one.level.rawValue)")),
                    .text(
                        words.catalogue.text("web.desk.state.\(one.verdict == .accept ? "accepted" : "returned")")),
                    .text(code), .text(one.reason), .text(words.rows(one.rows)),
                    .number(ExactDecimal(one.declaredVersion)), .text(words.name(one.by)),
                    .text(words.moments.minute(one.at)),
                ])
        }
        return try Workbook(sheets: [.init(name: words.say("decisions"), rows: rows)]).download(
            "decisions-\(book.cells.round.id)")
    }

    // MARK: - Signals and queries

    @Sendable func signals(_ request: Request, _ context: WebContext) async throws -> Response {
        var (book, words) = try await book(context)
        let people = book.queries.flatMap { query in
            [query.askedBy, query.answer?.by, query.decision?.proposedBy, query.decision?.approvedBy].compactMap { $0 }
        }
        words.names = try await services.names(people)
        let platforms = book.cells.participations.reduce(into: [PlatformID: Participation]()) { $0[$1.platform] = $1 }
        let asked = Set(book.queries.map(\.signal.key))
        var rows = [
            words.head(
                "platform", "company", "code", "city", "number", "indicator", "signal", "sentence", "rows", "is_asked")
        ]
        for signal in book.signals {
            guard let participation = platforms[signal.platform] else { continue }
            rows.append(
                words.company(participation) + words.indicator(signal.indicator) + [
                    .text(title(signal, words)), .text(words.catalogue.text(signal.code, signal.values)),
                    .text(words.rows(signal.rows)), .text(asked.contains(signal.key) ? words.say("yes") : ""),
                ])
        }
        return try Workbook(
            sheets: [
                .init(name: words.say("signals"), rows: rows),
                .init(name: words.say("queries"), rows: queries(book, platforms, words)),
            ]
        ).download("signals-\(book.cells.round.id)")
    }

    private func title(_ signal: RaisedSignal, _ words: Words) -> String {
        words.scheme.signals.first { $0.id == signal.kind }?.title[words.language] ?? signal.kind
    }

    private func queries(
        _ book: DeskBook, _ platforms: [PlatformID: Participation], _ words: Words
    ) -> [[Workbook.Cell]] {
        var rows = [
            words.head(
                "query", "platform", "company", "code", "city", "number", "indicator", "signal", "sentence", "state",
                "question", "asked_by", "asked_at", "due", "answer", "answered_at", "verdict", "reason", "proposed_by",
                "approved_by")
        ]
        for query in book.queries {
            guard let participation = platforms[query.signal.platform] else { continue }
            let decision = query.decision
            rows.append(
                [.number(ExactDecimal(query.id))] + words.company(participation)
                    + words.indicator(query.signal.indicator) + [
                        .text(title(query.signal, words)),
                        .text(words.catalogue.text(query.signal.code, query.signal.values)),
                        .text(words.catalogue.text("web.desk.query_state.\(query.state(today: book.today).rawValue)")),
                        .text(query.question), .text(words.name(query.askedBy)),
                        .text(words.moments.minute(query.askedAt)), .text(query.due.description),
                        .text(query.answer?.text ?? ""),
                        .text(query.answer.map { words.moments.minute($0.at) } ?? ""),
                        .text(decision.map { words.catalogue.text("web.desk.verdict.\($0.verdict.rawValue)") } ?? ""),
                        .text(decision?.reason ?? ""), .text(words.name(decision?.proposedBy)),
                        .text(words.name(decision?.approvedBy)),
                    ])
        }
        return rows
    }
}
