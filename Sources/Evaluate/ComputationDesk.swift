import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Where computations are asked for, watched and stopped. At most one runs in a round, and one after the other in all.
///
/// `run()` does the work and belongs into a task group of the server; without it computations only queue.
public actor ComputationDesk {
    /// What a computation needs of the rest of the house.
    public struct Sources: Sendable {
        public var store: any EvaluationStore
        public var rounds: any RoundStore
        public var verifications: any VerificationStore
        public var declarations: any DeclarationStore
        /// In the order of `EvaluationStep`.
        public var steps: [any SettlingStep]
        public var clock: any Clock
        public var random: any RandomSource

        public init(
            store: any EvaluationStore, rounds: any RoundStore, verifications: any VerificationStore,
            declarations: any DeclarationStore, steps: [any SettlingStep], clock: any Clock, random: any RandomSource
        ) {
            self.store = store
            self.rounds = rounds
            self.verifications = verifications
            self.declarations = declarations
            self.steps = steps
            self.clock = clock
            self.random = random
        }
    }

    /// A computation's place in `run()`.
    private struct Job: Sendable {
        let run: EvaluationRun
        let round: Round
        let scheme: IndicatorScheme
    }

    private struct Key: Hashable {
        let round: RoundID
        let number: Int
    }

    /// No round waits longer than for so many others.
    private static let queueLimit = 16

    private let sources: Sources
    private let queue: AsyncStream<Job>
    private let enqueue: AsyncStream<Job>.Continuation
    /// Begun by this desk and not ended yet; what stands as running besides was cut off by a crash.
    private var own: Set<Key> = []
    /// Rounds whose next computation is being written down at this moment: it runs in the store and is not in `own` yet.
    private var beginning: Set<RoundID> = []
    private var stopping: Set<Key> = []
    private var watchers: [Key: [Int: AsyncStream<ComputationEvent>.Continuation]] = [:]
    private var last: [Key: ComputationEvent] = [:]
    private var nextWatcher = 0

    public init(_ sources: Sources) {
        self.sources = sources
        (queue, enqueue) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(ComputationDesk.queueLimit))
    }

    // MARK: For those who ask

    /// Starts a computation of the round.
    /// - Throws: `evaluate.round_state` unless the round is in a state in which results are made;
    ///   `evaluate.already_running`; `evaluate.queue_full`.
    public func start(round: Round, scheme: IndicatorScheme, by: AccountID) async throws -> EvaluationRun {
        guard round.mayBeComputed else {
            throw Failure("evaluate.round_state", ["state": round.state.rawValue])
        }
        let draft = EvaluationRun(
            round: round.id, number: 0, startedBy: by, startedAt: sources.clock.now(), schemeDigest: scheme.digest,
            lotSeed: EvaluationRun.lotSeed(round: round.id, schemeDigest: scheme.digest))
        let entry = entry("computation.started", AuditSubject(round: round.id), nil, ["by": .string(by.rawValue)])
        beginning.insert(round.id)
        defer { beginning.remove(round.id) }
        let run = try await sources.store.begin(draft, entry: entry)
        own.insert(Key(round: run.round, number: run.number))
        if case .enqueued = enqueue.yield(Job(run: run, round: round, scheme: scheme)) { return run }
        try await end(run, .failed, failure: "evaluate.queue_full")
        throw Failure("evaluate.queue_full")
    }

    /// Asks the computation to stop at its next step; what it has settled stays settled.
    /// - Throws: `evaluate.not_running`.
    public func stop(_ round: RoundID, _ number: Int) async throws {
        guard let run = try await sources.store.run(round, number), run.state == .running else {
            throw Failure("evaluate.not_running", ["number": "\(number)"])
        }
        stopping.insert(Key(round: round, number: number))
    }

    /// The computation's progress from now on: the last event first, then each as it comes, ending with `isEnd`.
    /// A slow reader loses the oldest.
    public func events(_ run: EvaluationRun) async throws -> AsyncStream<ComputationEvent> {
        let key = Key(round: run.round, number: run.number)
        let (stream, continuation) = AsyncStream.makeStream(
            of: ComputationEvent.self, bufferingPolicy: .bufferingNewest(64))
        guard own.contains(key) else {
            let now = try await sources.store.run(run.round, run.number)
            continuation.yield(ComputationEvent(state: now?.state ?? run.state))
            continuation.finish()
            return stream
        }
        if let event = last[key] { continuation.yield(event) }
        nextWatcher += 1
        let id = nextWatcher
        watchers[key, default: [:]][id] = continuation
        return stream
    }

    // MARK: The work

    /// Works until the task is cancelled. At the beginning, computations that a crash cut off are closed.
    public func run() async throws {
        for run in try await sources.store.running()
        where !own.contains(Key(round: run.round, number: run.number)) && !beginning.contains(run.round) {
            try await end(run, .interrupted, failure: nil)
        }
        for await job in queue {
            try await work(job)
            if Task.isCancelled { break }
        }
    }

    private func work(_ job: Job) async throws {
        let key = Key(round: job.run.round, number: job.run.number)
        do {
            let outcome = try await evaluation(of: job).run(lotSeed: job.run.lotSeed) { [weak self] step, done, total in
                try await self?.report(key, step, done, total)
            }
            try report(key, .record, 0, 1)
            try await finish(job, outcome)
        } catch let failure as Failure where failure.code == "evaluate.stopped" {
            try await end(job.run, .stopped, failure: nil)
        } catch is CancellationError {
            // The server ends: the run stays as running and is closed as interrupted at the next start.
            return
        } catch let failure as Failure {
            try await end(job.run, .failed, failure: failure.code)
        } catch {
            try await end(job.run, .failed, failure: "evaluate.unexpected")
        }
    }

    private func evaluation(of job: Job) async throws -> Evaluation {
        var participations: [Participation] = []
        repeat {
            let page = try await sources.rounds.participations(
                job.round.id, after: participations.last?.platform, limit: 500)
            participations += page
            if page.count < 500 { break }
        } while true
        let field = EvaluationField(
            round: job.round, scheme: job.scheme, participations: participations.filter(\.submission.isRanked),
            by: job.run.startedBy, at: job.run.startedAt)
        return Evaluation(
            field: field, steps: sources.steps, verifications: sources.verifications,
            declarations: sources.declarations,
            entry: { [self] kind, subject, reason, payload in entry(kind, subject, reason, payload) })
    }

    private func finish(_ job: Job, _ outcome: Evaluation.Outcome) async throws {
        var run = job.run
        let inputs = outcome.result.inputs
        run.state = .finished
        run.finishedAt = sources.clock.now()
        run.inputsDigest = inputs.digest
        run.resultDigest = outcome.result.digest
        run.waitingCount = inputs.waitingCount
        run.isProvisional = run.waitingCount > 0
        run.findings = Array(outcome.findings.prefix(1000))
        let payload = CanonicalJSON.object([
            "number": .string("\(run.number)"), "inputs": .string(inputs.digest.hex),
            "result": .string(outcome.result.digest.hex), "scheme": .string(run.schemeDigest.hex),
        ])
        let entry = entry("computation.finished", AuditSubject(round: run.round), nil, payload)
        try await sources.store.end(run, inputs: inputs, entry: entry)
        announce(ComputationEvent(state: .finished), Key(round: run.round, number: run.number))
    }

    private func end(_ run: EvaluationRun, _ state: EvaluationRun.State, failure: String?) async throws {
        var run = run
        run.state = state
        run.finishedAt = sources.clock.now()
        run.failure = failure
        let payload = CanonicalJSON.object([
            "number": .string("\(run.number)"), "failure": failure.map { .string($0) } ?? .null,
        ])
        let kind = AuditKind("computation.\(state.rawValue)")
        try await sources.store.end(
            run, inputs: nil, entry: entry(kind, AuditSubject(round: run.round), nil, payload))
        announce(ComputationEvent(state: state), Key(round: run.round, number: run.number))
    }

    // MARK: Progress

    private func report(_ key: Key, _ step: EvaluationStep, _ done: Int, _ total: Int) throws {
        if stopping.contains(key) { throw Failure("evaluate.stopped") }
        try Task.checkCancellation()
        announce(ComputationEvent(state: .running, step: step, done: done, total: total), key)
    }

    private func announce(_ event: ComputationEvent, _ key: Key) {
        last[key] = event.isEnd ? nil : event
        for (id, continuation) in watchers[key] ?? [:] {
            if case .terminated = continuation.yield(event) { watchers[key]?[id] = nil }
            if event.isEnd { continuation.finish() }
        }
        guard event.isEnd else { return }
        watchers[key] = nil
        own.remove(key)
        stopping.remove(key)
    }

    private nonisolated func entry(
        _ kind: AuditKind, _ subject: AuditSubject, _ reason: String?, _ payload: CanonicalJSON
    ) -> AuditEntry {
        AuditEntry(
            kind, actor: .system("computation"), at: sources.clock.now(), subject: subject, reason: reason,
            payload: payload, salt: sources.random.salt())
    }
}
