import Access
import Testing
import Trust
import Vocabulary

@Suite("Accounts")
struct AccountTests {
    static let code = CompanyCode("91110000600037341L")

    static func codes(
        _ roles: Set<Role>, id: AccountID = "zhang.3", name: String = "张三", company: CompanyCode? = nil,
        region: RegionCode? = nil
    ) -> [String] {
        Account(
            id: id, displayName: name, roles: roles, company: company, region: region, createdAt: Instant(seconds: 0)
        ).findings.map(\.code)
    }

    @Test(
        "One account stands on one side only",
        arguments: [
            ([.provinceOperator], true), ([.provinceOperator, .panel], true), ([.approver, .panel], true),
            ([.provinceOperator, .approver], false), ([.systemAdministrator, .securityAdministrator], false),
            ([.auditAdministrator, .inspector], false), ([.systemAdministrator, .provinceOperator], false),
            ([.expert, .verifier], false), ([.expert], true), ([], false),
        ] as [(Set<Role>, Bool)])
    func offices(roles: Set<Role>, sound: Bool) { #expect(Self.codes(roles).isEmpty == sound) }

    @Test("Company roles need the company's code, and only they have one")
    func company() throws {
        let code = try #require(Self.code)
        #expect(Self.codes([.reporter, .manager], company: code).isEmpty)
        #expect(Self.codes([.manager]) == ["access.company_mismatch"])
        #expect(Self.codes([.expert], company: code) == ["access.company_mismatch"])
    }

    @Test("County and city roles need a region, and only they have one")
    func region() {
        #expect(Self.codes([.cityClerk, .cityHead], region: "320500").isEmpty)
        #expect(Self.codes([.cityClerk]) == ["access.region_mismatch"])
        #expect(Self.codes([.inspector], region: "320500") == ["access.region_mismatch"])
        #expect(Self.codes([.countyClerk], region: "32058x") == ["access.region_invalid"])
    }

    @Test(
        "Ids are plain",
        arguments: ["ab", "Zhang", "3zhang", "zhang san", "张三", "a/b", String(repeating: "a", count: 65)])
    func ids(id: String) { #expect(Self.codes([.expert], id: AccountID(id)) == ["access.account_id_invalid"]) }

    @Test("All faults are shown together")
    func together() {
        #expect(Self.codes([], id: "x", name: " ").count == 3)
    }
}

@Suite("Passwords")
struct PasswordTests {
    @Test("A password matches its own hash and nothing else does")
    func hash() throws {
        let hash = try PasswordHash(of: "correct horse 电池", random: CountingRandom(), cost: 1)
        #expect(hash.text.hasPrefix("$y$"))
        #expect(hash.matches("correct horse 电池"))
        #expect(!hash.matches("correct horse 电"))
        #expect(!hash.matches(""))
        #expect(PasswordHash(stored: hash.text) == hash)
        #expect(PasswordHash(stored: "$6$salt$hash") == nil)
    }

    @Test("Equal passwords have different hashes")
    func salted() throws {
        let random = CountingRandom()
        let (a, b) = (
            try PasswordHash(of: "same password", random: random, cost: 1),
            try PasswordHash(of: "same password", random: CountingRandom(start: 9), cost: 1)
        )
        #expect(a != b)
    }

    @Test("The library's own hash of a known password matches")
    func known() throws {
        let text = "$y$j9T$hengNobodyHasThisSalt0$rE1ucmacE2keXRnYlkeQ4ghAAkHpdIn89v1zwkGA6d3"
        #expect(try #require(PasswordHash(stored: text)).matches("no password"))
    }

    @Test("A NUL or an endless password is refused instead of cut")
    func unusable() throws {
        #expect(throws: Failure("access.password_unusable")) {
            try PasswordHash(of: "before\0after", random: CountingRandom(), cost: 1)
        }
        let long = String(repeating: "x", count: 257)
        #expect(throws: Failure("access.password_unusable")) {
            try PasswordHash(of: long, random: CountingRandom(), cost: 1)
        }
        let hash = try PasswordHash(of: "before", random: CountingRandom(), cost: 1)
        #expect(!hash.matches("before\0after"))
    }

    @Test("Hashes are made and checked from many tasks at once")
    func concurrent() async throws {
        let gate = HashingGate(atOnce: 4)
        let hash = try await gate.hash("many at once", random: CountingRandom(), cost: 1)
        let right = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<40 {
                group.addTask { try await gate.matches(hash, number % 2 == 0 ? "many at once" : "wrong \(number)") }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(right == 20)
    }

    @Test("When too many wait, the next is told to come back")
    func busy() async throws {
        let gate = HashingGate(atOnce: 1, queueLimit: 1)
        let hash = try PasswordHash(of: "come back later", random: CountingRandom(), cost: 5)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { (try? await gate.matches(hash, "x")) != nil } }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.contains(false))
        #expect(outcomes.filter { $0 }.count >= 2)
    }

    @Test(
        "What will not do as a password is said all at once",
        arguments: [
            ("kaihui-20251", []), ("short1", ["access.password_short"]),
            ("aaaaaaaaaaaa", ["access.password_monotonous", "access.password_plain"]),
            ("zhangsan-2025", ["access.password_has_account"]), ("correcthorse", ["access.password_plain"]),
            ("correct horse battery", []), ("江苏工业互联网平台评价密码", ["access.password_plain"]),
            ("a\0bcdefghij1", ["access.password_unusable"]),
        ])
    func policy(password: String, codes: [String]) {
        #expect(PasswordPolicy().findings(password, account: "zhangsan").map(\.code) == codes)
    }
}

@Suite("Tries, tokens and keys")
struct SignInTests {
    static let policy = SignInPolicy(failureLimit: 3, restSeconds: 60)

    @Test("After the limit the account rests, and then starts anew")
    func rest() {
        var failures = SignInFailures.none
        for second in 0..<3 {
            let next = SignInTry(after: failures, Self.policy, at: Instant(seconds: Int64(second)))
            guard case .allowed(let counted) = next else { return #expect(Bool(false), "refused too early") }
            failures = counted
        }
        #expect(failures.count == 3)
        let end = Instant(seconds: 62)
        #expect(SignInTry(after: failures, Self.policy, at: Instant(seconds: 61)) == .resting(until: end))
        #expect(SignInTry(after: failures, Self.policy, at: end) == .allowed(SignInFailures(count: 1, last: end)))
    }

    @Test("A pause forgets old wrong passwords")
    func pause() {
        let two = SignInFailures(count: 2, last: Instant(seconds: 0))
        let later = Instant(seconds: 60)
        #expect(SignInTry(after: two, Self.policy, at: later) == .allowed(SignInFailures(count: 1, last: later)))
    }

    @Test("A session token reads back and only its digest is kept")
    func token() throws {
        let token = SessionToken(random: CountingRandom())
        #expect(token.text.utf8.count == 46)
        #expect(SessionToken(token.text) == token)
        #expect(token.digest == Digest.sha256(of: token.text.utf8))
        for wrong in ["", "hs_", token.text + "A", String(token.text.dropLast()), "hx" + token.text.dropFirst(2)] {
            #expect(SessionToken(wrong) == nil)
        }
    }

    @Test("An API key says its realm and id, reads back, and shows no secret", arguments: APIKey.Realm.allCases)
    func key(realm: APIKey.Realm) throws {
        let key = APIKey(realm, random: CountingRandom())
        #expect(key.text.hasPrefix("hk_\(realm.rawValue)_\(key.id)_"))
        #expect(APIKey(key.text) == key)
        let secret = String(key.text.suffix(43))
        #expect(!key.shown.contains(secret) && key.shown.contains(key.id))
        for wrong in ["", "hk_live_", "hk_prod" + key.text.dropFirst(7), key.text + "x", key.text.uppercased()] {
            #expect(APIKey(wrong) == nil)
        }
    }
}
