import Access
import HTTPTypes
import Hummingbird
import Match
import NIOCore
import Review
import Scheme
import Trust
import Vocabulary

/// Official lists through the API: import, look at, withdraw.
struct ListRoutes: Sendable {
    /// The largest file that is taken.
    static let limitBytes = 16 << 20

    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/lists", use: list)
        router.post("/api/v1/rounds/:round/lists", use: create)
        router.get("/api/v1/rounds/:round/lists/:list", use: get)
        router.get("/api/v1/rounds/:round/lists/:list/rows", use: rows)
        router.get("/api/v1/rounds/:round/lists/:list/file", use: file)
        router.post("/api/v1/rounds/:round/lists/:list/actions", use: act)
    }

    struct Act: Decodable {
        enum Action: String, Decodable { case withdraw }
        let action: Action
        let reason: String
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readList)
        let round = try await services.round(context)
        let query = try ListQuery(request)
        let all = try await services.match.lists.summaries(round.id)
        let start = query.cursor.flatMap { cursor in all.firstIndex { $0.id.rawValue == cursor }.map { $0 + 1 } } ?? 0
        let page = all.dropFirst(start).prefix(query.limit)
        let next = start + page.count < all.count ? page.last?.id.rawValue : nil
        return .json(ListPage(items: page.map { OfficialListResource($0) }, next: next))
    }

    /// Reads the file and, unless only a preview is asked for, keeps it. Rows that cannot be used are left out and
    /// told; a file without a recognisable header is refused.
    @Sendable func create(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.importList)
        let round = try await services.round(context)
        try round.requireMatchable()
        if let type = request.headers[.contentType], !type.lowercased().hasPrefix("text/csv") {
            throw Failure("match.list_type", ["type": String(type.prefix(80))])
        }
        let header = try ListHeaderQuery(request).header(by: try await services.scheme(of: round))
        let bytes = Array((try await JSONBody.collect(request, limitBytes: Self.limitBytes)).readableBytesView)
        let reading = OfficialListReader().read(bytes, header: header)
        guard !reading.list.rows.isEmpty else {
            throw Failure("match.list_refused", findings: reading.findings.filter { $0.severity == .error })
        }
        let isPreview = request.uri.queryParameters["preview"] == "true"
        guard let account = context.principal.account else { throw Failure("access.sign_in_required") }
        let now = services.clock.now()
        var logIndex: Int?
        if !isPreview {
            let entry = services.entry(
                "list.imported", by: context,
                on: AuditSubject(round: round.id, indicator: header.indicator, key: "list:\(reading.list.id)"),
                payload: [
                    "title": .string(header.title), "document": .string(header.document),
                    "digest": .string(reading.list.digest.hex), "rows": .number(Double(reading.list.rows.count)),
                ])
            let new = ListImport(round: round.id, list: reading.list, file: bytes, by: account, at: now)
            logIndex = try await services.match.lists.add(new, entry: entry)
        }
        let summary = ListSummary(
            id: reading.list.id, header: header, digest: reading.list.digest, rowCount: reading.list.rows.count,
            by: account, at: now, logIndex: logIndex ?? -1, withdrawnAt: nil)
        let resource = ListImportResource(
            summary, reading, isPreview: isPreview, language: context.language)
        return .json(
            resource, status: isPreview ? .ok : .created,
            headers: isPreview ? [:] : [.location: "/api/v1/rounds/\(round.id)/lists/\(reading.list.id)"])
    }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        .json(OfficialListResource(try await found(context).summary))
    }

    @Sendable func rows(_ request: Request, _ context: WebContext) async throws -> Response {
        let (round, list) = try await found(context)
        let query = try ListQuery(request)
        let after = query.cursor.flatMap { Int($0) } ?? 0
        let rows = try await services.match.lists.rows(round.id, list.id, after: after, limit: query.limit + 1)
        let page = Array(rows.prefix(query.limit))
        return .json(ListPage(items: page, next: rows.count > query.limit ? page.last.map { "\($0.number)" } : nil))
    }

    /// The file as it was imported.
    @Sendable func file(_ request: Request, _ context: WebContext) async throws -> Response {
        let (round, list) = try await found(context)
        guard let bytes = try await services.match.lists.file(round.id, list.id) else {
            throw Failure("match.list_unknown", ["list": list.id.rawValue])
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv", .cacheControl: "private, no-cache",
                .contentDisposition: "attachment; filename=\"list-\(list.id).csv\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    @Sendable func act(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.importList)
        let (round, list) = try await found(context)
        try round.requireMatchable()
        let body = try await JSONBody.decode(Act.self, from: request)
        guard !body.reason.trimmingWhitespace().isEmpty, body.reason.count <= 2000 else {
            throw Failure("review.reason_required")
        }
        let entry = services.entry(
            "list.withdrawn", by: context,
            on: AuditSubject(round: round.id, indicator: list.header.indicator, key: "list:\(list.id)"),
            reason: body.reason, payload: ["digest": .string(list.digest.hex)])
        try await services.match.lists.withdraw(list.id, of: round.id, at: services.clock.now(), entry: entry)
        guard let now = try await services.match.lists.summary(round.id, list.id) else {
            throw Failure("match.list_unknown", ["list": list.id.rawValue])
        }
        return .json(OfficialListResource(now))
    }

    private func found(_ context: WebContext) async throws -> (round: Round, summary: ListSummary) {
        try context.principal.require(.readList)
        let round = try await services.round(context)
        let id = ListID(try context.parameter("list"))
        guard let summary = try await services.match.lists.summary(round.id, id) else {
            throw Failure("match.list_unknown", ["list": String(id.rawValue.prefix(64))])
        }
        return (round, summary)
    }
}

extension Round {
    /// Lists are imported and matched until the public notice.
    /// - Throws: `match.round_closed`.
    func requireMatchable() throws(Failure) {
        guard (RoundState.preparing.order...RoundState.panel.order).contains(state.order) else {
            throw Failure("match.round_closed", ["state": state.rawValue])
        }
    }
}
