import Access
import Foundation
import Store
import Trust
import Vocabulary

/// What every command on a data folder needs: the database, the log with its key, the accounts.
struct DataFolder {
    let path: String
    let database: AuditedDatabase
    let clock: any Clock
    let random: any RandomSource
    let accounts: SQLiteAccountStore
    let sessions: SQLiteSessionStore
    let signInDesk: SignInDesk
    let log: SQLiteTransparencyLog

    /// - Parameter creating: Makes a missing folder, readable by its owner only; otherwise it is a failure.
    /// - Throws: `store.folder_unusable`, `access.folder_missing`, and what the stores throw.
    init(_ path: String, creating: Bool) throws {
        let files = FileManager.default
        let databasePath = path + "/heng.sqlite"
        if !creating, !files.fileExists(atPath: databasePath) {
            throw Failure("access.folder_missing", ["path": path])
        }
        do {
            try files.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw Failure("store.folder_unusable", ["path": path], cause: error) }
        self.path = path
        self.clock = SystemClock()
        self.random = SystemRandomSource()
        self.database = try AuditedDatabase(path: databasePath)
        self.accounts = SQLiteAccountStore(database)
        self.sessions = SQLiteSessionStore(database)
        self.signInDesk = SignInDesk(accounts: accounts, sessions: sessions, clock: clock, random: random)
        self.log = SQLiteTransparencyLog(
            database, signer: try LogKeyFile.open(folder: path + "/keys", random: random))
    }

    /// The first administrator of an empty account table.
    func createFirstAccount(
        given password: String?, displayName: String, announce: @Sendable (String, [String: String]) -> Void
    ) async throws {
        try await FirstAccount(accounts: accounts, desk: signInDesk, clock: clock, random: random).create(
            data: path, given: password, displayName: displayName, announce: announce)
    }
}
