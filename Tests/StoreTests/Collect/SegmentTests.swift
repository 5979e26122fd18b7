import Collect
import Foundation
import GRDB
import Store
import Testing
import Trust
import Vocabulary

@Suite("The port's files")
struct SegmentTests {
    private let day0: Int64 = 1_762_099_200

    private func open() async throws -> (contract: RecordStoreContract, path: String) {
        let opened = try await RecordStoreTests.open()
        _ = try await opened.contract.store.create(
            RecordStoreContract.key(), entry: RecordStoreContract.entry("port-key.created"))
        return opened
    }

    /// A store on the same folder, as the next process finds it.
    private func again(_ path: String) throws -> RecordStoreContract {
        RecordStoreContract(store: SQLiteRecordStore(try AuditedDatabase(path: path)))
    }

    private func file(_ path: String, _ name: String = "batch-00000001.hseg") -> URL {
        URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent("port/\(name)")
    }

    /// Where each batch's frame lies.
    private func places(_ path: String) async throws -> [String: (place: Int, length: Int)] {
        let queue = try DatabaseQueue(path: path)
        return try await queue.read { db in
            try Row.fetchAll(
                db, sql: "SELECT b.id, f.place, f.length FROM port_frame f JOIN port_batch b ON b.position = f.batch"
            ).reduce(into: [:]) { $0[$1["id"]] = ($1["place"], $1["length"]) }
        }
    }

    private func change(_ url: URL, at place: Int, _ body: (inout Data) -> Void) throws {
        let handle = try FileHandle(forUpdating: url)
        try handle.seek(toOffset: UInt64(place))
        var bytes = try handle.read(upToCount: 64) ?? Data()
        body(&bytes)
        try handle.seek(toOffset: UInt64(place))
        try handle.write(contentsOf: bytes)
        try handle.close()
    }

    /// Lines of devices that speak on a day.
    private func lines(_ devices: Range<Int>, day: Int) -> [String] {
        devices.map {
            #"{"kind":"device","id":"d\#($0)","ts":\#(day0 + Int64(day) * 86_400),"cloud":"private","n":1}"#
        }
    }

    @Test("A hundred batches at once are each kept once, with a place of their own in the log")
    func concurrent() async throws {
        let (contract, path) = try await open()
        let receipts = try await withThrowingTaskGroup(of: BatchReceipt.self) { group in
            for index in 0..<100 {
                let batch = try await contract.batch("b\(index)", lines(index..<(index + 3), day: index % 20))
                group.addTask { try await contract.store.accept(batch, entry: RecordStoreContract.entry()) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(receipts.compactMap(\.logIndex)).count == 100)
        #expect(try await contract.devices(month: 11) == 102)
        #expect(try await places(path).count == 100)
        #expect(try await contract.store.inspect(at: Instant(seconds: 1)).damages.isEmpty)
    }

    @Test("Of a group one batch may be refused without the others")
    func refusedAlone() async throws {
        let (contract, _) = try await open()
        let same = try await (0..<20).asyncMap { index in
            try await contract.batch("s\(index)", lines(index..<(index + 1), day: 0), idempotency: "k\(index / 2)")
        }
        let kept = await withTaskGroup(of: Bool.self) { group in
            for batch in same {
                group.addTask { (try? await contract.store.accept(batch, entry: RecordStoreContract.entry())) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(kept == 10)
        #expect(try await contract.devices(month: 11) == 10)
    }

    @Test("What was written behind the last committed frame is cut off at the next start")
    func tornTail() async throws {
        let path: String
        do {
            let (contract, opened) = try await open()
            path = opened
            _ = try await contract.store.accept(
                contract.batch("b1", lines(0..<9, day: 0)), entry: RecordStoreContract.entry())
        }
        let frame = try #require(try await places(path)["b1"])
        let end = (frame.place + frame.length + 4095) / 4096 * 4096
        try change(file(path), at: end) { $0 = Data(repeating: 0xab, count: 64) }
        let contract = try again(path)
        try await contract.store.open()
        let bytes = try Data(contentsOf: file(path))
        #expect(bytes[end...].allSatisfy { $0 == 0 })
        #expect(try await contract.devices(month: 11) == 9)
        _ = try await contract.store.accept(
            contract.batch("b2", lines(9..<12, day: 1)), entry: RecordStoreContract.entry())
        #expect(try await contract.devices(month: 11) == 12)
        #expect(try await places(path)["b2"]?.place == end)
    }

    @Test("A flipped byte is found and named with file, offset and batch, and counted nowhere")
    func flipped() async throws {
        let (contract, path) = try await open()
        for (id, devices) in [("b1", 0..<50), ("b2", 50..<80)] {
            _ = try await contract.store.accept(
                contract.batch(id, lines(devices, day: 0)), entry: RecordStoreContract.entry())
        }
        let frame = try #require(try await places(path)["b1"])
        try change(file(path), at: frame.place + frame.length - 70) { $0[3] ^= 0x10 }
        let failure = await #expect(throws: Failure.self) { try await contract.devices(month: 11) }
        #expect(failure?.code == "collect.segment_damaged")
        #expect(failure?.values["file"] == "batch-00000001.hseg")
        #expect(failure?.values["batch"] == "b1")
        let known = try await contract.store.damages(RecordStoreContract.round, RecordStoreContract.platform)
        #expect(known.map(\.batch) == ["b1"])
        let found = try await contract.store.inspect(at: Instant(seconds: 9))
        #expect(found.damages.map(\.offset) == [frame.place])
        #expect(found.damages.map(\.reason) == ["checksum"])
        _ = try await contract.store.void(
            batch: "b1", reason: "x", at: Instant(seconds: 10), entry: RecordStoreContract.entry("port.batch-voided"))
        #expect(try await contract.devices(month: 11) == 30)
    }

    @Test("A segment that was cut short is found, and the whole batches in it still count")
    func truncated() async throws {
        let (contract, path) = try await open()
        for (id, devices) in [("b1", 0..<50), ("b2", 50..<80)] {
            _ = try await contract.store.accept(
                contract.batch(id, lines(devices, day: 0)), entry: RecordStoreContract.entry())
        }
        let frame = try #require(try await places(path)["b2"])
        let handle = try FileHandle(forUpdating: file(path))
        try handle.truncate(atOffset: UInt64(frame.place + 40))
        try handle.close()
        let found = try await contract.store.inspect(at: Instant(seconds: 9))
        #expect(
            found.damages == [
                PortDamage(file: "batch-00000001.hseg", offset: frame.place, batch: "b2", reason: "length")
            ])
        _ = try await contract.store.void(
            batch: "b2", reason: "x", at: Instant(seconds: 10), entry: RecordStoreContract.entry("port.batch-voided"))
        #expect(try await contract.devices(month: 11) == 50)
    }

    @Test("A second writer on the same folder is refused")
    func twoWriters() async throws {
        let (contract, path) = try await open()
        try await contract.store.open()
        let folder = file(path).deletingLastPathComponent().path
        let second = try again(path)
        await #expect(throws: Failure("store.folder_in_use", ["path": folder])) { try await second.store.open() }
        await #expect(throws: Failure("store.folder_in_use", ["path": folder])) {
            try await second.store.accept(second.batch("b1", lines(0..<1, day: 0)), entry: RecordStoreContract.entry())
        }
    }

    @Test("Compaction changes no figure; what is voided afterwards is gone, and a damaged set is read from the batches")
    func compaction() async throws {
        let (contract, path) = try await open()
        for index in 0..<12 {
            _ = try await contract.store.accept(
                contract.batch("b\(index)", lines((index * 10)..<(index * 10 + 15), day: 0)),
                entry: RecordStoreContract.entry())
        }
        let before = try await contract.devices(month: 11)
        #expect(before == 125)
        let made = try #require(try await contract.store.compact())
        #expect(made.facts == 125)
        #expect(try await contract.store.compact() == nil)
        let set = file(path, "set-00000001.hseg")
        #expect(FileManager.default.fileExists(atPath: set.path))
        // Another process, which has counted nothing yet, reads the set.
        #expect(try await again(path).devices(month: 11) == 125)
        _ = try await contract.store.accept(
            contract.batch("late", lines(500..<503, day: 0)), entry: RecordStoreContract.entry())
        #expect(try await contract.devices(month: 11) == 128)
        try change(set, at: 4096 + 300) { $0[0] ^= 1 }
        #expect(try await again(path).devices(month: 11) == 128)
        #expect(try await contract.store.inspect(at: Instant(seconds: 5)).damages.map(\.file) == ["set-00000001.hseg"])
        _ = try await contract.store.void(
            batch: "b0", reason: "x", at: Instant(seconds: 10), entry: RecordStoreContract.entry("port.batch-voided"))
        #expect(try await contract.devices(month: 11) == 118)
        #expect(try #require(try await contract.store.compact()).facts == 118)
        #expect(try await again(path).devices(month: 11) == 118)
    }

    @Test("Figures kept in between follow every batch, late row, void and snapshot: they equal a count from nothing")
    func incremental() async throws {
        let (contract, path) = try await open()
        var steps = 0
        func same() async throws {
            steps += 1
            #expect(try await contract.everything() == again(path).everything(), "step \(steps)")
        }
        func send(_ id: String, _ lines: [String], snapshot: NewBatch.SnapshotPart? = nil) async throws {
            _ = try await contract.store.accept(
                contract.batch(id, lines, snapshot: snapshot), entry: RecordStoreContract.entry())
            try await same()
        }
        let day = { (index: Int) in Int64(1_756_656_000 + index * 86_400 + 7200) }
        func point(_ device: Int, _ at: Int) -> String {
            #"{"kind":"point","device":"d\#(device)","id":"t","ts":\#(day(at)),"n":5}"#
        }
        func call(_ user: Int, _ at: Int) -> String {
            #"{"kind":"call","app":"a1","user":"u\#(user)","ts":\#(day(at))}"#
        }
        func user(_ id: Int, _ op: String, _ at: Int) -> String {
            #"{"kind":"user","id":"u\#(id)","ts":\#(day(at)),"op":"\#(op)"}"#
        }
        for month in [0, 31, 62] {
            try await send("d\(month)", (0..<20).flatMap { at in lines(0..<5, day: at + month - 63) })
            try await send("p\(month)", (0..<20).map { point(1, month + $0) })
        }
        try await send("calls", (0..<9).map { call($0, 70 + $0 % 3) })
        try await send("users", (0..<9).map { user($0, "add", 5) })
        try await send("late", lines(5..<9, day: -50) + [point(2, 3), call(77, 10)])
        let date = try #require(CivilDay("2025-11-20"))
        let part = NewBatch.SnapshotPart(kind: .user, date: date, completes: true)
        try await send("stated", [user(1, "add", 60), user(99, "add", 61)], snapshot: part)
        try await send("removed", [user(1, "remove", 82)])
        for id in ["late", "d31", "stated", "calls"] {
            _ = try await contract.store.void(
                batch: id, reason: "x", at: Instant(seconds: 10), entry: RecordStoreContract.entry("port.batch-voided"))
            try await same()
        }
    }

    @Test("Platforms' devices are compared without counting them again")
    func overlap() async throws {
        let (contract, _) = try await open()
        for index in 0..<10 {
            _ = try await contract.store.accept(
                contract.batch("b\(index)", lines((index * 10)..<(index * 10 + 12), day: index)),
                entry: RecordStoreContract.entry())
        }
        let first = try #require(CivilDay("2025-11-01"))
        let found = try await contract.store.overlap(
            RecordStoreContract.round, of: [RecordStoreContract.platform, "stranger"], kind: .device,
            days: first...first.adding(days: 29))
        #expect(found.distinct == [102, 0])
        #expect(found.union == 102 && found.pairs[0][1] == 0)
        let narrow = try await contract.store.overlap(
            RecordStoreContract.round, of: [RecordStoreContract.platform], kind: .device,
            days: first.adding(days: 1)...first.adding(days: 2))
        #expect(narrow.union < 102 && narrow.union > 0)
    }

    @Test("What was deleted is overwritten in the files")
    func erased() async throws {
        let (contract, path) = try await open()
        _ = try await contract.store.accept(
            contract.batch("b1", lines(0..<50, day: 0)), entry: RecordStoreContract.entry())
        let frame = try #require(try await places(path)["b1"])
        let queue = try DatabaseQueue(path: path)
        try await queue.write { db in
            try db.execute(sql: "INSERT INTO port_erasure SELECT segment, place, length FROM port_frame")
            try db.execute(sql: "DELETE FROM port_frame")
        }
        try await contract.store.tidy(at: Instant(seconds: 1))
        let bytes = try Data(contentsOf: file(path))
        #expect(bytes[frame.place..<(frame.place + frame.length)].allSatisfy { $0 == 0 })
        #expect(try await queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM port_erasure") } == 0)
    }
}

extension Range<Int> {
    fileprivate func asyncMap<Value>(_ body: (Int) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for index in self { values.append(try await body(index)) }
        return values
    }
}
