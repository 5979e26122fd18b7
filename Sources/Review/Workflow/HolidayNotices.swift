import Foundation
import Vocabulary

/// The State Council General Office's yearly notices on holidays, as data: one entry a year with its document number.
///
/// Source: the notices of the years 2024 to 2026. A year without a notice knows Saturdays and Sundays only; `years`
/// says which years are known, so that pages can tell a date that may still move.
public struct HolidayNotices: Sendable, Hashable {
    /// One year's notice.
    public struct Notice: Sendable, Hashable {
        public let year: Int
        /// The number of the notice.
        public let document: String
        public let holidays: Set<CivilDay>
        /// Weekend days worked in exchange.
        public let workdays: Set<CivilDay>
    }

    /// In the order of the file.
    public let notices: [Notice]

    /// The notices in the binary.
    public static let embedded = (try? HolidayNotices(json: PackageResources.working_days_json)) ?? HolidayNotices()

    private init() { notices = [] }

    /// Reads the file of notices: `{"years": [{year, document, holidays: ["first/last"], workdays: ["day"]}]}`.
    /// - Throws: `review.holidays_invalid` with the year whose entry cannot be read.
    public init(json: [UInt8]) throws {
        let file = try JSONDecoder().decode(File.self, from: Data(json))
        notices = try file.years.map { entry in
            var holidays: Set<CivilDay> = []
            for range in entry.holidays {
                let ends = range.split(separator: "/").compactMap { CivilDay($0) }
                guard ends.count == 2, ends[0] <= ends[1], ends[1].daysSince1970 - ends[0].daysSince1970 < 31 else {
                    throw Failure("review.holidays_invalid", ["year": "\(entry.year)", "entry": range])
                }
                for day in ends[0].daysSince1970...ends[1].daysSince1970 {
                    holidays.insert(CivilDay(daysSince1970: day))
                }
            }
            let workdays = entry.workdays.compactMap { CivilDay($0) }
            guard workdays.count == entry.workdays.count, holidays.isDisjoint(with: workdays) else {
                throw Failure("review.holidays_invalid", ["year": "\(entry.year)", "entry": "workdays"])
            }
            return Notice(year: entry.year, document: entry.document, holidays: holidays, workdays: Set(workdays))
        }
    }

    /// The years whose notice is known.
    public var years: Set<Int> { Set(notices.map(\.year)) }

    /// One calendar over all years.
    public var calendar: WorkingCalendar {
        WorkingCalendar(
            holidays: notices.reduce(into: []) { $0.formUnion($1.holidays) },
            exchangedWorkdays: notices.reduce(into: []) { $0.formUnion($1.workdays) })
    }

    /// These notices with `other`'s added; a year in both is taken from `other`.
    public func merging(_ other: HolidayNotices) -> HolidayNotices {
        HolidayNotices(notices.filter { !other.years.contains($0.year) } + other.notices)
    }

    private init(_ notices: [Notice]) { self.notices = notices }

    private struct File: Decodable {
        let years: [Entry]
        struct Entry: Decodable {
            let year: Int
            let document: String
            let holidays: [String]
            let workdays: [String]
        }
    }
}

extension WorkingCalendar {
    /// Working days in China by the notices in the binary.
    public static let china = HolidayNotices.embedded.calendar
}
