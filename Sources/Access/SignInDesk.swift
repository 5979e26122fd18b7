import Trust
import Vocabulary

/// Lets people in: looks at the password, counts wrong ones, starts sessions.
public struct SignInDesk: Sendable {
    private let accounts: any AccountStore
    private let sessions: any SessionStore
    private let clock: any Clock
    private let random: any RandomSource
    private let policy: SignInPolicy
    private let gate: HashingGate

    /// A hash that nobody's password has, so that an unknown account takes as long as a known one.
    private static let nobodysHash =
        "$y$j9T$................................$7Sl1kNVbh0dUnrPjoqAU7XbNmhAGYMN0qJ2sVZ8FQP1"

    public init(
        accounts: any AccountStore, sessions: any SessionStore, clock: any Clock, random: any RandomSource,
        policy: SignInPolicy = SignInPolicy(), gate: HashingGate = HashingGate()
    ) {
        self.accounts = accounts
        self.sessions = sessions
        self.clock = clock
        self.random = random
        self.policy = policy
        self.gate = gate
    }

    /// Starts a session.
    /// - Throws: `access.sign_in_refused` for a wrong password and for an unknown account alike; `access.resting`
    ///   after too many wrong ones, with the time it ends; `access.account_locked` with the reason, only to who knows
    ///   the password; `access.busy` when too many passwords are being checked.
    public func signIn(
        _ id: AccountID, password: String, agent: String
    ) async throws -> (token: SessionToken, session: Session, account: Account) {
        guard let known = try await accounts.credentials(id) else {
            if let nobody = PasswordHash(stored: Self.nobodysHash) { _ = try await gate.matches(nobody, password) }
            throw Failure("access.sign_in_refused")
        }
        let now = clock.now()
        let failures: SignInFailures
        switch try await accounts.countTry(of: id, policy, at: now) {
        case .allowed(let counted): failures = counted
        case .resting(let end): throw Self.resting(until: end, now)
        }
        guard try await gate.matches(known.password, password) else {
            try await recordRest(id, failures, now)
            throw Failure("access.sign_in_refused")
        }
        if let lock = known.account.lock {
            throw Failure("access.account_locked", ["reason": lock.reason, "at": lock.at.description])
        }
        let token = SessionToken(random: random)
        let session = Session(
            id: Hexadecimal.text(random.bytes(8)), account: id, startedAt: now,
            expiresAt: now.adding(seconds: Session.lengthSeconds), agent: agent)
        let entry = AuditEntry(
            "session.started", actor: .account(id), at: now, subject: AuditSubject(key: "session:\(session.id)"),
            payload: ["agent": .string(session.agent)], salt: random.salt())
        _ = try await sessions.start(session, token: token.digest, entry: entry)
        return (token, session, known.account)
    }

    /// The try that uses up the limit leaves an entry; the others only their count.
    private func recordRest(_ id: AccountID, _ failures: SignInFailures, _ now: Instant) async throws {
        guard failures.restsUntil(policy, at: now) != nil else { return }
        let entry = AuditEntry(
            "account.rests", actor: .nobody, at: now, subject: AuditSubject(key: "account:\(id)"),
            payload: ["wrongPasswords": .number(Double(failures.count))], salt: random.salt())
        _ = try await accounts.record(entry)
    }

    private static func resting(until end: Instant, _ now: Instant) -> Failure {
        let seconds = max(1, (end.milliseconds - now.milliseconds + 999) / 1000)
        return Failure(
            "access.resting",
            ["minutes": "\((seconds + 59) / 60)", "until": end.description, "retryAfterSeconds": "\(seconds)"])
    }
}
