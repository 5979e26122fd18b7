import Foundation
import Store
import Testing
import Trust
import Vocabulary

@Suite("The log in SQLite")
struct TransparencyLogTests {
    static func signer() throws -> NoteSigner { try NoteSigner(name: "test/log", seed: Array(0..<32)) }

    @Test("The stored log has the root, entries and proofs of the same tree in memory")
    func agreesWithMemory() async throws {
        let house = try TemporaryDatabase()
        let log = SQLiteTransparencyLog(house.database, signer: try Self.signer())
        var tree = MerkleTree()
        #expect(try await log.checkpoint().checkpoint.root == MerkleHash.empty)
        for number in 0..<21 {
            try await house.leave([number])
            tree.append(TemporaryDatabase.entry(number).leafHash)
            let head = try await log.checkpoint()
            #expect(head.checkpoint == Checkpoint(origin: "test/log", size: tree.size, root: tree.root))
            #expect(try Checkpoint(verifying: head.note, with: log.verifier) == head.checkpoint)
        }
        for size in 1...21 {
            for index in 0..<size {
                #expect(try await log.inclusion(index: index, size: size) == tree.inclusion(index: index, size: size))
            }
            #expect(try await log.consistency(first: size, second: 21) == tree.consistency(first: size, second: 21))
        }
        let page = try await log.entries(start: 5, limit: 3)
        #expect(page.map(\.index) == [5, 6, 7])
        #expect(page.first?.leaf == TemporaryDatabase.entry(5).leaf)
        #expect(try await log.entry(21) == nil)
    }

    @Test("A proof file of an entry verifies offline")
    func proofFile() async throws {
        let house = try TemporaryDatabase()
        try await house.leave(0..<9)
        let log = SQLiteTransparencyLog(house.database, signer: try Self.signer())
        let proof = try await log.proof(4)
        let read = try LogProof(reading: proof.text)
        #expect(try read.verify(with: log.verifier).leaf == TemporaryDatabase.entry(4).leaf)
        await #expect(throws: Failure("trust.index_outside", ["index": "9", "size": "9"])) { try await log.proof(9) }
    }

    @Test("A cell's last change is the newest entry about it")
    func lastChange() async throws {
        let house = try TemporaryDatabase()
        let log = SQLiteTransparencyLog(house.database, signer: try Self.signer())
        try await house.leave(0..<3, indicator: "apps")
        try await house.leave(3..<5, indicator: "models")
        #expect(try await log.lastChange("r1", "p1", "apps") == 2)
        #expect(try await log.lastChange("r1", "p1", "models") == 4)
        #expect(try await log.lastChange("r1", "p1", "users") == nil)
        #expect(try await log.lastChange("r2", "p1", "apps") == nil)
    }

    @Test("An opening opens its commitment, and its deletion leaves a log that still verifies")
    func opening() async throws {
        let house = try TemporaryDatabase()
        try await house.leave(0..<6)
        let log = SQLiteTransparencyLog(house.database, signer: try Self.signer())
        let opening = try #require(await log.opening(2))
        #expect(opening.commitment == TemporaryDatabase.entry(2).commitment)
        #expect(String(decoding: opening.committed, as: UTF8.self).contains("第 2 次"))
        let before = try await log.checkpoint()
        try house.tamper("UPDATE audit_log SET committed = NULL, salt = NULL, reason = NULL WHERE position = 2")
        #expect(try await log.opening(2) == nil)
        #expect(try await log.checkpoint() == before)
        let recount = try await LogRecount(house.database)
        #expect(recount.findings.isEmpty && recount.openings == 5)
    }

    @Test("Sizes that the log does not have yet are refused by name")
    func outside() async throws {
        let house = try TemporaryDatabase()
        try await house.leave(0..<3)
        let log = SQLiteTransparencyLog(house.database, signer: try Self.signer())
        let refused = Failure("trust.size_outside", ["size": "4", "available": "3"])
        await #expect(throws: refused) { try await log.inclusion(index: 0, size: 4) }
        await #expect(throws: refused) { try await log.consistency(first: 1, second: 4) }
    }

    @Test("A log that is closed and opened again goes on where it stopped")
    func reopening() async throws {
        let house = try TemporaryDatabase()
        try await house.leave(0..<7)
        let first = try await SQLiteTransparencyLog(house.database, signer: try Self.signer()).checkpoint().checkpoint
        try house.database.close()
        let again = try AuditedDatabase(path: house.path)
        for number in 7..<12 { try await again.write(TemporaryDatabase.entry(number)) { _ in } }
        let log = SQLiteTransparencyLog(again, signer: try Self.signer())
        let second = try await log.checkpoint().checkpoint
        try await log.consistency(first: 7, second: 12).verify(firstRoot: first.root, secondRoot: second.root)
    }

    @Test("A write that fails leaves no entry")
    func rollback() async throws {
        let house = try TemporaryDatabase()
        try await house.leave(0..<2)
        await #expect(throws: Failure("test.stop")) {
            try await house.database.write(TemporaryDatabase.entry(2)) { _ in throw Failure("test.stop") }
        }
        let log = SQLiteTransparencyLog(house.database, signer: try Self.signer())
        #expect(try await log.checkpoint().checkpoint.size == 2)
    }

    @Test(
        "A recount finds what was changed behind the log",
        arguments: [
            (
                "UPDATE audit_log SET leaf = CAST(replace(leaf, 'tester', 'nobody') AS BLOB) WHERE position = 3",
                "trust.recount_hash"
            ),
            ("UPDATE audit_log SET committed = x'7b7d' WHERE position = 3", "trust.recount_commitment"),
            ("UPDATE merkle_node SET hash = zeroblob(32) WHERE level = 1 AND position = 1", "trust.recount_node"),
            ("DELETE FROM audit_log WHERE position = 3", "trust.recount_gap"),
            ("DELETE FROM audit_log WHERE position = 8", "trust.recount_shorter"),
        ])
    func tampering(sql: String, code: String) async throws {
        let house = try TemporaryDatabase()
        try await house.leave(0..<9)
        let log = SQLiteTransparencyLog(house.database, signer: try Self.signer())
        let kept = try await log.checkpoint().checkpoint
        #expect(try await LogRecount(house.database, against: [kept]).findings.isEmpty)
        try house.tamper(sql)
        let found = try await LogRecount(house.database, against: [kept]).findings.map(\.code)
        #expect(found.contains(code), "\(found)")
    }

    @Test("A log rewritten from one end to the other is found by a kept checkpoint")
    func rewritten() async throws {
        let (honest, forged) = (try TemporaryDatabase(), try TemporaryDatabase())
        try await honest.leave(0..<5)
        try await forged.leave([0, 1, 7, 3, 4, 5])
        let kept = try await SQLiteTransparencyLog(honest.database, signer: try Self.signer()).checkpoint().checkpoint
        #expect(try await LogRecount(forged.database).findings.isEmpty)
        let found = try await LogRecount(forged.database, against: [kept]).findings.map(\.code)
        #expect(found == ["trust.recount_root"])
    }

    @Test("The log's key is made once, kept from others, and never replaced")
    func key() throws {
        let house = try TemporaryDatabase()
        let folder = house.folder.appending(path: "keys").path
        let made = try LogKeyFile.open(folder: folder, random: SystemRandomSource())
        let again = try LogKeyFile.open(folder: folder, random: SystemRandomSource())
        #expect(made.verifier == again.verifier)
        let mode = try FileManager.default.attributesOfItem(atPath: folder + "/log.key")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let published = try String(contentsOfFile: folder + "/log.pub", encoding: .utf8)
        #expect(published == made.verifier.description + "\n")
        try Data("damaged".utf8).write(to: URL(fileURLWithPath: folder + "/log.key"))
        #expect(throws: Failure.self) { try LogKeyFile.open(folder: folder, random: SystemRandomSource()) }
    }
}
