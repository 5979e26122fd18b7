import Access
import Hummingbird
import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// The page on which drawn rows are judged one after the other, and the form that stands on it.
struct JudgePageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    /// Rows in the list beside the row.
    static let listed = 40

    func add(to router: Router<WebContext>) {
        let base = "/authority/rounds/:round/sampling"
        router.get("\(base)/judge", use: page)
        router.post("\(base)/:platform/:indicator/rows/:row", use: judge)
    }

    @Sendable func page(_ request: Request, _ context: WebContext) async throws -> Response {
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        let access = try await SamplingAccess(services, context)
        try access.requireOffice()
        let query = JudgeQuery(request)
        let mayJudge = context.principal.hasSomewhere(.judgeSample)
        var filter = query.filter
        filter.reach = try await access.reach(mayJudge ? .judgeSample : .readSample)
        let counts = try await access.store.counts(access.round.id, filter)
        var rows = try await access.store.rows(
            access.round.id, filter, after: query.after, limit: Self.listed + 1)
        // After the last row of the queue comes the first one that is left.
        if rows.isEmpty, query.after != nil {
            rows = try await access.store.rows(access.round.id, filter, after: nil, limit: Self.listed + 1)
        }
        var chosen = rows.first
        if let name = query.row {
            let cell = CellAddress(round: access.round.id, platform: name.platform, indicator: name.indicator)
            chosen = try await access.store.row(cell, name.number)
        }
        let owners = try await access.participations().reduce(into: [:]) { $0[$1.platform] = $1 }
        if let row = chosen, let owner = owners[row.cell.platform],
            !context.principal.may(.readSample, on: owner.rowScope(row.office)),
            !context.principal.may(.readSample, on: owner.sampleScope)
        {
            throw Failure("sampling.row_unknown", ["row": "\(row.number)"])
        }
        let fields = try await SampleReading(services).fields(of: Array(Set(rows + [chosen].compactMap { $0 })))
        let lists = try await access.store.lists(access.round.id)
        let builder = JudgePageBuilder(
            access: access, query: query, rows: Array(rows.prefix(Self.listed)), hasMore: rows.count > Self.listed,
            counts: counts, chosen: chosen, list: lists.first { $0.cell == chosen?.cell }, owners: owners,
            lists: lists, fields: fields,
            papers: try await chosen.asyncMap { try await services.cells.evidence.files($0.cell) } ?? [],
            history: try await chosen.asyncMap { try await access.store.history($0) } ?? [],
            words: SampleWords(scheme: access.scheme, language: context.language))
        return try await site.answer(builder.page(), context, round: access.round)
    }

    @Sendable func judge(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, owner, indicator, row) = try await SampleReading(services).row(context, .judgeSample)
        let form = try await FormBody(request)
        let base = "/authority/rounds/\(access.round.id)/sampling/judge"
        let back = JudgeQuery.safe(form["back"])
        guard let verdict = SampleJudgement.Verdict(rawValue: form["verdict"]) else {
            throw Failure("web.body_invalid", ["field": "verdict"])
        }
        let body = JudgementRoutes.Judge(
            verdict: verdict, reasonCode: SampleJudgement.ReasonCode(rawValue: form["reasonCode"]),
            note: form["note"])
        do {
            let change = try await JudgementRoutes(site: site).change(
                row, body, replacing: Int(form["version"]) ?? 0, access, context)
            try await access.store.judge([change])
        } catch let failure as Failure
            where ["sampling.judged_meanwhile", "sampling.judgement_refused", "sampling.proof_pending"].contains(
                failure.code)
        {
            let why = (failure.findings.first?.code ?? failure.code).split(separator: ".").last ?? ""
            return .seeOther(
                "\(base)?\(back)&row=\(owner.platform)/\(indicator.id)/\(row.number)&refused=\(why)#row")
        }
        return .seeOther("\(base)?\(back)&after=\(row.list).\(row.number)&done=\(verdict.rawValue)")
    }
}

/// What the judging page is asked for.
struct JudgeQuery: Sendable {
    let platform: String
    let indicator: String
    let office: String
    let judged: DrawnRowFilter.Judged
    let after: DrawnRowCursor?
    let row: (platform: PlatformID, indicator: IndicatorID, number: Int)?
    let done: String
    let refused: String

    init(_ request: Request) {
        platform = request.queried("platform")
        indicator = request.queried("indicator")
        office = request.queried("office")
        judged = DrawnRowFilter.Judged(rawValue: request.queried("judged")) ?? .open
        let cursor = request.queried("after").split(separator: ".").map { Int64($0) }
        after =
            cursor.count == 2
            ? cursor[0].flatMap { list in cursor[1].map { DrawnRowCursor(list: list, number: Int($0)) } } : nil
        let name = request.queried("row").split(separator: "/").map(String.init)
        row = name.count == 3 ? Int(name[2]).map { (PlatformID(name[0]), IndicatorID(name[1]), $0) } : nil
        done = request.queried("done")
        refused = request.queried("refused")
    }

    var filter: DrawnRowFilter {
        DrawnRowFilter(
            platform: platform.isEmpty ? nil : PlatformID(platform),
            indicator: indicator.isEmpty ? nil : IndicatorID(indicator),
            office: office.isEmpty ? nil : RegionCode(office), judged: judged)
    }

    /// The filter as a query, for links that keep it.
    var text: String {
        [("platform", platform), ("indicator", indicator), ("office", office), ("judged", judged.rawValue)]
            .filter { !$0.1.isEmpty }.map { "\($0.0)=\(FrameView.escapedForQuery($0.1))" }.joined(separator: "&")
    }

    /// A query that came back out of a form, without anything that could lead elsewhere.
    static func safe(_ text: String) -> String {
        text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "=&-_.%/".contains($0)) }
    }
}
