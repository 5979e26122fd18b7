import Scheme
import Trust
import Vocabulary

/// Takes batches in: the rules of the push interface without its HTTP.
public struct PortDesk: Sendable {
    /// One request of a platform's program.
    public struct Push: Sendable {
        public var key: PortKey
        public var idempotencyKey: String
        /// What the request says besides its body: batch or part of a snapshot, and the reason for being late.
        public var address: String
        /// As sent.
        public var body: [UInt8]
        public var coding: ContentCoding
        public var lateReason: String?
        public var snapshot: NewBatch.SnapshotPart?
        /// SHA-256 of the body where it is known already.
        public var digest: Digest?
        /// The key that signed the request; nil when none did.
        public var signingKey: String?

        public init(
            key: PortKey, idempotencyKey: String, address: String, body: [UInt8], coding: ContentCoding,
            lateReason: String?, snapshot: NewBatch.SnapshotPart?, digest: Digest? = nil, signingKey: String? = nil
        ) {
            self.key = key
            self.idempotencyKey = idempotencyKey
            self.address = address
            self.body = body
            self.coding = coding
            self.lateReason = lateReason
            self.snapshot = snapshot
            self.digest = digest
            self.signingKey = signingKey
        }
    }

    private let store: any RecordStore
    private let clock: any Clock
    private let random: any RandomSource
    private let policy: PortPolicy
    private let gate: PushGate

    public init(
        store: any RecordStore, clock: any Clock, random: any RandomSource, policy: PortPolicy = .standard
    ) {
        self.store = store
        self.clock = clock
        self.random = random
        self.policy = policy
        self.gate = PushGate(policy: policy, clock: clock)
    }

    /// Reads and keeps a batch; the same request again gets the same receipt. What is returned is on disk.
    /// - Throws: `collect.key-reused` (same key, other request), `collect.window-closed`, `collect.snapshot-kind`,
    ///   `collect.late-reason-too-long`, and what `PushGate`, `BatchReader` and the store throw.
    public func receive(_ push: Push, scheme: IndicatorScheme, window: PortWindow) async throws -> BatchReceipt {
        let owner = "\(push.key.round)/\(push.key.platform)"
        return try await gate.through(owner: owner, request: owner + "/" + push.idempotencyKey) {
            let contentDigest = push.digest ?? Digest.sha256(of: push.body)
            let requestDigest = Digest.sha256(of: Array(push.address.utf8) + [0x0a] + contentDigest.bytes)
            if let known = try await repeated(push, requestDigest) { return known }
            let now = clock.now()
            let reading = try await read(push, scheme, window, now)
            guard let cutter = DayCutter(zoneName: scheme.zone) else {
                throw Failure("collect.zone_unknown", ["zone": scheme.zone])
            }
            let batch = NewBatch(
                id: Hexadecimal.text(random.bytes(10)), round: push.key.round, platform: push.key.platform,
                key: push.key.id, idempotencyKey: push.idempotencyKey, requestDigest: requestDigest,
                contentDigest: contentDigest, reading: reading, lateReason: push.lateReason,
                snapshot: push.snapshot, signingKey: push.signingKey, cutter: cutter, receivedAt: now)
            do {
                return try await store.accept(batch, entry: entry(batch))
            } catch let failure as Failure where failure.code == "collect.idempotency-key-in-use" {
                // Another process or an earlier life of this one was faster.
                guard let known = try await repeated(push, requestDigest) else { throw failure }
                return known
            }
        }
    }

    /// Reads a batch with a sandbox key: every rule, nothing kept.
    public func rehearse(_ push: Push, scheme: IndicatorScheme, window: PortWindow) async throws -> BatchReceipt {
        let owner = "sandbox/\(push.key.round)/\(push.key.platform)"
        return try await gate.through(owner: owner, request: owner + "/" + push.idempotencyKey) {
            let now = clock.now()
            var open = window
            open.isCollecting = true
            open.isReplay = true
            let reading = try await read(push, scheme, open, now)
            return BatchReceipt(
                batch: nil, round: push.key.round, platform: push.key.platform, reading: reading, snapshot: nil,
                digest: Digest.sha256(of: push.body), logIndex: nil, signedBy: push.signingKey, receivedAt: now)
        }
    }

    private func repeated(_ push: Push, _ digest: Digest) async throws -> BatchReceipt? {
        let known = try await store.receipt(push.key.round, push.key.platform, idempotencyKey: push.idempotencyKey)
        guard let known else { return nil }
        guard known.requestDigest == digest else {
            throw Failure("collect.key-reused", ["key": push.idempotencyKey])
        }
        return known.receipt
    }

    private func read(
        _ push: Push, _ scheme: IndicatorScheme, _ window: PortWindow, _ now: Instant
    ) async throws -> BatchReading {
        var context = try RecordContext(
            scheme: scheme, platform: push.key.platform, cutOff: window.cutOff, seed: try await store.seed(), now: now)
        try window.check(now: now, cutter: context.cutter)
        if let reason = push.lateReason {
            guard !reason.allSatisfy(\.isWhitespace), reason.count <= policy.longestReason else {
                throw Failure("collect.late-reason-too-long", ["limit": "\(policy.longestReason)"])
            }
            context.hasLateReason = true
        } else if window.isReplay {
            context.onTimeFrom = nil
        }
        if let snapshot = push.snapshot {
            guard snapshot.kind.takesSnapshots else {
                throw Failure("collect.snapshot-kind", ["kind": snapshot.kind.name])
            }
            try checkDate(snapshot, context, now)
            context.snapshotKind = snapshot.kind
        }
        return try BatchReader.read(push.body, push.coding, context: context, limits: policy.limits)
    }

    /// A snapshot speaks of a day that has begun, and is late like any other data.
    private func checkDate(_ snapshot: NewBatch.SnapshotPart, _ context: RecordContext, _ now: Instant) throws {
        guard snapshot.date <= context.cutter.day(of: now) else {
            throw Failure("collect.snapshot-future", ["date": "\(snapshot.date)"])
        }
        if let earliest = context.earliestActivity, context.cutter.start(of: snapshot.date) < earliest {
            throw Failure("collect.snapshot-too-old", ["date": "\(snapshot.date)"])
        }
        if let onTime = context.onTimeFrom, snapshot.date < onTime, !context.hasLateReason {
            throw Failure("collect.late-reason-missing", ["date": "\(snapshot.date)"])
        }
    }

    private func entry(_ batch: NewBatch) -> AuditEntry {
        var payload: [String: CanonicalJSON] = [
            "batch": .string(batch.id), "digest": .string(batch.contentDigest.hex),
            "accepted": .number(Double(batch.reading.accepted)),
            "rejected": .number(Double(batch.reading.rejects.count)),
            "late": .number(Double(batch.reading.lateRows)),
        ]
        if let snapshot = batch.snapshot {
            payload["snapshot"] = [
                "kind": .string(snapshot.kind.name), "date": .string("\(snapshot.date)"),
                "complete": .bool(snapshot.completes),
            ]
        }
        if let signer = batch.signingKey { payload["signedBy"] = .string(signer) }
        return AuditEntry(
            batch.snapshot == nil ? "port.batch" : "port.snapshot", actor: .system("port-key:\(batch.key)"),
            at: batch.receivedAt,
            subject: AuditSubject(round: batch.round, platform: batch.platform, key: "batch:\(batch.id)"),
            reason: batch.lateReason, payload: .object(payload), salt: random.salt())
    }
}
