import Access
import Foundation
import GRDB
import Review
import Store
import Submit
import Testing
import Trust
import Vocabulary
import Web

@Suite("Contacts of objectors and experts")
struct SealedContactsTests {
    private static let secrets = ["13800138000", "11010519491231002X", "13912345678", "zhao@example.cn"]

    /// Which of the texts stand in any file of the folder.
    private static func found(_ texts: [String], in folder: URL) throws -> Set<String> {
        var found: Set<String> = []
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard let data = try? Data(contentsOf: file) else { continue }
            for text in texts where data.range(of: Data(text.utf8)) != nil { found.insert(text) }
        }
        return found
    }

    private func keepExpert(_ panel: PanelSite, _ more: String = #","contact":"13912345678""#, tag: Int = 0)
        async throws
    {
        let answer = try await panel.site.ask(
            .put, "/api/v1/experts/zhao", as: "operator",
            headers: ["Content-Type": "application/json", "If-Match": "\"\(tag)\""],
            body: #"{"name":"赵专家","employer":"某大学"\#(more)}"#)
        try #require(answer.status == (tag == 0 ? 201 : 200), "\(answer.body)")
        #expect(!answer.body.contains("13912345678"), "masked in every answer")
    }

    @Test("No file of the installation holds them in clear, and they are read again")
    func sealed() async throws {
        let panel = try await PanelSite()
        try await panel.announce()
        _ = try await panel.acceptObjection()
        try await keepExpert(panel)
        #expect(try Self.found(Self.secrets, in: panel.site.folder).isEmpty)
        // The scan finds what is there: an indicator's reason stands in clear.
        #expect(try Self.found(["营收占比与年报不符"], in: panel.site.folder).count == 1)
        let expert = try await panel.site.services.people.experts.store?.expert("zhao")
        #expect(expert?.contact == "13912345678")
    }

    @Test("An expert's contact is masked on the page and in the API, and shown with a reason that goes into the log")
    func experts() async throws {
        let panel = try await PanelSite()
        try await keepExpert(panel)
        try await keepExpert(panel, "", tag: 1)
        let list = try await panel.site.ask(.get, "/api/v1/experts", as: "operator")
        #expect(list.body.contains("139******78"), "\(list.body)")
        let page = try await panel.page("/authority/experts?account=zhao", as: "operator").body
        #expect(page.contains("139******78") && !page.contains("13912345678"))
        let seen = try await panel.site.ask(
            .post, "/api/v1/experts/zhao/views", as: "operator", body: #"{"reason":"通知评审时间"}"#)
        #expect(seen.json?["contact"] as? String == "13912345678", "kept when the entry was saved without it")
        let index = try #require(seen.json?["logIndex"] as? Int)
        let entry = try await panel.site.services.log.entries(start: index, limit: 1).first
        #expect(entry?.leaf.kind == "personal.viewed")
        let opening = try await panel.site.services.log.opening(index)
        let told = String(decoding: opening?.committed ?? [], as: UTF8.self)
        #expect(told.contains("通知评审时间"))
        let opened = try await panel.site.ask(
            .post, "/authority/experts/contact", as: "operator", headers: CompanyRoutesTests.formType,
            body: "account=zhao&reason=call")
        #expect(opened.status == 200 && opened.body.contains("13912345678"))
        let silent = try await panel.site.ask(
            .post, "/api/v1/experts/zhao/views", as: "operator", body: #"{"reason":""}"#)
        #expect(silent.code == "privacy.reason_missing")
        let form = "account=zhao&version=2&name=Z&employer=E&contact="
        for (typed, kept) in [("", "13912345678"), ("-", "")] {
            let version = typed.isEmpty ? 2 : 3
            let saved = try await panel.site.ask(
                .post, "/authority/experts", as: "operator", headers: CompanyRoutesTests.formType,
                body: form.replacingOccurrences(of: "version=2", with: "version=\(version)") + typed)
            #expect(saved.status == 303, "\(saved.body)")
            #expect(try await panel.site.services.people.experts.store?.expert("zhao")?.contact == kept)
        }
    }

    @Test("What an earlier release kept in clear is sealed once, and nothing of it stays in the file")
    func migrated() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "heng-clear-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "heng.sqlite").path
        let database = try AuditedDatabase(path: path)
        let queue = try DatabaseQueue(path: path)
        try await queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO round VALUES ('r1', 's', zeroblob(32), '轮次', 'Round', 'rehearsal', 'notice', NULL,
                                              '2025-12-15', '{}', 0, 1);
                    INSERT INTO participation (round, platform, name, type, company_code, company_name, region,
                                               submission, version)
                    VALUES ('r1', 'p1', '平台', 'x', '91320500MA1ABCDE12', '公司', '320500', 'in-notice', 1);
                    INSERT INTO objection (id, round, number, notice, platform, facts, state, at_ms, version, log_index)
                    VALUES ('0123456789abcdef0123456789abcdef', 'r1', 1, 1, 'p1', 'x', 'received', 0, 1, 0);
                    INSERT INTO objector_clear VALUES ('0123456789abcdef0123456789abcdef', '张三', 'identity-card',
                                                       '11010519491231002X', 'phone', '13800138000');
                    INSERT INTO expert (account, name, employer, employer_code, employer_group, fields, title, contact,
                                        version)
                    VALUES ('zhao', '赵', '大学', '', '', '[]', '', '13912345678', 1);
                    """)
        }
        try queue.close()
        #expect(try Self.found(Self.secrets, in: folder).count == 3)
        let seal = try DataSeal(keys: [DataSeal.Key(bytes: Array(1...32))], random: SystemRandomSource())
        let panel = SQLitePanelStore(database, path: folder.path + "/panel", seal: seal)
        let experts = SQLiteExpertStore(database, seal: seal)
        let id = "0123456789abcdef0123456789abcdef"
        #expect(try await panel.objector(id)?.contact == "13800138000", "readable before it is sealed")
        for count in [1, 0] {
            #expect(try await panel.sealClear() == count)
            #expect(try await experts.sealClear() == count)
        }
        #expect(try Self.found(Self.secrets, in: folder).isEmpty)
        #expect(try await panel.objector(id)?.identity == "11010519491231002X")
        #expect(try await experts.expert("zhao")?.contact == "13912345678")
        let blind = SQLitePanelStore(database, path: folder.path + "/panel")
        await #expect(throws: Failure("privacy.no_key")) { _ = try await blind.objector(id) }
        #expect(try await PersonalKeyFile.isNeeded(by: database))
    }

    @Test("Six months after publication objectors are deleted, and experts who left the pool; digests stay")
    func deleted() async throws {
        let panel = try await PanelSite()
        try await panel.announce()
        let id = try await panel.acceptObjection()
        let letter = #"{"upholds":false,"number":"1","letter":"不成立"}"#
        try await panel.post("/objections/\(id)/answer", as: "operator", letter)
        try await panel.publish()
        let store = try #require(panel.site.services.people.privacy.retention)
        let held = try await store.holdings("r1").filter { $0.kind == .objectors }
        #expect(held.map(\.rowCount) == [1] && held.first?.platform == "p1")
        let published = try #require(CivilDay("2025-12-31"))
        #expect(RetentionSchedule().dueDay(.objectors, published: published) == CivilDay("2026-06-30"))
        let done = try await store.delete(try #require(held.first), at: panel.clock.now()) { digest in
            AuditEntry(
                "personal.deleted", actor: .system("retention"), at: Instant(seconds: 9),
                subject: AuditSubject(round: "r1", platform: "p1"), payload: ["digest": .string(digest.hex)],
                salt: Array(repeating: 7, count: 16))
        }
        let hex = try #require(done).digest.hex
        #expect(try await store.holdings("r1").allSatisfy { $0.kind != .objectors })
        let page = try await panel.page("/authority/rounds/r1/objections/1", as: "operator").body
        #expect(page.contains("个人信息已按期删除"))
        let gone = try await panel.post("/objections/1/views", as: "operator", #"{"reason":"x"}"#)
        #expect(gone.status == 410, "\(gone.body)")
        let privacy = try await panel.page("/authority/rounds/r1/privacy", as: "operator").body
        #expect(privacy.contains("异议人信息") && privacy.contains(String(hex.prefix(16))))
    }
}
