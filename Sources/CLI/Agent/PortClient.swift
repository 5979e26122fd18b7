import Foundation
import Trust
import Vocabulary

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The platform's side of the port over HTTP: waits when the server is away or asks for patience, repeats only what may
/// be repeated.
struct PortClient: Sendable {
    struct Answer: Sendable {
        var status: Int
        var body: Data

        func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            let decoder = JSONDecoder()
            do { return try decoder.decode(type, from: body) } catch {
                throw Failure("agent.answer_unreadable", cause: error)
            }
        }
    }

    private struct Problem: Decodable {
        struct Item: Decodable { let message: String }
        let detail: String
        let findings: [Item]?
    }

    /// How long one request waits for a server that is away.
    static let patienceSeconds: Double = 600

    let base: URL
    private let key: String
    private let signer: RequestSigner?
    private let announce: @Sendable (String, [String: String]) -> Void
    private let session: URLSession

    init(
        server: String, key: String?, signer: RequestSigner?,
        announce: @escaping @Sendable (String, [String: String]) -> Void
    ) throws {
        guard let base = URL(string: server), base.host != nil, ["http", "https"].contains(base.scheme) else {
            throw Failure("agent.server_address", ["server": server])
        }
        guard let key = key ?? ProcessInfo.processInfo.environment["HENG_KEY"], !key.isEmpty else {
            throw Failure("agent.key_missing")
        }
        self.base = base
        self.key = key
        self.signer = signer
        self.announce = announce
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 120
        configuration.httpShouldSetCookies = false
        session = URLSession(configuration: configuration)
    }

    /// The answer to a request that succeeded.
    ///
    /// Broken connections and the answers 409 (in progress), 429 and 503 are waited for with growing, jittered pauses;
    /// every request of the agent may be repeated: reads, batches under an idempotency key, answers to challenges.
    /// - Throws: `agent.refused` with what the server says, `agent.server_away` when the patience is over.
    func ask(_ method: String, _ path: String, body: Data? = nil, headers: [String: String] = [:]) async throws
        -> Answer
    {
        guard let url = URL(string: path, relativeTo: base)?.absoluteURL else {
            throw Failure("agent.server_address", ["server": path])
        }
        let deadline = Date().addingTimeInterval(Self.patienceSeconds)
        var pause = 0.25
        var said = false
        while true {
            try Task.checkCancellation()
            var wait = pause
            do {
                let (answer, after) = try await once(method, url, body, headers)
                if (200..<300).contains(answer.status) { return answer }
                guard [409, 429, 503].contains(answer.status), after != nil, Date() < deadline else {
                    throw refusal(answer)
                }
                wait = max(after ?? 0, wait)
            } catch let error as URLError {
                guard Date() < deadline else {
                    throw Failure("agent.server_away", ["server": base.absoluteString], cause: error)
                }
                if !said { announce("agent.waiting", ["server": base.absoluteString]) }
                said = true
            }
            try await Task.sleep(for: .seconds(wait * Double.random(in: 0.75...1.25)))
            pause = min(pause * 2, 15)
        }
    }

    private func once(
        _ method: String, _ url: URL, _ body: Data?, _ headers: [String: String]
    ) async throws -> (Answer, retryAfter: Double?) {
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpBody = body
        var all = headers
        if let body { all["Content-Digest"] = ContentDigest.field(of: Array(body)) }
        for (name, value) in all { request.setValue(value, forHTTPHeaderField: name) }
        for field in try signer?.fields(method, url, all) ?? [] {
            request.setValue(field.value, forHTTPHeaderField: field.name)
        }
        request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization")
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        let after = response.value(forHTTPHeaderField: "Retry-After").flatMap(Double.init)
        return (Answer(status: response.statusCode, body: data), after)
    }

    private func refusal(_ answer: Answer) -> Failure {
        let problem = try? JSONDecoder().decode(Problem.self, from: answer.body)
        let more = problem?.findings?.map(\.message) ?? []
        return Failure(
            "agent.refused",
            ["status": "\(answer.status)", "detail": ([problem?.detail ?? ""] + more).joined(separator: " ")])
    }
}
