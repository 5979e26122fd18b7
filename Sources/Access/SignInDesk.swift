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
    private let cost: Int
    /// Nil where nobody can have a second factor: on the command line.
    private let factors: (any SecondFactorStore)?

    /// A hash that nobody's password has, so that an unknown account takes as long as a known one.
    private static let nobodysHash =
        "$y$j9T$................................$7Sl1kNVbh0dUnrPjoqAU7XbNmhAGYMN0qJ2sVZ8FQP1"

    /// - Parameter cost: What a new password's hash costs, 1…11 (see `PasswordHash`).
    public init(
        accounts: any AccountStore, sessions: any SessionStore, clock: any Clock, random: any RandomSource,
        policy: SignInPolicy = SignInPolicy(), gate: HashingGate = HashingGate(), cost: Int = 5,
        factors: (any SecondFactorStore)? = nil
    ) {
        self.accounts = accounts
        self.sessions = sessions
        self.clock = clock
        self.random = random
        self.policy = policy
        self.gate = gate
        self.cost = cost
        self.factors = factors
    }

    /// Starts a session.
    /// - Throws: `access.sign_in_refused` for a wrong password and for an unknown account alike; `access.resting`
    ///   after too many wrong ones, with the time it ends; `access.account_locked` with the reason, only to who knows
    ///   the password; `access.second_factor_required` and `access.second_factor_refused` where the account has a second
    ///   factor, also only to who knows the password; `access.busy` when too many passwords are being checked.
    public func signIn(
        _ id: AccountID, password: String, code: String? = nil, agent: String
    ) async throws -> (token: SessionToken, session: Session, account: Account) {
        let account = try await prove(id, password)
        if let lock = account.lock {
            throw Failure("access.account_locked", ["reason": lock.reason, "at": lock.at.description])
        }
        try await proveSecond(id, code)
        let now = clock.now()
        let token = SessionToken(random: random)
        let session = Session(
            id: Hexadecimal.text(random.bytes(8)), account: id, startedAt: now,
            expiresAt: now.adding(seconds: Session.lengthSeconds), agent: agent)
        let entry = AuditEntry(
            "session.started", actor: .account(id), at: now, subject: AuditSubject(key: "session:\(session.id)"),
            payload: ["agent": .string(session.agent)], salt: random.salt())
        _ = try await sessions.start(session, token: token.digest, entry: entry)
        return (token, session, account)
    }

    /// Asks for the password again before something that a stolen session must not do; wrong ones count as at sign-in.
    /// - Throws: what `signIn` throws of passwords.
    public func confirm(_ id: AccountID, password: String) async throws { _ = try await prove(id, password) }

    /// Hashes a new password.
    /// - Throws: `access.password_invalid` with findings; `access.busy`.
    public func hash(_ password: String, for id: AccountID) async throws -> PasswordHash {
        let findings = PasswordPolicy().findings(password, account: id)
        guard findings.isEmpty else { throw Failure("access.password_invalid", findings: findings) }
        return try await gate.hash(password, random: random, cost: cost)
    }

    private func prove(_ id: AccountID, _ password: String) async throws -> Account {
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
        return known.account
    }

    /// The code of the authenticator, or one of the codes on paper. Tries count with those of the password.
    private func proveSecond(_ id: AccountID, _ code: String?) async throws {
        guard let factors, let factor = try await factors.factor(of: id), factor.confirmedAt != nil else { return }
        guard let code, !code.isEmpty else { throw Failure("access.second_factor_required") }
        let now = clock.now()
        if let step = factor.password.step(of: code, at: now, after: factor.lastStep),
            try await factors.use(step, of: id)
        {
            return
        }
        let entry = AuditEntry(
            "account.recovery-code-used", actor: .account(id), at: now, subject: AuditSubject(key: "account:\(id)"),
            salt: random.salt())
        let digest = RecoveryCode.digest(code)
        guard try await factors.useRecovery(digest, of: id, entry: entry) else {
            throw Failure("access.second_factor_refused")
        }
    }

    /// The try that uses up the limit leaves an entry; the others only their count.
    private func recordRest(_ id: AccountID, _ failures: SignInFailures, _ now: Instant) async throws {
        guard failures.restsUntil(policy, at: now) != nil else { return }
        let entry = AuditEntry(
            "account.rested", actor: .nobody, at: now, subject: AuditSubject(key: "account:\(id)"),
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
