import Access
import Collect
import Evaluate
import Hummingbird
import Review
import Scheme
import Submit
import Trust
import Vocabulary
import Wording

/// The authority's pages of a round: the workbench and the queue, with the forms that stand on them.
struct WorkbenchRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/authority/rounds/:round", use: workbench)
        router.post("/authority/rounds/:round/actions", use: act)
        router.post("/authority/rounds/:round/computations", use: compute)
        router.post("/authority/rounds/:round/queue/:platform/:indicator/verified", use: verify)
    }

    private struct Act: Encodable {
        let action: String
        let reason: String
    }

    private struct Verify: Encodable {
        let values: [String: ExactDecimal]
        let reason: String
    }

    @Sendable func workbench(_ request: Request, _ context: WebContext) async throws -> Response {
        try DeskPageRoutes.requireOffice(context)
        let cells = try await roundCells(context)
        let done = request.uri.queryParameters["done"].flatMap { RoundAction(rawValue: String($0)) }
        let catalogue = Catalogue.of(context.language)
        let entries = try await activity(cells.round.id)
        let page = RoundPageBuilder(
            cells: cells, principal: context.principal, language: context.language,
            computation: try await site.computation(cells.round, cells.scheme, context),
            ports: try await site.portStates(cells, context.language),
            entries: entries, names: try await names(of: entries),
            notice: done.map {
                let title = catalogue.text("web.round_action.\($0.rawValue)")
                return Notice(catalogue.text("web.round.done", ["title": title]), .good)
            }
        ).page()
        return try await site.answer(page, context, round: cells.round)
    }

    @Sendable func act(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request)
        let body = Act(action: form["action"], reason: form["reason"])
        _ = try await RoundRoutes(site: site).act(request.carrying(body), context)
        return .seeOther("/authority/rounds/\(try context.roundID)?done=\(body.action)")
    }

    /// Starts a computation without script; with it the page asks the API.
    @Sendable func compute(_ request: Request, _ context: WebContext) async throws -> Response {
        _ = try await ComputationRoutes(site: site).start(request, context)
        return .seeOther("/authority/rounds/\(try context.roundID)#compute")
    }

    @Sendable func verify(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request)
        let round = try await services.round(context)
        let indicator = try services.indicator(context, in: try await services.scheme(of: round))
        var values: [String: ExactDecimal] = [:]
        for id in indicator.valueIDs where !form[id].isEmpty {
            guard let value = ExactDecimal(form[id]) else {
                throw Failure("web.body_invalid", ["field": indicator.title[context.language]])
            }
            values[id] = value
        }
        let body = Verify(values: values, reason: form["reason"])
        _ = try await VerificationRoutes(site: site).verify(
            request.carrying(body, version: form["version"]), context)
        var filter = DeskFilter(query: form["back"])
        filter.cell = String(form["next"].prefix(200))
        let query = [filter.query, "done=verified"].filter { !$0.isEmpty }.joined(separator: "&")
        return .seeOther("/authority/rounds/\(round.id)/queue?\(query)")
    }

    // MARK: What the pages are made of

    /// The cells of the round's platforms that the reader reaches, without submissions that are out.
    func roundCells(_ context: WebContext) async throws -> RoundCells {
        let round = try await services.round(context)
        let platforms = try await site.participations(round.id).filter {
            context.principal.may(.readCell, on: $0.scope) && !$0.submission.isOut
        }
        let scheme = try await services.scheme(of: round)
        let summaries = try await services.records.summaries(round.id, nil)
        return RoundCells(
            round: round, scheme: scheme, participations: platforms,
            declarations: try await services.cells.declarations.declarations(round.id),
            verifications: try await services.cells.verifications.verifications(round.id),
            returns: try await services.cells.verifications.returns(round.id),
            portDeclared: summaries.mapValues {
                PortMeasures.declared(scheme: scheme, cutOff: round.cutOff, summaries: $0).reduce(into: [:]) {
                    $0[$1.key] = round.scaledUp($1.value, of: $1.key)
                }
            })
    }

    /// The display names of the accounts that acted.
    private func names(of entries: [LoggedEntry]) async throws -> [AccountID: String] {
        var names: [AccountID: String] = [:]
        for entry in entries {
            guard case .account(let id) = entry.leaf.actor, names[id] == nil else { continue }
            names[id] = try await services.accounts.account(id)?.displayName
        }
        return names
    }

    /// The round's last dozen entries among the log's last thousand, newest first.
    private func activity(_ round: RoundID) async throws -> [LoggedEntry] {
        let size = try await services.log.checkpoint().checkpoint.size
        let entries = try await services.log.entries(start: max(0, size - 1000), limit: 1000)
        return entries.filter { $0.leaf.subject.round == round }.suffix(12).reversed()
    }
}
