import HTTPTypes
import Hummingbird
import NIOCore
import Scheme
import Vocabulary

/// Schemes through the API: how an evaluation works is public from the first day.
struct SchemeRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/schemes", use: list)
        router.get("/api/v1/schemes/:scheme", use: get)
        router.get("/api/v1/schemes/:scheme/file", use: file)
    }

    /// In the order of their ids.
    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let query = try ListQuery(request)
        let all = try await services.schemes.schemes()
        let rest = all.filter { query.cursor == nil || $0.id.rawValue > query.cursor ?? "" }
        let page = rest.prefix(query.limit)
        let next = rest.count > page.count ? page.last?.id.rawValue : nil
        return .json(ListPage(items: page.map { SchemeSummary($0) }, next: next))
    }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let scheme = try await scheme(context)
        return .json(SchemeResource(scheme), headers: [.eTag: "\"\(scheme.digest)\""])
    }

    /// The very bytes whose SHA-256 is the digest.
    @Sendable func file(_ request: Request, _ context: WebContext) async throws -> Response {
        let scheme = try await scheme(context)
        guard let bytes = try await services.schemes.file(digest: scheme.digest) else {
            throw Failure("scheme.unknown", ["scheme": scheme.id.rawValue])
        }
        let headers: HTTPFields = [
            .contentType: "application/yaml", .eTag: "\"\(scheme.digest)\"", .cacheControl: "no-store",
            .contentDisposition: "attachment; filename=\"\(scheme.id).yaml\"",
        ]
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The newest version under the id.
    private func scheme(_ context: WebContext) async throws -> IndicatorScheme {
        let id = SchemeID(try context.parameter("scheme"))
        guard let scheme = try await services.schemes.scheme(id) else {
            throw Failure("scheme.unknown", ["scheme": id.rawValue])
        }
        return scheme
    }
}
