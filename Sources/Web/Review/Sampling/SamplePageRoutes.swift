import Access
import Hummingbird
import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// The offices' pages of samples: the board and one list, with the forms that stand on them.
struct SamplePageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        let base = "/authority/rounds/:round/sampling"
        router.get("\(base)", use: board)
        router.post("\(base)/draw", use: draw)
        router.post("\(base)/settle", use: settleAll)
        router.get("\(base)/:platform/:indicator", use: list)
        router.post("\(base)/:platform/:indicator/settle", use: settle)
        router.post("\(base)/:platform/:indicator/proposal", use: propose)
        router.post("\(base)/:platform/:indicator/decision", use: decide)
        router.post("\(base)/:platform/:indicator/extension", use: extend)
        router.post("\(base)/:platform/:indicator/judgements", use: judgeMany)
    }

    private struct Empty: Encodable {}
    private struct Many: Encodable {
        let rows: [Int]
        let verdict: SampleJudgement.Verdict
    }

    @Sendable func board(_ request: Request, _ context: WebContext) async throws -> Response {
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        let access = try await SamplingAccess(services, context)
        try access.requireOffice()
        let words = SampleWords(scheme: access.scheme, language: context.language)
        let owners = try await access.participations().reduce(into: [:]) { $0[$1.platform] = $1 }
        var lists = try await access.store.lists(access.round.id)
        let seen = try await access.reach(.readSample)
        if let seen {
            var near: [SampledList] = []
            for list in lists {
                var isNear = seen.platforms.contains(list.cell.platform)
                if !isNear, !seen.offices.isEmpty {
                    let filter = DrawnRowFilter(
                        reach: .init(offices: seen.offices), platform: list.cell.platform,
                        indicator: list.cell.indicator)
                    isNear = try await access.store.counts(access.round.id, filter).all > 0
                }
                if isNear { near.append(list) }
            }
            lists = near
        }
        let offices = try await access.store.offices(access.round.id).filter {
            seen == nil || seen?.offices.contains($0.office) == true
        }
        let waiting = access.principal.may(.runSampling) ? try await waitingLists(access, owners, lists) : 0
        let page = SamplesPageBuilder(
            access: access, lists: lists, owners: owners, waiting: waiting, offices: offices,
            stage: request.queried("stage"), platform: request.queried("platform"),
            notice: notice(request, words), words: words
        ).page()
        return try await site.answer(page, context, round: access.round)
    }

    /// Lists of drawable submissions that are not drawn in their newest version.
    private func waitingLists(
        _ access: SamplingAccess, _ owners: [PlatformID: Participation], _ lists: [SampledList]
    ) async throws -> Int {
        let drawn = Set(lists.filter { $0.drawing != nil && $0.outcome != .returned }.map(\.cell))
        let sampled = Set(access.scheme.indicators.filter(\.isSampled).map(\.id))
        return try await services.cells.declarations.listCounts(access.round.id).count { cell, rows in
            rows > 0 && sampled.contains(cell.indicator) && !drawn.contains(cell)
                && (owners[cell.platform].map { SampleDrawing.isDrawable($0.submission) } ?? false)
        }
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        guard context.principal.isOffice else {
            throw Failure("access.denied", ["permission": Permission.readSample.rawValue])
        }
        let (access, owner, indicator, list) = try await SampleReading(services).list(context)
        let words = SampleWords(scheme: access.scheme, language: context.language)
        let mayReadAll = context.principal.may(.readSample, on: owner.sampleScope)
        let filter = DrawnRowFilter(
            reach: mayReadAll ? nil : try await access.reach(.readSample), platform: owner.platform,
            indicator: indicator.id)
        let rows = try await access.store.rows(access.round.id, filter, after: nil, limit: 500)
        let page = SampledListPageBuilder(
            access: access, owner: owner, indicator: indicator, list: list,
            draw: list.drawing == nil ? nil : try await SampleRoutes.drawing(list, access),
            decisions: try await access.store.decisions(list.id), rows: rows,
            fields: try await SampleReading(services).fields(of: rows), notice: notice(request, words), words: words
        ).page()
        return try await site.answer(page, context, round: access.round)
    }

    private func notice(_ request: Request, _ words: SampleWords) -> Notice? {
        let done = request.queried("done")
        let known = [
            "drawn", "settled", "proposed", "approved", "rejected", "extended", "judged", "imported", "assigned",
        ]
        guard known.contains(done) else { return nil }
        return Notice(
            words.say("done.\(done)", ["count": request.queried("count"), "open": request.queried("open")]), .good)
    }

    // MARK: Forms

    @Sendable func draw(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runSampling)
        let access = try await SamplingAccess(services, context)
        let report = try await SampleDrawing(access: access, context: context).draw(nil, checkpoint: nil)
        return .seeOther("/authority/rounds/\(access.round.id)/sampling?done=drawn&count=\(report.lists.count)")
    }

    @Sendable func settleAll(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runSampling)
        let access = try await SamplingAccess(services, context)
        let done = try await SampleSettlement(access: access, context: context).settleAll()
        return .seeOther(
            "/authority/rounds/\(access.round.id)/sampling?done=settled&count=\(done.settled)&open=\(done.undecided)")
    }

    @Sendable func settle(_ request: Request, _ context: WebContext) async throws -> Response {
        _ = try await SettlementRoutes(site: site).settle(request, context)
        return try back(context, "settled&count=1&open=0")
    }

    @Sendable func propose(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runSampling)
        let form = try await FormBody(request)
        let round = try await services.round(context)
        let indicator = try services.indicator(context, in: try await services.scheme(of: round))
        var figures: [String: ExactDecimal] = [:]
        for id in indicator.valueIDs where !form[id].isEmpty {
            guard let value = ExactDecimal(form[id]) else {
                throw Failure("web.body_invalid", ["field": indicator.title[context.language]])
            }
            figures[id] = value
        }
        guard let outcome = SampledList.Outcome(rawValue: form["outcome"]) else {
            throw Failure("web.body_invalid", ["field": "outcome"])
        }
        let body = SettlementRoutes.Propose(outcome: outcome, figures: figures, reason: form["reason"])
        _ = try await SettlementRoutes(site: site).propose(request.carrying(body), context)
        return try back(context, "proposed")
    }

    @Sendable func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.decideRound)
        let form = try await FormBody(request)
        let approves = form["approves"] == "yes"
        let body = SettlementRoutes.Decide(approves: approves, reason: form["reason"])
        _ = try await SettlementRoutes(site: site).decide(request.carrying(body), context)
        return try back(context, approves ? "approved" : "rejected")
    }

    @Sendable func extend(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runSampling)
        let form = try await FormBody(request)
        guard let day = CivilDay(form["dueDay"]) else {
            throw Failure("sampling.extension_refused", ["day": form["dueDay"]])
        }
        let body = SettlementRoutes.Extend(dueDay: day, reason: form["reason"])
        _ = try await SettlementRoutes(site: site).extend(request.carrying(body), context)
        return try back(context, "extended")
    }

    /// Judges the previewed rows as good; what somebody judged meanwhile stays.
    @Sendable func judgeMany(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request)
        let rows = RowRanges.numbers(form["rows"]) ?? []
        _ = try await JudgementRoutes(site: site).judgeMany(
            request.carrying(Many(rows: Array(rows.prefix(501)), verdict: .good)), context)
        return try back(context, "judged&count=\(rows.count)")
    }

    private func back(_ context: WebContext, _ done: String) throws -> Response {
        .seeOther(
            "/authority/rounds/\(try context.roundID)/sampling/\(try context.platformID)/\(try context.indicatorID)"
                + "?done=\(done)")
    }
}

extension Request {
    /// A parameter of the query, decoded; empty when it is not there.
    func queried(_ name: String) -> String {
        uri.queryParameters[Substring(name)].map { String($0).removingPercentEncoding ?? "" } ?? ""
    }
}
