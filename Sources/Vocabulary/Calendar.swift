import Foundation

/// A day of the Gregorian calendar without a clock or zone.
public struct CivilDay: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    public let daysSince1970: Int

    public init(daysSince1970: Int) { self.daysSince1970 = daysSince1970 }

    /// Nil when the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CivilMonth(year: year, month: month).lengthInDays
        else { return nil }
        self.daysSince1970 = CivilDay.days(year, month, day)
    }

    /// `2025-11-03`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    public var month: CivilMonth {
        let (year, month, _) = components
        return CivilMonth(year: year, month: month)
    }

    /// Year, month 1…12, day 1…31. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    public var components: (year: Int, month: Int, day: Int) {
        let z = daysSince1970 + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    public func adding(days: Int) -> CivilDay { CivilDay(daysSince1970: daysSince1970 + days) }
    public static func < (a: CivilDay, b: CivilDay) -> Bool { a.daysSince1970 < b.daysSince1970 }

    public var description: String {
        let (year, month, day) = components
        return String("000\(year)".suffix(4)) + (month < 10 ? "-0" : "-") + "\(month)" + (day < 10 ? "-0" : "-")
            + "\(day)"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = CivilDay(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day: \(text)")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A month of the Gregorian calendar.
public struct CivilMonth: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let year: Int
    /// 1…12.
    public let month: Int

    public init(year: Int, month: Int) {
        self.year = year
        self.month = month
    }

    /// `2025-11`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 7, let day = CivilDay(text + "-01") else { return nil }
        self = day.month
    }

    public var lengthInDays: Int {
        switch month {
        case 2: return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: return 30
        default: return 31
        }
    }

    public var firstDay: CivilDay { CivilDay("\(self)-01") ?? CivilDay(daysSince1970: 0) }
    public var lastDay: CivilDay { firstDay.adding(days: lengthInDays - 1) }
    public var days: ClosedRange<CivilDay> { firstDay...lastDay }

    /// The month `count` months later, earlier when negative.
    public func adding(months count: Int) -> CivilMonth {
        let index = year * 12 + month - 1 + count
        return CivilMonth(year: index / 12, month: index % 12 + 1)
    }

    public static func < (a: CivilMonth, b: CivilMonth) -> Bool { (a.year, a.month) < (b.year, b.month) }
    public var description: String { String("000\(year)".suffix(4)) + (month < 10 ? "-0" : "-") + "\(month)" }
}

/// The one place where instants are cut into days and months, in the scheme's zone.
///
/// Zones with a fixed offset over the whole range in use (Asia/Shanghai since 1992) are cut by arithmetic; others ask
/// the zone's table for every instant.
public struct DayCutter: Sendable {
    public let zone: TimeZone
    private let fixedOffsetSeconds: Int64?

    /// Nil when the system knows no zone of that name.
    public init?(zoneName: String) {
        guard let zone = TimeZone(identifier: zoneName) else { return nil }
        self.zone = zone
        let probe = Date(timeIntervalSince1970: 700_000_000)
        self.fixedOffsetSeconds =
            zone.nextDaylightSavingTimeTransition(after: probe) == nil ? Int64(zone.secondsFromGMT(for: probe)) : nil
    }

    public func day(of instant: Instant) -> CivilDay {
        let offset = fixedOffsetSeconds ?? Int64(zone.secondsFromGMT(for: instant.date))
        return CivilDay(daysSince1970: Int((instant.milliseconds + offset * 1000).flooredQuotient(by: 86_400_000)))
    }

    /// The first instant of the day in the zone.
    public func start(of day: CivilDay) -> Instant {
        let utc = Instant(seconds: Int64(day.daysSince1970) * 86_400)
        let offset = fixedOffsetSeconds ?? Int64(zone.secondsFromGMT(for: utc.date))
        return Instant(milliseconds: utc.milliseconds - offset * 1000)
    }

    /// `2025-11-22 14:05` in the zone, for people.
    public func clockText(_ instant: Instant) -> String {
        let day = day(of: instant)
        let minutes = (instant.milliseconds - start(of: day).milliseconds) / 60_000
        let (hour, minute) = (minutes / 60, minutes % 60)
        return "\(day) \(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}
