import Trust
import Vocabulary

/// Keeps accounts. Every write leaves its audit entry in the same transaction and returns the entry's index.
public protocol AccountStore: Sendable {
    func account(_ id: AccountID) async throws -> Account?

    /// What sign-in looks at; nil for an account that does not exist.
    func credentials(_ id: AccountID) async throws -> Credentials?

    /// In the order of their ids, after the given one.
    func accounts(after: AccountID?, limit: Int) async throws -> [Account]

    /// Throws: `access.account_exists`.
    func create(_ account: Account, password: PasswordHash, entry: AuditEntry) async throws -> Int

    /// Ends all sessions of the account as well. Throws: `access.account_unknown`.
    func setPassword(_ password: PasswordHash, of id: AccountID, entry: AuditEntry) async throws -> Int

    /// Nil opens the account again; a lock ends all its sessions. Throws: `access.account_unknown`.
    func setLock(_ lock: AccountLock?, of id: AccountID, entry: AuditEntry) async throws -> Int

    /// Counts one more try of a password before it is looked at, so that tries at the same moment cannot pass the
    /// limit together; a success clears the count. Changes no score and leaves no entry. While the account rests
    /// nothing is counted, and the answer is what stood there.
    func countTry(of id: AccountID, _ policy: SignInPolicy, at now: Instant) async throws -> SignInTry

    /// Leaves an entry about an account that changes nothing else.
    func record(_ entry: AuditEntry) async throws -> Int
}

/// An account with what proves its holder.
public struct Credentials: Sendable {
    public let account: Account
    public let password: PasswordHash

    public init(account: Account, password: PasswordHash) {
        self.account = account
        self.password = password
    }
}

/// Keeps sessions. Ended and expired ones are never resolved again.
public protocol SessionStore: SessionResolver {
    /// Also clears the account's wrong passwords.
    func start(_ session: Session, token: Digest, entry: AuditEntry) async throws -> Int

    /// The running sessions of an account, newest first.
    func sessions(of account: AccountID, at now: Instant) async throws -> [Session]

    /// Throws: `access.session_unknown` unless a running session of that account has the id.
    func end(_ id: String, of account: AccountID, at now: Instant, entry: AuditEntry) async throws -> Int

    /// Forgets sessions that ran out before `instant`.
    func forgetExpired(before instant: Instant) async throws
}
