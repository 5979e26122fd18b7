import Access
import Review
import Store
import Testing
import Trust
import Vocabulary

@Suite("Messages, inboxes and the outbox")
struct MessageStoreTests {
    let files: TemporaryDatabase
    let inbox: SQLiteInbox
    let now = Instant(seconds: 1_763_784_000)
    let code: CompanyCode

    init() async throws {
        files = try TemporaryDatabase()
        inbox = SQLiteInbox(files.database)
        code = try #require(CompanyCode.completing("91320500MA1ABCDE"))
        let accounts = SQLiteAccountStore(files.database)
        func add(_ id: AccountID, _ role: Role, company: CompanyCode? = nil, region: RegionCode? = nil) async throws {
            let account = Account(
                id: id, displayName: id.rawValue, roles: [role], company: company, region: region, createdAt: now)
            _ = try await accounts.create(
                account, password: try PasswordHash(of: "a good password", random: SystemRandomSource(), cost: 1),
                entry: entry("account.created"))
        }
        try await add("boss", .manager, company: code)
        try await add("typist", .reporter, company: code)
        try await add("county", .countyClerk, region: "320583")
        try await add("city", .cityClerk, region: "320500")
        try await add("head", .cityHead, region: "320500")
        try await add("other", .cityHead, region: "320100")
        try await add("oper", .provinceOperator)
    }

    private func entry(_ kind: AuditKind) -> AuditEntry {
        AuditEntry(kind, actor: .nobody, at: now, subject: AuditSubject(), salt: SystemRandomSource().salt())
    }

    private func desk(_ channels: Set<String> = []) -> SQLiteMessageDesk {
        SQLiteMessageDesk(files.database, random: SystemRandomSource(), channels: channels)
    }

    private func readers(_ audience: [Audience]) async throws -> Set<String> {
        _ = try await desk().tell(MessageDraft("message.x", address: "/", to: audience), at: now)
        var found: Set<String> = []
        for id in ["boss", "typist", "county", "city", "head", "other", "oper"]
        where try await inbox.unreadCount(of: AccountID(id)) > 0 {
            found.insert(id)
            try await inbox.markRead(nil, of: AccountID(id), at: now)
        }
        return found
    }

    @Test("Each audience reaches those it names and nobody else")
    func audiences() async throws {
        #expect(try await readers([.company(code)]) == ["boss", "typist"])
        #expect(try await readers([.county("320583")]) == ["county"])
        #expect(try await readers([.city("320583")]) == ["city", "head"])
        #expect(try await readers([.role("operator"), .city("320100")]) == ["oper", "other"])
        #expect(try await readers([.accounts(["head", "nobody-here"])]) == ["head"])
        #expect(try await readers([.county("320581")]) == [])
    }

    @Test("Somebody in two audiences is told once, and the log keeps that they were told")
    func once() async throws {
        let draft = MessageDraft(
            "message.x", ["a": "1"], address: "/there", to: [.company(code), .accounts(["boss"])])
        #expect(try await desk().tell(draft, at: now) == 2)
        let found = try await inbox.messages(of: "boss", unreadOnly: true, round: nil, before: nil, limit: 10)
        #expect(found.map(\.values) == [["a": "1"]])
        #expect(found.first?.address == "/there")
        let signer = try NoteSigner(name: "test/log", seed: Array(0..<32))
        let log = SQLiteTransparencyLog(files.database, signer: signer)
        let kinds = try await log.entries(start: 0, limit: 100).map(\.leaf.kind)
        #expect(kinds.filter { $0 == "message.told" }.count == 1)
        let first = try #require(found.first)
        #expect(try await inbox.markRead(first.id, of: "boss", at: now) == 1)
        #expect(try await inbox.markRead(first.id, of: "boss", at: now) == 0)
        #expect(try await inbox.unreadCount(of: "typist") == 1)
    }

    @Test("Only who has an address gets a letter; a letter that fails waits, is given up, and can be tried again")
    func outbox() async throws {
        try await inbox.setContact(
            Contact(mail: "boss@example.com", phone: "13800000000"), of: "boss", entry: entry("account.contact"))
        _ = try await desk(["mail", "webhook"]).tell(
            MessageDraft("message.x", address: "/", to: [.company(code)]), at: now)
        let letters = try await inbox.due("mail", at: now, limit: 10)
        #expect(letters.map(\.mail) == ["boss@example.com"])
        #expect(try await inbox.due("webhook", at: now, limit: 10).map(\.phones) == [["13800000000"]])
        #expect(letters.map(\.language) == [.zhHans])
        let letter = try #require(letters.first)
        try await inbox.failed(letter.id, error: "refused", next: now.adding(seconds: 60))
        #expect(try await inbox.due("mail", at: now, limit: 10).isEmpty)
        #expect(try await inbox.due("mail", at: now.adding(seconds: 60), limit: 10).map(\.attempts) == [1])
        try await inbox.failed(letter.id, error: "refused again", next: nil)
        #expect(try await inbox.deadLetters(limit: 5).map(\.lastError) == ["refused again"])
        #expect(try await inbox.retry(letter.id, at: now))
        #expect(try await inbox.retry(letter.id, at: now) == false)
        try await inbox.sent(letter.id, at: now)
        #expect(try await inbox.waiting() == ["webhook": 1])
        let english = Contact(mail: "boss@example.com", phone: "13800000000", language: .en)
        try await inbox.setContact(english, of: "boss", entry: entry("account.contact"))
        #expect(try await inbox.contact(of: "boss") == english)
        _ = try await desk(["mail"]).tell(MessageDraft("message.y", address: "/", to: [.company(code)]), at: now)
        #expect(try await inbox.due("mail", at: now, limit: 10).map(\.language) == [.en])
    }
}
