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
        router.get("/authority/rounds/:round/queue", use: queue)
        router.post("/authority/rounds/:round/queue/:platform/:indicator/verified", use: verify)
        router.post("/authority/rounds/:round/queue/:platform/:indicator/return", use: sendBack)
    }

    private struct Act: Encodable {
        let action: String
        let reason: String
    }

    private struct Verify: Encodable {
        let values: [String: ExactDecimal]
        let reason: String
    }

    private struct SendBack: Encodable {
        let reasonCode: String
        let reason: String
    }

    @Sendable func workbench(_ request: Request, _ context: WebContext) async throws -> Response {
        try requireOffice(context)
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

    @Sendable func queue(_ request: Request, _ context: WebContext) async throws -> Response {
        try requireOffice(context)
        let asked = request.uri.queryParameters
        func value(_ name: Substring) -> String { asked[name].map { String($0).removingPercentEncoding ?? "" } ?? "" }
        let cells = try await roundCells(context)
        let kind = RoundCells.Kind(rawValue: value("kind")).flatMap { QueuePageBuilder.kinds.contains($0) ? $0 : nil }
        var chosen = value("cell")
        let shownKind = kind ?? .submitted
        if chosen.isEmpty, let first = QueuePageBuilder.waiting(cells, shownKind, city: value("city")).first {
            chosen = "\(first.participation.platform)/\(first.indicator.id)"
        }
        let selection = try await self.selection(chosen, cells, context)
        let done = value("done")
        let page = QueuePageBuilder(
            cells: cells, kind: shownKind, city: value("city"), chosen: chosen, version: selection.version,
            evidence: selection.evidence, mayVerify: selection.mayVerify, mayReturn: selection.mayReturn,
            notice: ["verified", "returned"].contains(done)
                ? Notice(Catalogue.of(context.language).text("web.queue.done_\(done)"), .good) : nil,
            language: context.language
        ).page()
        return try await site.answer(page, context, round: cells.round)
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
        return .seeOther("/authority/rounds/\(round.id)/queue?done=verified")
    }

    @Sendable func sendBack(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request)
        let body = SendBack(reasonCode: form["reasonCode"], reason: form["reason"])
        _ = try await VerificationRoutes(site: site).sendBack(request.carrying(body), context)
        return .seeOther("/authority/rounds/\(try context.roundID)/queue?done=returned")
    }

    // MARK: What the pages are made of

    /// The workbench shows what the reader's office may see of the round.
    private func requireOffice(_ context: WebContext) throws {
        if context.principal.isOffice { return }
        throw context.principal.isSignedIn
            ? Failure("access.denied", ["permission": Permission.readRound.rawValue])
            : Failure("access.sign_in_required")
    }

    private func roundCells(_ context: WebContext) async throws -> RoundCells {
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

    private func selection(
        _ chosen: String, _ cells: RoundCells, _ context: WebContext
    ) async throws -> (version: Int, evidence: [EvidenceFile], mayVerify: Bool, mayReturn: Bool) {
        let parts = chosen.split(separator: "/").map(String.init)
        guard parts.count == 2,
            let participation = cells.participations.first(where: { $0.platform.rawValue == parts[0] })
        else { return (0, [], false, false) }
        let cell = cells.address(participation.platform, IndicatorID(parts[1]))
        let mayReturn =
            context.principal.may(.returnCell, on: participation.scope)
            && CellReturn.isAllowed(in: participation.submission)
        return (
            try await services.cells.verifications.verifiedVersion(cell),
            try await services.cells.evidence.files(cell),
            context.principal.may(.verifyCell, on: participation.scope) && cells.round.mayBeComputed, mayReturn
        )
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
