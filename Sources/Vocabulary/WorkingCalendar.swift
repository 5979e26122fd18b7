/// Which days are worked: Monday to Friday, except public holidays, and the weekend days worked in exchange.
///
/// Source: the State Council General Office's yearly notice on the arrangement of holidays.
public struct WorkingCalendar: Sendable, Hashable {
    public let holidays: Set<CivilDay>
    /// Saturdays and Sundays that are worked in exchange.
    public let exchangedWorkdays: Set<CivilDay>

    public init(holidays: Set<CivilDay>, exchangedWorkdays: Set<CivilDay>) {
        self.holidays = holidays
        self.exchangedWorkdays = exchangedWorkdays
    }

    public func isWorkday(_ day: CivilDay) -> Bool {
        if exchangedWorkdays.contains(day) { return true }
        // 1970-01-01 was a Thursday: Monday is 0.
        let weekday = ((day.daysSince1970 + 3) % 7 + 7) % 7
        return weekday < 5 && !holidays.contains(day)
    }

    /// The last day of a time limit of `count` working days that begins the day after `day`; `day` itself for 0.
    public func day(_ count: Int, workdaysAfter day: CivilDay) -> CivilDay {
        var (left, day) = (count, day)
        while left > 0 {
            day = day.adding(days: 1)
            if isWorkday(day) { left -= 1 }
        }
        return day
    }

    /// Working days after `day` up to and with `end`; 0 when the end is not later.
    public func workdays(after day: CivilDay, through end: CivilDay) -> Int {
        var (count, day) = (0, day)
        while day < end {
            day = day.adding(days: 1)
            if isWorkday(day) { count += 1 }
        }
        return count
    }
}
