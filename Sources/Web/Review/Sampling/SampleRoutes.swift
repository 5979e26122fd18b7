import Access
import Hummingbird
import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Lists verified by sample, through the API: see them, draw, repeat the draw, see the drawn rows.
struct SampleRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/samples", use: lists)
        router.post("/api/v1/rounds/:round/samples", use: draw)
        router.get("/api/v1/rounds/:round/platforms/:platform/samples/:indicator", use: list)
        router.get("/api/v1/rounds/:round/platforms/:platform/samples/:indicator/draw", use: repeated)
        router.get("/api/v1/rounds/:round/platforms/:platform/samples/:indicator/rows", use: rows)
    }

    struct Draw: Decodable {
        let platforms: [String]?
        let checkpoint: Int?
    }

    @Sendable func lists(_ request: Request, _ context: WebContext) async throws -> Response {
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        guard context.principal.hasSomewhere(.readSample) else {
            throw Failure("access.denied", ["permission": Permission.readSample.rawValue])
        }
        let access = try await SamplingAccess(services, context)
        let query = try ListQuery(request)
        let owners = try await access.participations().reduce(into: [:]) { $0[$1.platform] = $1 }
        let offices = Set(try await access.reach(.readSample)?.offices ?? [])
        var found: [SampledListResource] = []
        for list in try await access.store.lists(access.round.id) {
            let key = "\(list.cell.platform)/\(list.cell.indicator)"
            guard key > query.cursor ?? "", let owner = owners[list.cell.platform],
                let indicator = access.scheme.indicator(list.cell.indicator)
            else { continue }
            if !context.principal.may(.readSample, on: owner.sampleScope) {
                guard try await has(rowsOf: offices, list, access) else { continue }
            }
            found.append(SampledListResource(list, owner, indicator, access))
            if found.count > query.limit { break }
        }
        let page = Array(found.prefix(query.limit))
        let next = found.count > query.limit ? page.last.map { "\($0.platform)/\($0.indicator)" } : nil
        return .json(ListPage(items: page, next: next))
    }

    @Sendable func draw(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runSampling)
        let access = try await SamplingAccess(services, context)
        let body = try await JSONBody.decode(Draw.self, from: request)
        let report = try await SampleDrawing(access: access, context: context)
            .draw(body.platforms.map { Set($0.map { PlatformID($0) }) }, checkpoint: body.checkpoint)
        return .json(report, status: .created)
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, owner, indicator, list) = try await SampleReading(services).list(context)
        return .json(
            SampledListResource(list, owner, indicator, access), headers: [.eTag: EntityTag.text(list.version)])
    }

    @Sendable func repeated(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, _, _, list) = try await SampleReading(services).list(context)
        return .json(try await Self.drawing(list, access))
    }

    /// What the draw's numbers can be computed from.
    static func drawing(_ list: SampledList, _ access: SamplingAccess) async throws -> SampleDrawResource {
        guard let drawing = list.drawing else {
            throw Failure("sampling.not_drawn", ["indicator": list.cell.indicator.rawValue])
        }
        let rows = try await access.store.rows(
            access.round.id, DrawnRowFilter(platform: list.cell.platform, indicator: list.cell.indicator), after: nil,
            limit: 10_000)
        return SampleDrawResource(
            name: list.cell.description, list: list.digest, freezeIndex: list.freezeIndex,
            checkpointSize: drawing.checkpointSize, seed: drawing.seed, count: list.tally.drawn,
            strata: try await access.store.strata(list.id).map {
                .init(name: $0.name, rows: $0.rows, rowCount: $0.rowCount, drawnCount: $0.drawnCount)
            }, drawn: RowRanges.text(rows.map(\.number)))
    }

    @Sendable func rows(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, owner, indicator, list) = try await SampleReading(services).list(context)
        let query = try ListQuery(request, standard: 100, maximum: 100)
        var after: DrawnRowCursor?
        if let cursor = query.cursor {
            guard let number = Int(cursor), number >= 0 else {
                throw Failure("web.parameter_invalid", ["name": "cursor", "expected": "1–"])
            }
            after = DrawnRowCursor(list: list.id, number: number)
        }
        let mayReadAll = context.principal.may(.readSample, on: owner.sampleScope)
        let filter = DrawnRowFilter(
            reach: mayReadAll ? nil : try await access.reach(.readSample), platform: owner.platform,
            indicator: indicator.id)
        let found = try await access.store.rows(access.round.id, filter, after: after, limit: query.limit + 1)
        let page = Array(found.prefix(query.limit))
        let fields = try await SampleReading(services).fields(of: page)
        let proofs = try await services.cells.evidence.files(list.cell)
        return .json(
            ListPage(
                items: page.map {
                    DrawnRowResource($0, owner, indicator, fields: fields[$0] ?? [:], proofs: proofs, access)
                }, next: found.count > query.limit ? page.last.map { "\($0.number)" } : nil))
    }

    private func has(rowsOf offices: Set<RegionCode>, _ list: SampledList, _ access: SamplingAccess) async throws
        -> Bool
    {
        guard !offices.isEmpty else { return false }
        let filter = DrawnRowFilter(
            reach: .init(offices: offices), platform: list.cell.platform, indicator: list.cell.indicator)
        return try await access.store.counts(access.round.id, filter).all > 0
    }
}

/// Finds the list or the row of an address for those who may see it.
struct SampleReading: Sendable {
    let services: Services

    init(_ services: Services) { self.services = services }

    /// - Throws: `sampling.list_unknown`, and `access.denied` for who may see neither the platform's samples nor a row of
    ///   the own city.
    func list(
        _ context: WebContext
    ) async throws -> (access: SamplingAccess, owner: Participation, indicator: Indicator, list: SampledList) {
        let owner = try await services.participation(context)
        let access = try await SamplingAccess(services, context)
        let indicator = try services.indicator(context, in: access.scheme)
        let cell = CellAddress(round: owner.round, platform: owner.platform, indicator: indicator.id)
        let list = try await access.store.list(cell)
        if !context.principal.may(.readSample, on: owner.sampleScope) {
            let offices = try await access.reach(.readSample)?.offices ?? []
            let filter = DrawnRowFilter(
                reach: .init(offices: offices), platform: owner.platform, indicator: indicator.id)
            if try await access.store.counts(access.round.id, filter).all == 0 {
                try context.principal.require(.readSample, on: owner.sampleScope)
            }
        }
        guard let list else { throw Failure("sampling.list_unknown", ["indicator": indicator.id.rawValue]) }
        return (access, owner, indicator, list)
    }

    /// - Throws: `sampling.row_unknown`, and `access.denied` for who may not do this with the row.
    func row(
        _ context: WebContext, _ permission: Permission
    ) async throws -> (access: SamplingAccess, owner: Participation, indicator: Indicator, row: DrawnRow) {
        let owner = try await services.participation(context)
        let access = try await SamplingAccess(services, context)
        let (indicator, row) = try await row(of: owner, access, context, permission)
        return (access, owner, indicator, row)
    }

    /// The row of the address, of a platform that is known already.
    func row(
        of owner: Participation, _ access: SamplingAccess, _ context: WebContext, _ permission: Permission
    ) async throws -> (indicator: Indicator, row: DrawnRow) {
        let indicator = try services.indicator(context, in: access.scheme)
        let cell = CellAddress(round: owner.round, platform: owner.platform, indicator: indicator.id)
        let text = try context.parameter("row")
        let row = try await Int(text).asyncMap { try await access.store.row(cell, $0) } ?? nil
        let isOwnersBusiness = permission == .declareCell
        let scope = row.map { isOwnersBusiness ? owner.scope : owner.rowScope($0.office) } ?? owner.scope
        if !(permission == .readSample && context.principal.may(permission, on: owner.sampleScope)) {
            try context.principal.require(permission, on: scope)
        }
        guard let row else { throw Failure("sampling.row_unknown", ["row": text]) }
        return (indicator, row)
    }

    /// What the company handed in in these rows.
    func fields(of rows: [DrawnRow]) async throws -> [DrawnRow: [String: String]] {
        var all: [DrawnRow: [String: String]] = [:]
        for (_, group) in [Int64: [DrawnRow]](grouping: rows, by: \.list) {
            guard let first = group.first else { continue }
            let items = try await services.cells.declarations.rows(
                first.cell, version: first.listVersion, numbers: group.map(\.number))
            let byNumber = items.reduce(into: [:]) { $0[$1.number] = $1.fields }
            for row in group { all[row] = byNumber[row.number] }
        }
        return all
    }
}

extension Optional {
    /// `map` with a body that waits.
    func asyncMap<Result>(_ body: (Wrapped) async throws -> Result) async throws -> Result? {
        guard let value = self else { return nil }
        return try await body(value)
    }
}
