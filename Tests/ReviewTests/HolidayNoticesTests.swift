import Review
import Testing
import Vocabulary

@Suite("Working days by the State Council's notices")
struct HolidayNoticesTests {
    private func day(_ text: String) throws -> CivilDay { try #require(CivilDay(text)) }

    @Test(
        "Well-known days are worked or not, exchanged weekends included",
        arguments: [
            ("2024-02-04", true), ("2024-02-09", true), ("2024-02-10", false), ("2024-02-18", true),
            ("2024-04-07", true), ("2024-05-11", true), ("2024-09-14", true), ("2024-10-12", true),
            ("2025-01-26", true), ("2025-01-27", true), ("2025-01-28", false), ("2025-02-04", false),
            ("2025-02-05", true), ("2025-02-08", true), ("2025-09-28", true), ("2025-10-08", false),
            ("2025-10-09", true), ("2025-10-11", true), ("2025-10-12", false), ("2026-01-02", false),
            ("2026-01-04", true), ("2026-02-14", true), ("2026-02-23", false), ("2026-02-28", true),
            ("2026-05-09", true), ("2026-09-20", true), ("2026-10-10", true), ("2026-11-21", false),
        ])
    func knownDays(_ text: String, _ isWorked: Bool) throws {
        #expect(WorkingCalendar.china.isWorkday(try day(text)) == isWorked)
    }

    @Test(
        "Each year has the days that its notice says",
        arguments: [(2024, 251), (2025, 248), (2026, 248)])
    func daysOfAYear(_ year: Int, _ expected: Int) throws {
        let end = try day("\(year)-12-31")
        let worked = WorkingCalendar.china.workdays(after: try day("\(year - 1)-12-31"), through: end)
        #expect(worked == expected)
        #expect(HolidayNotices.embedded.years.contains(year))
    }

    @Test("Working days over the National Day of 2025 count the Saturday worked in exchange")
    func overTheHoliday() throws {
        let start = try day("2025-09-29")
        #expect(WorkingCalendar.china.day(5, workdaysAfter: start) == (try day("2025-10-13")))
        #expect(WorkingCalendar.china.day(4, workdaysAfter: start) == (try day("2025-10-11")))
    }

    @Test("A period of 0 days is over at once and never missed; another is missed only after its last day")
    func periods() throws {
        let zone = try #require(DayCutter(zoneName: "Asia/Shanghai"))
        let start = zone.start(of: try day("2025-09-29")).adding(seconds: 36_000)
        let none = WorkingPeriod(0, after: start, calendar: .china, zone: zone)
        #expect(none.isOver(start, zone: zone))
        #expect(!none.isMissed(start.adding(seconds: 1_000_000_000), zone: zone))
        let four = WorkingPeriod(4, after: start, calendar: .china, zone: zone)
        let last = zone.start(of: try day("2025-10-12")).adding(seconds: -1)
        #expect(!four.isOver(last, zone: zone))
        #expect(four.workdaysLeft(last, calendar: .china, zone: zone) == 1)
        #expect(four.workdaysLeft(start, calendar: .china, zone: zone) == 4)
        #expect(four.isMissed(last.adding(seconds: 1), zone: zone))
        #expect(four.workdaysLeft(last.adding(seconds: 1), calendar: .china, zone: zone) == 0)
    }

    @Test("A further year comes from a file, and a file that cannot be read says which year")
    func furtherYears() throws {
        let file =
            #"{"years":[{"year":2027,"document":"x","holidays":["2027-01-01/2027-01-03"],"workdays":["2027-01-09"]}]}"#
        let notices = HolidayNotices.embedded.merging(try HolidayNotices(json: Array(file.utf8)))
        #expect(notices.calendar.isWorkday(try day("2027-01-09")))
        #expect(!notices.calendar.isWorkday(try day("2027-01-01")))
        #expect(throws: Failure.self) {
            try HolidayNotices(json: Array(file.replacing("2027-01-03", with: "2026-12-31").utf8))
        }
    }
}
