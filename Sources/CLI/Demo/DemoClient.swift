import Foundation
import Vocabulary

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// An answer of the server.
struct DemoAnswer: Sendable {
    var status: Int
    var body: Data
    /// Names in lower case.
    var headers: [String: String]

    /// The body as JSON; nil when it is none.
    var json: DemoJSON? { try? JSONDecoder().decode(DemoJSON.self, from: body) }
    /// The problem's code; empty when the answer is no problem.
    var problemCode: String { json?["code"]?.text ?? "" }
    var isSuccess: Bool { (200..<300).contains(status) }
}

/// A request that can be sent again.
struct DemoRequest: Sendable {
    var method: String
    /// From the root, with the query: `/api/v1/rounds`.
    var path: String
    var body: Data?
    var headers: [String: String] = [:]

    static func get(_ path: String) -> DemoRequest { DemoRequest(method: "GET", path: path) }

    static func json(_ method: String, _ path: String, _ value: DemoJSON, ifMatch: String? = nil) -> DemoRequest {
        var headers = ["Content-Type": "application/json"]
        if let ifMatch { headers["If-Match"] = ifMatch }
        return DemoRequest(method: method, path: path, body: value.data, headers: headers)
    }
}

/// Speaks HTTP with the server as any client would: waits when it is away, slows down when it is asked to.
///
/// A request is repeated when the connection breaks or the answer is 429 or 503. Every request of the demonstration
/// may be repeated: reads, replacements (PUT), batches under an idempotency key, and creations that answer 409 when the
/// thing is already there.
struct DemoClient: Sendable {
    let base: URL
    /// How long one request may wait for a server that is away, in seconds.
    let patienceSeconds: Double
    /// Told once when the server goes away.
    let onAbsence: @Sendable () -> Void
    private let session: URLSession

    init(base: URL, patienceSeconds: Double, connections: Int, onAbsence: @escaping @Sendable () -> Void) {
        self.base = base
        self.patienceSeconds = patienceSeconds
        self.onAbsence = onAbsence
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = connections
        configuration.timeoutIntervalForRequest = 60
        configuration.httpCookieAcceptPolicy = .never
        configuration.httpShouldSetCookies = false
        session = URLSession(configuration: configuration)
    }

    /// The answer, whatever its status but 429 and 503.
    ///
    /// - Throws: `demo.server_away` after the patience is over; `CancellationError`.
    func send(_ request: DemoRequest, token: String? = nil) async throws -> DemoAnswer {
        let deadline = Date().addingTimeInterval(patienceSeconds)
        var isAway = false
        var pause = 0.1
        while true {
            try Task.checkCancellation()
            do {
                let answer = try await once(request, token: token)
                guard answer.status == 429 || answer.status == 503 else { return answer }
                pause = answer.headers["retry-after"].flatMap(Double.init) ?? 1
            } catch let error as URLError {
                if !isAway { onAbsence() }
                isAway = true
                pause = min(1, pause * 1.5)
                guard Date() < deadline else {
                    throw Failure("demo.server_away", ["server": base.absoluteString], cause: error)
                }
            }
            try await Task.sleep(nanoseconds: UInt64(min(pause, 10) * 1e9))
        }
    }

    private func once(_ request: DemoRequest, token: String?) async throws -> DemoAnswer {
        guard let url = URL(string: request.path, relativeTo: base) else {
            throw Failure("demo.server_address", ["server": base.absoluteString])
        }
        var message = URLRequest(url: url)
        message.httpMethod = request.method
        message.httpBody = request.body
        for (name, value) in request.headers { message.setValue(value, forHTTPHeaderField: name) }
        if let token { message.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        let (data, response) = try await session.data(for: message)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        var headers: [String: String] = [:]
        for (name, value) in response.allHeaderFields { headers["\(name)".lowercased()] = "\(value)" }
        return DemoAnswer(status: response.statusCode, body: data, headers: headers)
    }
}
