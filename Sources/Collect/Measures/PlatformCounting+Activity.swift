import Scheme
import Vocabulary

// Indicators of what happened in each of the port months.
extension PlatformCounting {
    /// Devices that reported in the month. In a month with data of more than half of its days only what reported
    /// counts; in one without, the month's inventory counts with it.
    mutating func distinctDevices() throws -> Tally {
        var tally = Tally(months: [])
        var clouds: [Int: Int] = [:]
        var silent = 0
        for month in months {
            let activity = try activity(in: month)
            tally.months.append(
                Tally.Month(
                    month: month, value: Fraction(Int128(activity.devices)), daysReceived: activity.deviceDays,
                    level: activity.deviceLevel))
            clouds.merge(activity.byCloud) { $0 + $1 }
            silent += activity.silent
        }
        for (cloud, sum) in clouds {
            let name = cloud == 0 ? "unstated" : WireCodes.clouds[cloud - 1]
            tally.splits[name] = Fraction(Int128(sum), over: Int128(months.count))
        }
        if silent > 0 { tally.splits["silent"] = Fraction(Int128(silent), over: Int128(months.count)) }
        return tally
    }

    /// (device, point) pairs with samples on at least 20 days of the month, or on 80 % of the days on which their
    /// device spoke.
    ///
    /// A pair with exactly one record in the month is read as a monthly summary and credited with `min(n, days of its
    /// device)` days. A pair whose device did not speak in the month needs its 20 days.
    mutating func effectivePoints() throws -> Tally {
        var tally = Tally(months: [])
        var constant: Int128 = 0
        var ineffective: Int128 = 0
        for month in months {
            let activity = try activity(in: month)
            let counts = activity.points
            constant += Int128(counts.constant)
            ineffective += Int128(counts.ineffective)
            // A monthly summary of a point stands for the days of its devices.
            let days = activity.pointDays == 0 ? 0 : max(activity.pointDays, activity.deviceDays)
            tally.months.append(
                Tally.Month(
                    month: month, value: Fraction(Int128(counts.effective)), daysReceived: days,
                    level: DayFact.level(days: days, of: month)))
        }
        tally.constantPoints = Fraction(constant, over: Int128(months.count))
        tally.splits["constant"] = tally.constantPoints
        if ineffective > 0 { tally.splits["ineffective"] = Fraction(ineffective, over: Int128(months.count)) }
        return tally
    }

    /// Distinct users who called an industrial app in the month.
    mutating func monthlyActiveUsers() throws -> Tally {
        var tally = Tally(months: [])
        for month in months {
            let calls = try calls(in: month)
            tally.months.append(
                Tally.Month(
                    month: month, value: Fraction(Int128(calls.appUsers)), daysReceived: calls.daysReceived,
                    level: calls.level))
        }
        return tally
    }
}
