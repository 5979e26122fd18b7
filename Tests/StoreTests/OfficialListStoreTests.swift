import Foundation
import GRDB
import Match
import Store
import Testing
import Trust
import Vocabulary

@Suite("Official lists in the database")
struct OfficialListStoreTests {
    private let text = "企业名称,统一社会信用代码,称号\n江苏衡山科技有限公司,93440300A4XLNTWN3E,单项冠军\n无锡星海有限公司,,小巨人\n"

    private func new(_ title: String = "示例名单", indicator: IndicatorID? = "honours", text: String? = nil) -> ListImport {
        let bytes = Array((text ?? self.text).utf8)
        let header = ListHeader(
            title: title, issuer: "示例厅", document: "示例〔2024〕1号", date: CivilDay(daysSince1970: 19_900),
            indicator: indicator, aliases: ["别名"])
        let reading = OfficialListReader().read(bytes, header: header)
        return ListImport(round: "r1", list: reading.list, file: bytes, by: "op", at: Instant(seconds: 9))
    }

    @Test("A list comes back row by row, with its file, and carries the index of the entry that it left")
    func roundTrip() async throws {
        let bench = try await CellBench()
        let store = SQLiteOfficialListStore(bench.database)
        let new = new()
        let index = try await store.add(new, entry: bench.entry("list.imported"))
        let summary = try #require(try await store.summary("r1", new.list.id))
        #expect(summary.logIndex == index)
        #expect(summary.header == new.list.header)
        #expect(summary.digest == Digest.sha256(of: new.file))
        #expect(try await store.file("r1", new.list.id) == new.file)
        #expect(try await store.rows("r1", new.list.id, after: 0, limit: 9) == new.list.rows)
        #expect(try await store.rows("r1", new.list.id, after: 2, limit: 9).map(\.number) == [3])
        #expect(try await store.lists("r1", for: "honours") == [new.list])
        #expect(try await store.lists("r1", for: "specialised-new").isEmpty)
        let kind = try await bench.database.read { db in
            try String.fetchOne(db, sql: "SELECT kind FROM audit_log WHERE position = ?", arguments: [index])
        }
        #expect(kind == "list.imported")
    }

    @Test("The same file under the same header is refused once, and comes back after a withdrawal")
    func twice() async throws {
        let bench = try await CellBench()
        let store = SQLiteOfficialListStore(bench.database)
        let new = new()
        try await store.add(new, entry: bench.entry("list.imported"))
        let failure = await #expect(throws: Failure.self) {
            try await store.add(new, entry: bench.entry("list.imported"))
        }
        #expect(failure?.code == "match.list_exists")
        try await store.withdraw(new.list.id, of: "r1", at: Instant(seconds: 10), entry: bench.entry("list.withdrawn"))
        #expect(try await store.lists("r1", for: "honours").isEmpty)
        #expect(try await store.summaries("r1").map(\.withdrawnAt) == [Instant(seconds: 10)])
        let again = await #expect(throws: Failure.self) {
            try await store.withdraw(
                new.list.id, of: "r1", at: Instant(seconds: 11), entry: bench.entry("list.withdrawn"))
        }
        #expect(again?.code == "match.list_withdrawn")
        try await store.add(new, entry: bench.entry("list.imported"))
        #expect(try await store.lists("r1", for: "honours").count == 1)
    }

    @Test("A refused write leaves neither row nor entry")
    func atomic() async throws {
        let bench = try await CellBench()
        let store = SQLiteOfficialListStore(bench.database)
        func entries() async throws -> Int {
            try await bench.database.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM audit_log") ?? 0 }
        }
        let before = try await entries()
        let failure = await #expect(throws: Failure.self) {
            try await store.withdraw("none", of: "r1", at: Instant(seconds: 1), entry: bench.entry("list.withdrawn"))
        }
        #expect(failure?.code == "match.list_unknown")
        #expect(try await entries() == before)
    }

    @Test("Lists keep the order in which they were imported")
    func order() async throws {
        let bench = try await CellBench()
        let store = SQLiteOfficialListStore(bench.database)
        for title in ["丙", "甲", "乙"] { try await store.add(new(title), entry: bench.entry("list.imported")) }
        #expect(try await store.summaries("r1").map(\.header.title) == ["丙", "甲", "乙"])
        #expect(try await store.lists("r1", for: "honours").map(\.header.title) == ["丙", "甲", "乙"])
    }

    @Test("The latest explanation of a platform replaces the earlier one")
    func keptAwards() async throws {
        let bench = try await CellBench()
        let store = SQLiteMatchedAwardsStore(bench.database)
        func kept(_ platform: PlatformID, _ value: Int) -> KeptAwards {
            KeptAwards(
                platform: platform,
                awards: MatchedAwards(
                    subject: platform.rawValue, indicator: "honours",
                    values: ["honours.case-lists": ExactDecimal(value)],
                    awards: [], decisions: [], missingLists: ["x"]), asOf: nil, at: Instant(seconds: Int64(value)))
        }
        try await store.keep([kept("p1", 1), kept("p2", 2)], of: "r1")
        try await store.keep([kept("p1", 3)], of: "r1")
        #expect(try await store.awards("r1", platform: nil) == [kept("p1", 3), kept("p2", 2)])
        #expect(try await store.awards("r1", platform: "p2") == [kept("p2", 2)])
    }
}
