import Access
import Store
import Testing
import Trust
import Vocabulary

@Suite("Accounts and sessions in SQLite")
struct AccountStoreTests {
    static let code = CompanyCode("91110000600037341L")
    static let now = Instant(seconds: 1_763_784_000)

    struct House {
        let temporary: TemporaryDatabase
        let accounts: SQLiteAccountStore
        let sessions: SQLiteSessionStore

        init() throws {
            temporary = try TemporaryDatabase()
            accounts = SQLiteAccountStore(temporary.database)
            sessions = SQLiteSessionStore(temporary.database)
        }

        func create(_ account: Account) async throws {
            let hash = try PasswordHash(of: "a good password", random: SystemRandomSource(), cost: 1)
            _ = try await accounts.create(account, password: hash, entry: TemporaryDatabase.entry(0))
        }

        func start(_ id: String, _ account: AccountID, seconds: Int64 = 3600) async throws -> SessionToken {
            let token = SessionToken(random: SystemRandomSource())
            let session = Session(
                id: id, account: account, startedAt: AccountStoreTests.now,
                expiresAt: AccountStoreTests.now.adding(seconds: seconds), agent: "test")
            _ = try await sessions.start(session, token: token.digest, entry: TemporaryDatabase.entry(1))
            return token
        }
    }

    static func account(_ id: AccountID, _ roles: Set<Role> = [.expert], company: CompanyCode? = nil) -> Account {
        Account(id: id, displayName: "某人", roles: roles, company: company, createdAt: now)
    }

    @Test("An account reads back as it was created")
    func roundTrip() async throws {
        let house = try House()
        let account = Self.account("zhang", [.reporter, .manager], company: Self.code)
        try await house.create(account)
        #expect(try await house.accounts.account("zhang") == account)
        #expect(try await house.accounts.credentials("zhang")?.password.matches("a good password") == true)
        #expect(try await house.accounts.account("li") == nil)
        let size = try await SQLiteTransparencyLog(
            house.temporary.database, signer: TransparencyLogTests.signer()
        ).checkpoint().checkpoint.size
        #expect(size == 1)
    }

    @Test("A second account of the same id is refused and leaves no entry")
    func duplicate() async throws {
        let house = try House()
        try await house.create(Self.account("zhang"))
        await #expect(throws: Failure("access.account_exists", ["account": "zhang"])) {
            try await house.create(Self.account("zhang"))
        }
        #expect(try await LogRecount(house.temporary.database).size == 1)
    }

    @Test("Accounts are listed in the order of their ids, page by page")
    func paging() async throws {
        let house = try House()
        for id in ["ccc", "aaa", "bbb"] { try await house.create(Self.account(AccountID(id))) }
        #expect(try await house.accounts.accounts(after: nil, limit: 2).map(\.id) == ["aaa", "bbb"])
        #expect(try await house.accounts.accounts(after: "bbb", limit: 2).map(\.id) == ["ccc"])
    }

    @Test("A token finds its session until it expires, ends, or the account is locked")
    func resolving() async throws {
        let house = try House()
        try await house.create(Self.account("zhang"))
        let token = try await house.start("0000000000000001", "zhang")
        let found = try await house.sessions.resolve(token: token.text, at: Self.now)
        #expect(found?.id == "0000000000000001" && found?.principal.roles == [.expert])
        #expect(try await house.sessions.resolve(token: token.text, at: Self.now.adding(seconds: 3600)) == nil)
        let stranger = SessionToken(random: SystemRandomSource())
        #expect(try await house.sessions.resolve(token: stranger.text, at: Self.now) == nil)
        #expect(try await house.sessions.resolve(token: "not a token", at: Self.now) == nil)

        let lock = AccountLock(reason: "离职", at: Self.now, by: "guard")
        _ = try await house.accounts.setLock(lock, of: "zhang", entry: TemporaryDatabase.entry(2))
        #expect(try await house.sessions.resolve(token: token.text, at: Self.now) == nil)
        #expect(try await house.accounts.account("zhang")?.lock == lock)
        _ = try await house.accounts.setLock(nil, of: "zhang", entry: TemporaryDatabase.entry(3))
        #expect(try await house.sessions.resolve(token: token.text, at: Self.now) == nil)
    }

    @Test("A session is ended by its own account only, and once")
    func ending() async throws {
        let house = try House()
        try await house.create(Self.account("zhang"))
        try await house.create(Self.account("li-4"))
        let token = try await house.start("0000000000000001", "zhang")
        func end(as account: AccountID) async throws {
            _ = try await house.sessions.end(
                "0000000000000001", of: account, at: Self.now, entry: TemporaryDatabase.entry(5))
        }
        await #expect(throws: Failure("access.session_unknown")) { try await end(as: "li-4") }
        #expect(try await house.sessions.sessions(of: "zhang", at: Self.now).count == 1)
        try await end(as: "zhang")
        await #expect(throws: Failure("access.session_unknown")) { try await end(as: "zhang") }
        #expect(try await house.sessions.resolve(token: token.text, at: Self.now) == nil)
        #expect(try await house.sessions.sessions(of: "zhang", at: Self.now).isEmpty)
    }

    @Test("A new password ends every session")
    func newPassword() async throws {
        let house = try House()
        try await house.create(Self.account("zhang"))
        let token = try await house.start("0000000000000001", "zhang")
        let hash = try PasswordHash(of: "another password", random: SystemRandomSource(), cost: 1)
        _ = try await house.accounts.setPassword(hash, of: "zhang", entry: TemporaryDatabase.entry(2))
        #expect(try await house.sessions.resolve(token: token.text, at: Self.now) == nil)
        #expect(try await house.accounts.credentials("zhang")?.password == hash)
        await #expect(throws: Failure("access.account_unknown", ["account": "nobody"])) {
            try await house.accounts.setPassword(hash, of: "nobody", entry: TemporaryDatabase.entry(3))
        }
    }

    @Test("Tries at the same moment cannot pass the limit together")
    func concurrentTries() async throws {
        let house = try House()
        try await house.create(Self.account("zhang"))
        let policy = SignInPolicy(failureLimit: 5, restSeconds: 900)
        let allowed = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    if case .allowed = try await house.accounts.countTry(of: "zhang", policy, at: Self.now) {
                        return true
                    }
                    return false
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(allowed == 5)
    }

    @Test("Expired sessions are forgotten, running ones are not")
    func forgetting() async throws {
        let house = try House()
        try await house.create(Self.account("zhang"))
        _ = try await house.start("0000000000000001", "zhang", seconds: 10)
        let running = try await house.start("0000000000000002", "zhang", seconds: 7200)
        try await house.sessions.forgetExpired(before: Self.now.adding(seconds: 60))
        #expect(try await house.sessions.resolve(token: running.text, at: Self.now) != nil)
        #expect(try await house.sessions.sessions(of: "zhang", at: Self.now).map(\.id) == ["0000000000000002"])
    }
}
