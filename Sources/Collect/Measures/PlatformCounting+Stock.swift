import Scheme
import Vocabulary

// Indicators of what there is: day-end stocks, at the end or as the median day of each month.
/// The switch of a scheme under which every kind of model counts.
private let countAllModelKinds = "count-all-model-kinds"

extension PlatformCounting {
    /// The days over which `end` takes its median.
    var endDays: ClosedRange<CivilDay> { lastMonth.days }

    /// A tally of one month from day-end figures of the last port month, resting on the sets of `kinds`.
    private mutating func endTally(_ daily: [Int128], restingOn kinds: [RecordKind]) throws -> Tally {
        let timelines = try kinds.map { try timeline($0) }
        let isKnown = timelines.allSatisfy { $0.isKnown(on: lastMonth.lastDay) }
        let known = months.count { month in timelines.allSatisfy { $0.isKnown(on: month.lastDay) } }
        return Tally(
            months: [
                Tally.Month(
                    month: lastMonth, value: Fraction.median(daily),
                    daysReceived: isKnown ? lastMonth.lengthInDays : 0, level: isKnown ? .inventory : nil)
            ],
            knownShare: Double(known) / Double(months.count))
    }

    mutating func stockCount(_ kind: RecordKind) throws -> Tally {
        let daily = try timeline(kind).dailyCounts(in: endDays)
        return try endTally(daily, restingOn: [kind])
    }

    /// Published models, of one kind or of all, that were called at least once in the port months.
    mutating func modelsInUse(kind: String?) throws -> Tally {
        let models = try timeline(.model)
        let called = try months.reduce(into: Set<RecordKey>()) { try $0.formUnion(calls(in: $1).models) }
        let wanted = scheme.isOn(countAllModelKinds) ? nil : kind.map { WireCodes.hash($0) }
        let days = endDays
        let daily = models.dailyCounts(in: days) { called.contains($0.key) && (wanted == nil || $0.b == wanted) }
        var tally = try endTally(daily, restingOn: [.model])
        tally.splits["published"] = Fraction.median(models.dailyCounts(in: days))
        for code in scheme.dictionary(RecordContext.modelKindsDictionary)?.entries.map(\.code) ?? [] {
            let hash = WireCodes.hash(code)
            let ofKind = models.dailyCounts(in: days) { called.contains($0.key) && $0.b == hash }
            tally.splits[code] = Fraction.median(ofKind)
        }
        return tally
    }

    /// Apps published and not withdrawn that had a live subscription on the day, or a call in the port months.
    mutating func appsInUse() throws -> Tally {
        let apps = try timeline(.app)
        let called = try months.reduce(into: Set<RecordKey>()) { try $0.formUnion(calls(in: $1).apps) }
        let days = endDays
        var subscribed: [RecordKey: UInt64] = [:]
        try timeline(.subscription).spans(in: days) { subscribed[$0.key, default: 0] |= DayMask.of($1) }
        var masks: [RecordKey: UInt64] = [:]
        apps.spans(in: days) { masks[$0.key, default: 0] |= DayMask.of($1) }
        var daily = [Int128](repeating: 0, count: days.dayCount)
        for (key, mask) in masks {
            let live = called.contains(key) ? mask : mask & (subscribed[key] ?? 0)
            for day in 0..<daily.count where live >> UInt64(day) & 1 == 1 { daily[day] += 1 }
        }
        var tally = try endTally(daily, restingOn: [.app])
        tally.splits["published"] = Fraction.median(apps.dailyCounts(in: days))
        return tally
    }

    /// Live (app, subscriber) pairs; those on apps that the platform never published are shown beside.
    mutating func liveSubscriptions() throws -> Tally {
        let subscriptions = try timeline(.subscription)
        let known = Set(try timeline(.app).firstAdditions().keys)
        let days = endDays
        var tally = try endTally(subscriptions.dailyCounts(in: days), restingOn: [.subscription])
        let strangers = subscriptions.dailyCounts(in: days) { !known.contains($0.key) }
        if strangers.contains(where: { $0 > 0 }) { tally.splits["unknown-apps"] = Fraction.median(strangers) }
        return tally
    }

    /// Registered developers with an act in the data year; all registered ones are shown beside.
    mutating func activeDevelopers() throws -> Tally {
        let developers = try timeline(.developer)
        let year = dataYear
        let acted = Set(
            (developers.changes + developers.snapshots.flatMap(\.entries)).filter {
                $0.b != 0 && !StockTimeline.isRemoval($0)
                    && CivilDay(daysSince1970: developers.day($0)).components.year == year
            }.map(\.key))
        let days = endDays
        var tally = try endTally(
            developers.dailyCounts(in: days) { acted.contains($0.key) }, restingOn: [.developer])
        tally.splits["registered"] = Fraction.median(developers.dailyCounts(in: days))
        return tally
    }

    /// The month's median day of what the nodes have together; without a node inventory, of the gauge.
    mutating func nodeCapacity(metric: UInt64, divisor: Int128, _ amount: (RunEntry) -> Int128) throws -> Tally {
        let nodes = try timeline(.node)
        guard !nodes.isEmpty else { return try gauged(metric: metric, divisor: divisor) }
        var tally = Tally(months: [])
        for month in months {
            var steps = [Int128](repeating: 0, count: month.lengthInDays + 1)
            nodes.spans(in: month.days) { entry, span in
                steps[span.lowerBound] += amount(entry)
                steps[span.upperBound + 1] -= amount(entry)
            }
            let isKnown = nodes.isKnown(on: month.lastDay)
            tally.months.append(
                Tally.Month(
                    month: month, value: Fraction.median(StockTimeline.runningSums(steps)).divided(by: divisor),
                    daysReceived: isKnown ? month.lengthInDays : 0, level: isKnown ? .inventory : nil))
        }
        return tally
    }

    /// Each day's last reading, clouds added up; where clouds are named, readings without a cloud are left out.
    private func gauged(metric: UInt64, divisor: Int128) throws -> Tally {
        var tally = Tally(months: [])
        var (received, expected) = (0, 0)
        for month in months {
            var days: [Int: [UInt64: RunEntry]] = [:]
            for run in try source.runs(.gauge, days: month.days) {
                for entry in run.entries where entry.key.high == metric {
                    let last = days[run.day]?[entry.key.low]
                    if last.map({ ($0.a, $0.b) < (entry.a, entry.b) }) ?? true {
                        days[run.day, default: [:]][entry.key.low] = entry
                    }
                }
            }
            let daily = days.values.map { clouds in
                clouds.filter { clouds.count == 1 || $0.key != 0 }.values.reduce(Int128(0)) {
                    $0 + Int128(Double(bitPattern: $1.b).rounded())
                }
            }
            received += daily.count
            expected += month.lengthInDays
            tally.months.append(
                Tally.Month(
                    month: month, value: Fraction.median(daily).divided(by: divisor), daysReceived: daily.count,
                    level: daily.isEmpty ? nil : .declared))
        }
        tally.knownShare = Double(received) / Double(max(1, expected))
        return tally
    }
}

/// Days of a month as bits.
enum DayMask {
    static func of(_ span: ClosedRange<Int>) -> UInt64 {
        let width = UInt64(span.upperBound - span.lowerBound + 1)
        return ((width >= 64 ? 0 : 1 << width) &- 1) << UInt64(span.lowerBound)
    }
}
