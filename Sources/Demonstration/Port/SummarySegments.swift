import Vocabulary

/// The platform's own monthly summary, and the daily gauges of one that sends no rows.
struct SummarySegments {
    let plan: PortPlan
    let stamps: RecordStamps

    func all(in month: CivilMonth) -> [RecordSegment] {
        var segments: [RecordSegment] = []
        if plan.platform.cheat == .declaredOnly { segments.append(gauges(in: month)) }
        let isConnected = plan.months.contains(month) || plan.platform.cheat == .declaredOnly
        if isConnected { segments.append(summary(of: month)) }
        return segments
    }

    private func summary(of month: CivilMonth) -> RecordSegment {
        let values = values(in: month).map { ($0.0.rawValue, $0.1.description) }
        return RecordSegment(count: 1) { _, line in
            line.begin("summary")
            line.field("period", month.description)
            line.field("values", object: values)
            line.end()
        }
    }

    private func gauges(in month: CivilMonth) -> RecordSegment {
        let plan = plan
        let stamps = stamps
        return RecordSegment(count: month.lengthInDays * 2) { place, line in
            line.begin("gauge")
            line.field("metric", literal: place % 2 == 0 ? "vcpu" : "storage_bytes")
            line.field("value", place % 2 == 0 ? plan.platform.figures.cores : plan.platform.figures.storageBytes)
            line.field("ts", stamps.seconds(month.firstDay.adding(days: place / 2), 0))
            line.end()
        }
    }

    /// What the summary of the month says, in the order of the indicators, scaled down like the rows beside it.
    ///
    /// An honest platform's own count lies up to 2 % above what its rows show; the planted ones state more.
    func values(in month: CivilMonth) -> [(IndicatorID, ExactDecimal)] {
        let figures = plan.platform.figures
        let claimsAll = plan.platform.cheat == .declaredOnly
        func either(_ counted: Int, _ whole: Int) -> Int { claimsAll ? whole : counted }
        let devices = plan.devices(in: month) + plan.silentDevices + plan.sensors
        let active = max(1, plan.users * figures.activePercent / 100)
        let whole: [(IndicatorID, Int)] = [
            ("devices-connected", either(devices, plan.devices)),
            ("data-points", either(plan.points(in: month), plan.points)), ("vcpu-cores", figures.cores),
            ("industrial-models", plan.models), ("industrial-apps", plan.apps),
            ("app-subscriptions", plan.subscriptions), ("killer-app-users", plan.usersOfFirstApps),
            ("registered-users", plan.users), ("monthly-active-users", either(plan.activeUsers(in: month), active)),
            ("developers", plan.developers),
        ]
        var result = whole.enumerated().map { place, entry in
            (entry.0, ExactDecimal(stated(entry.1, UInt64(place), month)))
        }
        let gigabytes = stated(figures.storageBytes / 1_000_000_000, 3, month)
        result.insert(("data-volume", ExactDecimal(coefficient: Int64(gigabytes), places: 3)), at: 3)
        return result
    }

    private func stated(_ value: Int, _ place: UInt64, _ month: CivilMonth) -> Int {
        if plan.platform.cheat == .inflatedSummary { return value * 2 }
        let drawn = Mixing.hash(plan.secret ^ 0x5E77, place &+ UInt64(month.month * 100))
        return drawn % 4 == 0 ? value * (1000 + Int(drawn >> 20) % 21) / 1000 : value
    }
}
