import Trust
import Vocabulary

/// The second step of an account's sign-in.
public struct SecondFactor: Sendable, Hashable {
    public let password: OneTimePassword
    /// Nil while it is set up and not yet proved.
    public let confirmedAt: Instant?
    public let lastStep: Int64?
    public let recoveryCodesLeft: Int

    public init(password: OneTimePassword, confirmedAt: Instant?, lastStep: Int64?, recoveryCodesLeft: Int) {
        self.password = password
        self.confirmedAt = confirmedAt
        self.lastStep = lastStep
        self.recoveryCodesLeft = recoveryCodesLeft
    }
}

/// Keeps second factors; secrets are sealed where they lie.
public protocol SecondFactorStore: Sendable {
    func factor(of account: AccountID) async throws -> SecondFactor?
    /// Starts setting up; replaces one that was never confirmed. Changes nothing at sign-in, so it leaves no entry.
    /// - Throws: `access.second_factor_exists` when one is confirmed.
    func propose(_ password: OneTimePassword, for account: AccountID) async throws
    /// From now on the account needs it. - Throws: `access.second_factor_missing`.
    func confirm(_ account: AccountID, step: Int64, recovery: [Digest], entry: AuditEntry) async throws -> Int
    /// Uses a step up; false when it or a later one was used before, whoever asks at the same moment.
    func use(_ step: Int64, of account: AccountID) async throws -> Bool
    /// Uses a recovery code up; false when there is none such left.
    func useRecovery(_ digest: Digest, of account: AccountID, entry: AuditEntry) async throws -> Bool
    /// - Throws: `access.second_factor_missing`.
    func remove(from account: AccountID, entry: AuditEntry) async throws -> Int
}
