import Foundation
import Trust
import Vocabulary

/// Checks and makes password hashes off the request threads, few at a time: each takes 16 MiB and a core for some
/// tens of milliseconds.
public actor HashingGate {
    private let atOnce: Int
    private let queueLimit: Int
    private var running = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// - Parameters:
    ///   - atOnce: Hashes computed at the same time; one processor is left to requests.
    ///   - queueLimit: Callers that may wait; the next one is told to come back.
    public init(
        atOnce: Int = max(1, ProcessInfo.processInfo.activeProcessorCount - 1), queueLimit: Int = 256
    ) {
        self.atOnce = atOnce
        self.queueLimit = queueLimit
    }

    /// Throws: `access.busy`.
    public func matches(_ hash: PasswordHash, _ password: String) async throws -> Bool {
        try await work { hash.matches(password) }
    }

    /// Throws: `access.busy`, and what `PasswordHash.init(of:random:cost:)` throws.
    public func hash(_ password: String, random: any RandomSource, cost: Int = 5) async throws -> PasswordHash {
        try await work { Result { try PasswordHash(of: password, random: random, cost: cost) } }.get()
    }

    private func work<Value: Sendable>(_ body: @Sendable @escaping () -> Value) async throws -> Value {
        if running >= atOnce {
            guard waiting.count < queueLimit else { throw Failure("access.busy", ["retryAfterSeconds": "2"]) }
            // The slot is handed over by whoever leaves, so `running` stays as it is.
            await withCheckedContinuation { waiting.append($0) }
        } else {
            running += 1
        }
        defer { leave() }
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: body()) }
        }
    }

    private func leave() {
        if waiting.isEmpty { running -= 1 } else { waiting.removeFirst().resume() }
    }
}
