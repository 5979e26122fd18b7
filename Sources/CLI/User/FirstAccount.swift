import Access
import Foundation
import Trust
import Vocabulary

/// The system administrator of a new installation, without whom nobody could create the others.
struct FirstAccount {
    let accounts: any AccountStore
    let desk: SignInDesk
    let clock: any Clock
    let random: any RandomSource

    static let id: AccountID = "admin"
    static let passwordFile = "initial-password.txt"

    /// On an empty account table creates `admin` with the given password, or with a random one that is kept in the
    /// data folder (mode 600) and announced once.
    /// - Throws: `access.password_invalid` for a given password that will not do; `store.folder_unusable`.
    func create(
        data: String, given: String?, displayName: String, announce: @Sendable (String, [String: String]) -> Void
    ) async throws {
        guard try await accounts.accounts(after: nil, limit: 1).isEmpty else { return }
        let password = given ?? Self.randomPassword(random)
        let hash = try await desk.hash(password, for: Self.id)
        let account = Account(
            id: Self.id, displayName: displayName, roles: [.systemAdministrator], createdAt: clock.now())
        let path = data + "/" + Self.passwordFile
        if given == nil {
            let made = FileManager.default.createFile(
                atPath: path, contents: Data((password + "\n").utf8), attributes: [.posixPermissions: 0o600])
            if !made { throw Failure("store.folder_unusable", ["path": path]) }
        }
        let entry = AuditEntry(
            "account.created", actor: .system("installation"), at: clock.now(),
            subject: AuditSubject(key: "account:\(Self.id)"),
            payload: ["id": .string(Self.id.rawValue), "roles": ["system-administrator"]], salt: random.salt())
        _ = try await accounts.create(account, password: hash, entry: entry)
        if given == nil { announce("access.first_account", ["account": Self.id.rawValue, "path": path]) }
    }

    /// Twenty characters that are not mistaken for one another, in groups of five.
    private static func randomPassword(_ random: any RandomSource) -> String {
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
        let chosen = random.bytes(20).map { letters[Int($0) % letters.count] }
        return stride(from: 0, to: 20, by: 5).map { String(chosen[$0..<($0 + 5)]) }.joined(separator: "-")
    }
}
