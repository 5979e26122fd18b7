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
            let devices = try devices(in: month)
            tally.months.append(
                Tally.Month(
                    month: month, value: Fraction(Int128(devices.count)), daysReceived: devices.daysReceived,
                    level: devices.level))
            clouds.merge(devices.byCloud) { $0 + $1 }
            silent += devices.silent
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
            let devices = try devices(in: month)
            let (facts, days) = try DayFact.read(.point, month: month, source: source)
            let counts = PointMonth(facts: facts, devices: devices)
            constant += Int128(counts.constant)
            ineffective += Int128(counts.ineffective)
            let level = DayFact.level(days: max(days, days == 0 ? 0 : devices.daysReceived), of: month)
            tally.months.append(
                Tally.Month(
                    month: month, value: Fraction(Int128(counts.effective)),
                    daysReceived: max(days, days == 0 ? 0 : devices.daysReceived), level: level))
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

/// The points of one month.
struct PointMonth {
    private(set) var effective = 0
    /// Effective, numeric, and of one value all month.
    private(set) var constant = 0
    private(set) var ineffective = 0

    static let enoughDays = 20

    /// - Parameter facts: sorted by device, point, day.
    init(facts: [DayFact], devices: DeviceMonth) {
        var at = 0
        while at < facts.count {
            let start = at
            let (device, point) = (facts[at].entry.key, facts[at].entry.second)
            var days = 0
            while at < facts.count, facts[at].entry.key == device, facts[at].entry.second == point {
                if at == start || facts[at].day != facts[at - 1].day { days += 1 }
                at += 1
            }
            let spoken = devices.days(of: device)
            if at - start == 1 { days = min(Int(facts[start].entry.a >> 8 & 0xffff_ffff), spoken) }
            if PointMonth.isEffective(days: days, deviceDays: spoken) {
                effective += 1
                if PointMonth.isConstant(facts[start..<at]) { constant += 1 }
            } else {
                ineffective += 1
            }
        }
    }

    /// At least 20 days, or at least 80 % of the days on which the device spoke.
    static func isEffective(days: Int, deviceDays: Int) -> Bool {
        days >= enoughDays || (deviceDays > 0 && days * 5 >= deviceDays * 4)
    }

    private static func isConstant(_ facts: ArraySlice<DayFact>) -> Bool {
        var value: UInt64?
        for fact in facts {
            switch PointVariation(rawValue: fact.entry.a & 0xff) {
            case .constant: continue
            case .constantAt:
                if let value, value != fact.entry.b { return false }
                value = fact.entry.b
            default: return false
            }
        }
        return true
    }
}
