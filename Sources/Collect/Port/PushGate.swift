import Vocabulary

/// Who may push at this moment: a rate for each platform, a bound for all, and one request at a time for one
/// idempotency key. A lost ticket cannot happen: `through` gives it back whatever the work does.
public actor PushGate {
    private struct Bucket {
        var tokens: Double
        var at: Instant
    }

    private let policy: PortPolicy
    private let clock: any Clock
    private var buckets: [String: Bucket] = [:]
    private var inProgress: Set<String> = []

    public init(policy: PortPolicy, clock: any Clock) {
        self.policy = policy
        self.clock = clock
    }

    /// Runs the work of one push.
    ///
    /// - Parameters:
    ///   - owner: Whose rate is charged: round and platform.
    ///   - request: What no two pushes may share at once: owner and idempotency key.
    /// - Throws: `collect.rate-exceeded` (429), `collect.busy` (503), `collect.in-progress` (409), and what `work` throws.
    public nonisolated func through<Value: Sendable>(
        owner: String, request: String, _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        try await enter(owner: owner, request: request)
        do {
            let value = try await work()
            await leave(request)
            return value
        } catch {
            await leave(request)
            throw error
        }
    }

    private func enter(owner: String, request: String) throws {
        let now = clock.now()
        var bucket = buckets[owner] ?? Bucket(tokens: policy.burst, at: now)
        let elapsed = Double(max(0, now.milliseconds - bucket.at.milliseconds)) / 1000
        bucket.tokens = min(policy.burst, bucket.tokens + elapsed * policy.batchesPerSecond)
        bucket.at = now
        guard bucket.tokens >= 1 else {
            buckets[owner] = bucket
            let wait = Int(((1 - bucket.tokens) / policy.batchesPerSecond).rounded(.up))
            throw Failure("collect.rate-exceeded", ["retryAfterSeconds": "\(max(1, wait))"])
        }
        guard !inProgress.contains(request) else {
            throw Failure("collect.in-progress", ["retryAfterSeconds": "1"])
        }
        guard inProgress.count < policy.concurrent else { throw Failure("collect.busy", ["retryAfterSeconds": "2"]) }
        bucket.tokens -= 1
        buckets[owner] = bucket
        inProgress.insert(request)
    }

    private func leave(_ request: String) { inProgress.remove(request) }
}
