import Scheme
import Vocabulary

/// One counting of one platform: what several measures need is read once.
struct PlatformCounting<Source: RunSource> {
    let scheme: IndicatorScheme
    let source: Source
    let cutter: DayCutter
    let months: [CivilMonth]
    let dataYear: Int
    private let summaries: [SummaryFigure]
    private var timelines: [RecordKind: StockTimeline] = [:]

    init(scheme: IndicatorScheme, cutOff: CivilDay, source: Source) throws {
        guard let cutter = DayCutter(zoneName: scheme.zone) else {
            throw Failure("collect.zone_unknown", ["zone": scheme.zone])
        }
        guard let calendar = scheme.calendar else {
            throw Failure("collect.calendar_missing", ["scheme": scheme.id.rawValue])
        }
        self.scheme = scheme
        self.source = source
        self.cutter = cutter
        self.months = calendar.portMonths(cutOff: cutOff)
        self.dataYear = calendar.dataYear.value
        self.summaries = try source.summaries()
    }

    /// The last port month, over whose days `end` takes its median.
    var lastMonth: CivilMonth { months[months.count - 1] }

    mutating func count(_ measure: PortMeasure, of indicator: Indicator, named name: String) throws -> CountedValue {
        let part = PartialName("\(name) \(scheme.digest)", restsOn: measure.kinds, months: months)
        // What nothing new was sent for is not looked at again.
        var fresh = self
        var tally = try source.partial(part) { try fresh.tally(measure) }
        timelines = fresh.timelines
        if indicator.window.value == .end, tally.months.count > 1 { tally.months = tally.months.suffix(1) }
        return settle(tally, indicator, name)
    }

    private mutating func tally(_ measure: PortMeasure) throws -> Tally {
        switch measure {
        case .distinctDevices: try distinctDevices()
        case .effectivePoints: try effectivePoints()
        case .vcpuCores: try nodeCapacity(metric: 1, divisor: 1) { Int128($0.a & 0x3ff_ffff) }
        case .storageBytes: try nodeCapacity(metric: 2, divisor: 1_000_000_000_000) { Int128($0.b) }
        case .modelsInUse(let kind): try modelsInUse(kind: kind)
        case .appsInUse: try appsInUse()
        case .liveSubscriptions: try liveSubscriptions()
        case .leadingAppUsers(let count): try leadingAppUsers(count)
        case .registeredUsers: try stockCount(.user)
        case .monthlyActiveUsers: try monthlyActiveUsers()
        case .activeDevelopers: try activeDevelopers()
        }
    }

    /// The tally in the indicator's unit; without rows, the platform's own summary at the level of a declaration.
    private func settle(_ tally: Tally, _ indicator: Indicator, _ name: String) -> CountedValue {
        let places = indicator.valuePlaces
        let spoken = indicator.window.value == .end ? [lastMonth] : months
        let declarations = spoken.map { declared(indicator.id, in: $0) }
        let hasDeclared = declarations.contains { $0 != nil }
        let declaredMean = Fraction.mean(declarations.map { $0.map(Fraction.init) ?? .zero })
        let declaredValue = hasDeclared ? declaredMean.rounded(places: places) : nil
        let levels = tally.months.compactMap(\.level)
        guard let level = levels.min() else {
            let received = declarations.count { $0 != nil }
            return CountedValue(
                indicator: indicator.id, measure: name, value: declaredValue,
                perMonth: zip(spoken, declarations).map { month, value in
                    MonthCount(
                        month: "\(month)", value: (value ?? .zero).rounded(places: places), daysReceived: 0,
                        evidenceLevel: .declared)
                },
                evidenceLevel: .declared, completeness: Double(received) / Double(max(1, declarations.count)),
                declared: declaredValue)
        }
        return CountedValue(
            indicator: indicator.id, measure: name,
            value: Fraction.mean(tally.months.map(\.value)).rounded(places: places),
            perMonth: tally.months.map {
                MonthCount(
                    month: "\($0.month)", value: $0.value.rounded(places: places), daysReceived: $0.daysReceived,
                    evidenceLevel: $0.level ?? .declared)
            },
            splits: tally.splits.mapValues { $0.rounded(places: places) }, evidenceLevel: level,
            completeness: tally.completeness(level), constantPoints: tally.constantPoints.rounded(places: places),
            declared: declaredValue)
    }

    private func declared(_ indicator: IndicatorID, in month: CivilMonth) -> ExactDecimal? {
        summaries.last { $0.indicator == indicator && $0.period == "\(month)" }?.value
    }

    // MARK: what several measures read

    mutating func timeline(_ kind: RecordKind) throws -> StockTimeline {
        if let known = timelines[kind] { return known }
        let timeline = try StockTimeline(kind: kind, source: source, cutter: cutter)
        timelines[kind] = timeline
        return timeline
    }

    func activity(in month: CivilMonth) throws -> ActivityMonth {
        try source.partial(PartialName("activity", restsOn: [.device, .point], months: [month])) {
            try ActivityMonth(month: month, source: source)
        }
    }

    func calls(in month: CivilMonth) throws -> CallMonth {
        try source.partial(PartialName("calls", restsOn: [.call], months: [month])) {
            try CallMonth(month: month, source: source)
        }
    }
}

/// A measure's figures before rounding.
struct Tally: Sendable {
    struct Month: Sendable {
        var month: CivilMonth
        var value: Fraction
        var daysReceived: Int
        /// Nil: nothing was received for the month.
        var level: EvidenceLevel?
    }

    var months: [Month]
    var splits: [String: Fraction] = [:]
    var constantPoints = Fraction.zero
    /// Of stocks and lists: the share of port months whose set is known. Nil: the share of months with any data.
    var knownShare: Double?

    /// Live data is expected every day, lists every month, from the month of connection on: the months before it are
    /// zeros in the mean already, and nothing is counted against a platform twice.
    func completeness(_ level: EvidenceLevel) -> Double {
        if let knownShare { return knownShare }
        let months = self.months.drop { $0.level == nil }
        if level >= .live {
            let expected = months.reduce(0) { $0 + $1.month.lengthInDays }
            return Double(months.reduce(0) { $0 + $1.daysReceived }) / Double(max(1, expected))
        }
        return Double(months.count { $0.level != nil }) / Double(max(1, months.count))
    }
}
