import Foundation
import GRDB
import Store
import Submit
import Testing
import Trust
import Vocabulary

@Suite("Deleting on schedule")
struct RetentionStoreTests {
    let temporary: TemporaryDatabase
    let store: SQLiteRetentionStore

    init() throws {
        temporary = try TemporaryDatabase()
        store = SQLiteRetentionStore(temporary.database)
        try temporary.tamper(
            """
            INSERT INTO round VALUES ('r1', 's', zeroblob(32), '轮次', 'Round', 'rehearsal', 'published', NULL,
                                      '2025-12-15', '{}', 0, 1);
            INSERT INTO participation (round, platform, name, type, company_code, company_name, region, submission,
                                       version)
            VALUES ('r1', 'p1', '平台', 'x', '91320500MA1ABCDE12', '公司', '320500', 'published', 1);
            INSERT INTO sheet VALUES (1, 'r1', 'p1', 'core-talent', 3);
            INSERT INTO sheet VALUES (3, 'r1', 'p1', 'parks-served', 3);
            INSERT INTO sheet_row VALUES (1, 2, 1, 2, 'good', '', '{}', x'5345414c4544204f4c44', 'typed', '', '');
            INSERT INTO sheet_row VALUES (1, 2, 2, NULL, 'good', '', '{}', x'5345414c4544204e4557', 'typed', '', '');
            INSERT INTO sheet_row VALUES (3, 2, 1, NULL, 'good', '', '{"park":"x"}', NULL, 'typed', '', '');
            """)
    }

    private func entry(_ digest: Digest) -> AuditEntry {
        AuditEntry(
            "personal.deleted", actor: .system("retention"), at: Instant(seconds: 9),
            subject: AuditSubject(round: "r1", platform: "p1"), payload: ["digest": .string(digest.hex)],
            salt: Array(repeating: 7, count: 16))
    }

    @Test("Only lists with something personal are held, all their versions together")
    func holdings() async throws {
        let held = try await store.holdings("r1")
        #expect(held.map(\.indicator) == ["core-talent"] && held.map(\.rowCount) == [2])
    }

    @Test("Deletion takes every version, leaves other lists, the digest and an entry, and is done once")
    func deletion() async throws {
        let holding = try #require(try await store.holdings("r1").first)
        let done = try #require(try await store.delete(holding, at: Instant(seconds: 9)) { self.entry($0) })
        #expect(try await store.holdings("r1").isEmpty)
        #expect(try await store.deletions("r1") == [done])
        #expect(try await store.delete(holding, at: Instant(seconds: 10)) { self.entry($0) } == nil)
        let left = try await temporary.database.read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM sheet_row WHERE sheet = 3")
        }
        #expect(left == 1)
        let kinds = try await temporary.database.read { db in
            try String.fetchAll(db, sql: "SELECT kind FROM audit_log ORDER BY position")
        }
        #expect(kinds == ["personal.deleted"])
    }

    @Test("After deletion and a checkpoint the sealed bytes are nowhere in the file")
    func gone() async throws {
        let holding = try #require(try await store.holdings("r1").first)
        _ = try await store.delete(holding, at: Instant(seconds: 9)) { self.entry($0) }
        // The last connection to close writes the journal back into the file.
        try temporary.database.close()
        let bytes = try Data(contentsOf: URL(filePath: temporary.path))
        #expect(bytes.range(of: Data("SEALED OLD".utf8)) == nil && bytes.range(of: Data("SEALED NEW".utf8)) == nil)
    }

    @Test("A key file inside the data folder, a lost one and a broken one are refused with their path")
    func keyFile() throws {
        let folder = temporary.folder.path() + "data"
        let random = SystemRandomSource()
        func code(_ path: String, holdsSealed: Bool) -> String? {
            do {
                _ = try PersonalKeyFile.open(path: path, folder: folder, holdsSealed: holdsSealed, random: random)
                return nil
            } catch { return (error as? Failure)?.code }
        }
        #expect(code(folder + "/x.key", holdsSealed: false) == "privacy.key_in_folder")
        let path = PersonalKeyFile.path(beside: folder + "/")
        #expect(path == folder + ".personal-key")
        #expect(code(path, holdsSealed: true) == "privacy.key_missing")
        #expect(code(path, holdsSealed: false) == nil)
        #expect(code(path, holdsSealed: true) == nil)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try "zz".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(code(path, holdsSealed: true) == "privacy.key_unreadable")
    }
}
