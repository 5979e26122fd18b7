import Testing
import Vocabulary

@Suite("Days, months and instants")
struct CalendarTests {
    @Test("Every day of four centuries survives the way to its components and back")
    func days() throws {
        for number in stride(from: -50_000, through: 100_000, by: 1) {
            let day = CivilDay(daysSince1970: number)
            let (year, month, dayOfMonth) = day.components
            #expect(CivilDay(year: year, month: month, day: dayOfMonth) == day)
        }
    }

    @Test(
        "Days that the calendar does not have are refused", arguments: ["2025-02-29", "2025-13-01", "2025-1-01", "x"])
    func refusedDays(text: String) {
        #expect(CivilDay(text) == nil)
    }

    @Test(
        "Instants are read with their zone and written in UTC",
        arguments: [
            ("2025-11-03T08:00:00+08:00", "2025-11-03T00:00:00Z"),
            ("2025-11-03T00:00:00.25Z", "2025-11-03T00:00:00.250Z"),
            ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
        ])
    func instants(text: String, expected: String) throws {
        #expect(try #require(Instant(rfc3339: text)).description == expected)
    }

    @Test("A Shanghai day begins at 16:00 UTC of the day before")
    func shanghai() throws {
        let cutter = try #require(DayCutter(zoneName: "Asia/Shanghai"))
        let start = try #require(Instant(rfc3339: "2025-10-31T16:00:00Z"))
        #expect(cutter.day(of: start) == CivilDay("2025-11-01"))
        #expect(cutter.day(of: start.adding(seconds: -1)) == CivilDay("2025-10-31"))
        #expect(cutter.start(of: try #require(CivilDay("2025-11-01"))) == start)
    }
}
