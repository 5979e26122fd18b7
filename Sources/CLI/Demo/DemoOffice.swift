import Foundation
import Vocabulary

/// Signs in as whoever is needed and sends requests in their name.
actor DemoOffice {
    private let client: DemoClient
    private let password: String
    private var tokens: [String: Task<String, any Error>] = [:]

    init(client: DemoClient, password: String) {
        self.client = client
        self.password = password
    }

    /// The answer to a request of the account; signs in when there is no session, and again when it has ended.
    ///
    /// - Parameters:
    ///   - account: nil asks as nobody.
    ///   - accepting: statuses that are as good as success here: 409 where the thing is there already.
    /// - Throws: `demo.refused` with what the server said; `demo.server_away`.
    @discardableResult
    nonisolated func ask(
        _ request: DemoRequest, as account: String? = nil, accepting: Set<Int> = []
    ) async throws -> DemoAnswer {
        var answer = try await client.send(request, token: try await token(of: account))
        if answer.status == 401, let account {
            await forget(account)
            answer = try await client.send(request, token: try await token(of: account))
        }
        guard answer.isSuccess || accepting.contains(answer.status) else {
            throw DemoOffice.refusal(request, answer)
        }
        return answer
    }

    /// Sends without any session: the port has keys of its own.
    nonisolated func send(_ request: DemoRequest, key: String) async throws -> DemoAnswer {
        try await client.send(request, token: key)
    }

    static func refusal(_ request: DemoRequest, _ answer: DemoAnswer) -> Failure {
        let said = answer.json?["detail"]?.text ?? String(decoding: answer.body.prefix(300), as: UTF8.self)
        let findings = (answer.json?["findings"]?.list ?? []).prefix(5).compactMap { $0["message"]?.text }
        return Failure(
            "demo.refused",
            [
                "method": request.method, "path": request.path, "status": "\(answer.status)",
                "said": ([said] + findings).joined(separator: " · "),
            ])
    }

    private nonisolated func token(of account: String?) async throws -> String? {
        guard let account else { return nil }
        return try await session(account).value
    }

    private func forget(_ account: String) { tokens[account] = nil }

    /// One sign-in an account, however many ask at once.
    private func session(_ account: String) -> Task<String, any Error> {
        if let known = tokens[account] { return known }
        let (client, password) = (client, password)
        let signIn = Task {
            let request = DemoRequest.json(
                "POST", "/api/v1/sessions", ["account": .text(account), "password": .text(password)])
            let answer = try await client.send(request)
            guard answer.isSuccess, let token = answer.json?["token"]?.text else {
                throw DemoOffice.refusal(request, answer)
            }
            return token
        }
        tokens[account] = signIn
        return signIn
    }
}

/// Runs the work over all items, at most `limit` at once; the first failure ends the rest.
func forEachConcurrently<Item: Sendable>(
    _ items: [Item], limit: Int, _ work: @escaping @Sendable (Item) async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        var waiting = items.makeIterator()
        for _ in 0..<limit {
            guard let item = waiting.next() else { break }
            group.addTask { try await work(item) }
        }
        while try await group.next() != nil {
            if let item = waiting.next() { group.addTask { try await work(item) } }
        }
    }
}
