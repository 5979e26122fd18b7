import Access
import Evaluate
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Review
import Scheme
import Vocabulary

/// Computations through the API: start, watch, stop, and the inputs they were made from.
struct ComputationRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/computations", use: list)
        router.post("/api/v1/rounds/:round/computations", use: start)
        router.get("/api/v1/rounds/:round/computations/:computation", use: get)
        router.post("/api/v1/rounds/:round/computations/:computation/stop", use: stop)
        router.get("/api/v1/rounds/:round/computations/:computation/events", use: events)
        router.get("/api/v1/rounds/:round/computations/:computation/values.csv", use: values)
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readComputation)
        let round = try await services.round(context)
        let query = try ListQuery(request)
        let runs = try await services.evaluations.runs(round.id)
        let after = query.cursor.flatMap { Int($0) } ?? Int.max
        let rest = runs.filter { $0.number < after }
        let page = rest.prefix(query.limit).map { ComputationResource($0, language: context.language) }
        let next = rest.count > query.limit ? page.last?.id : nil
        return .json(ListPage(items: Array(page), next: next))
    }

    @Sendable func start(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runComputation)
        let round = try await services.round(context)
        guard let account = context.principal.account else { throw Failure("access.sign_in_required") }
        let scheme = try await services.scheme(of: round)
        let run = try await services.computations.start(round: round, scheme: scheme, by: account)
        let address = "/api/v1/rounds/\(round.id)/computations/\(run.number)"
        return .json(
            ComputationResource(run, language: context.language), status: .accepted, headers: [.location: address])
    }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readComputation)
        return .json(ComputationResource(try await run(context), language: context.language))
    }

    @Sendable func stop(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runComputation)
        let run = try await run(context)
        try await services.computations.stop(run.round, run.number)
        return .json(ComputationResource(run, language: context.language), status: .accepted)
    }

    /// Server-sent events: `progress` with each step, then one `end`; the connection closes after it.
    @Sendable func events(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readComputation)
        let stream = try await services.computations.events(try await run(context))
        let headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
        let body = ResponseBody { writer in
            for await event in stream {
                let name = event.isEnd ? "end" : "progress"
                var line = ByteBuffer(string: "event: \(name)\ndata: ")
                line.writeImmutableBuffer(try JSONBody.encode(event))
                line.writeString("\n\n")
                try await writer.write(line)
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }

    /// The frozen inputs as a VALUES file: `heng score` of it gives the result's bytes.
    @Sendable func values(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readDraftResult)
        let round = try await services.round(context)
        let run = try await run(context)
        let scheme = try await services.scheme(of: round)
        guard let result = try await ResultReader(store: services.evaluations).result(of: run, scheme: scheme) else {
            throw Failure("evaluate.no_result", ["round": round.id.rawValue])
        }
        return .download(result.values, name: "values-\(round.id)-\(run.number).csv")
    }

    private func run(_ context: WebContext) async throws -> EvaluationRun {
        let text = try context.parameter("computation")
        let round = try await services.round(context)
        guard let number = Int(text), let run = try await services.evaluations.run(round.id, number) else {
            throw Failure("evaluate.computation_unknown", ["number": text])
        }
        return run
    }
}

extension Response {
    /// A table that a browser saves under the name.
    static func download(_ csv: String, name: String) -> Response {
        .text(
            csv, type: "text/csv; charset=utf-8; header=present",
            headers: [.contentDisposition: "attachment; filename=\"\(name)\""])
    }
}
