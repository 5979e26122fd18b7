import Access
import Foundation
import HTTPTypes
import Hummingbird
import Trust
import Vocabulary

/// The audit log through the API. Everything but the opening of a commitment is public.
struct LogRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/log/checkpoint", use: checkpoint)
        router.get("/api/v1/log/key", use: key)
        router.get("/api/v1/log/entries", use: entries)
        router.get("/api/v1/log/entries/:index", use: entry)
        router.get("/api/v1/log/entries/:index/proof", use: proof)
        router.get("/api/v1/log/entries/:index/proof.txt", use: proofFile)
        router.get("/api/v1/log/entries/:index/opening", use: opening)
        router.get("/api/v1/log/inclusion", use: inclusion)
        router.get("/api/v1/log/consistency", use: consistency)
        router.get("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/proof", use: cellProof)
    }

    /// The signed note, C2SP tlog-checkpoint.
    @Sendable func checkpoint(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readPublic)
        return .text(try await services.log.checkpoint().note)
    }

    /// The public key, in the form that note tools read.
    @Sendable func key(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readPublic)
        return .text(services.log.verifier.description + "\n")
    }

    @Sendable func entries(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readPublic)
        let start = try Self.number("start", request) ?? 0
        let query = try ListQuery(request)
        let from = try query.cursor.map { cursor in
            guard let value = Int(cursor), value >= 0 else { throw Self.invalid("cursor", "0…") }
            return value
        }
        let found = try await services.log.entries(start: from ?? start, limit: query.limit + 1)
        let page = found.prefix(query.limit)
        let next = found.count > query.limit ? page.last.map { "\($0.index + 1)" } : nil
        return .json(ListPage(items: page.map(LogEntryResource.init), next: next))
    }

    @Sendable func entry(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readPublic)
        return .json(LogEntryResource(try await found(context)))
    }

    /// Path, checkpoint and proof file as JSON.
    @Sendable func proof(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readPublic)
        return .json(ProofResource(try await services.log.proof(found(context).index)))
    }

    /// The proof file itself (C2SP tlog-proof), which `heng log verify` checks.
    @Sendable func proofFile(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readPublic)
        let index = try await found(context).index
        return .text(
            try await services.log.proof(index).text,
            headers: [.contentDisposition: "attachment; filename=\"entry-\(index).tlog-proof\""])
    }

    /// What an entry commits to: reason and payload, for oversight.
    @Sendable func opening(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readAudit)
        let index = try await found(context).index
        guard let opening = try await services.log.opening(index) else {
            throw Failure("trust.opening_gone", ["index": "\(index)"])
        }
        return .json(OpeningResource(index: index, opening))
    }

    @Sendable func inclusion(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readPublic)
        let index = try Self.required("index", request)
        let proof = try await services.log.inclusion(index: index, size: try await size("size", request))
        return .json(InclusionResource(proof))
    }

    @Sendable func consistency(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readPublic)
        let first = try Self.required("first", request)
        let proof = try await services.log.consistency(first: first, second: try await size("second", request))
        return .json(ConsistencyResource(proof))
    }

    /// The proof of the newest entry about a cell, for whoever may read the cell; the entry itself is public.
    @Sendable func cellProof(_ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await services.round(context)
        let isPublished = round.state == .published || round.state == .archived
        if !isPublished { try context.principal.require(.readRound) }
        let participation = try await services.participation(context)
        if !isPublished { try context.principal.require(.readCell, on: participation.scope) }
        let scheme = try await services.scheme(of: round)
        let indicator = try services.indicator(context, in: scheme)
        guard
            let index = try await services.log.lastChange(
                participation.round, participation.platform, indicator.id)
        else { throw Failure("trust.cell_unchanged") }
        return .json(ProofResource(try await services.log.proof(index)))
    }

    private func found(_ context: WebContext) async throws -> LoggedEntry {
        let text = try context.parameter("index")
        guard let index = Int(text), index >= 0 else { throw Failure("web.not_found") }
        if let entry = try await services.log.entry(index) { return entry }
        let size = try await services.log.checkpoint().checkpoint.size
        throw Failure("trust.index_outside", ["index": "\(index)", "size": "\(size)"])
    }

    private func size(_ name: String, _ request: Request) async throws -> Int {
        if let given = try Self.number(name, request) { return given }
        return try await services.log.checkpoint().checkpoint.size
    }

    private static func required(_ name: String, _ request: Request) throws(Failure) -> Int {
        guard let value = try number(name, request) else { throw invalid(name, "0…") }
        return value
    }

    private static func number(_ name: String, _ request: Request) throws(Failure) -> Int? {
        guard let text = request.uri.queryParameters[Substring(name)] else { return nil }
        guard let value = Int(text), value >= 0 else { throw invalid(name, "0…") }
        return value
    }

    private static func invalid(_ name: String, _ expected: String) -> Failure {
        Failure("web.parameter_invalid", ["name": name, "expected": expected])
    }
}
