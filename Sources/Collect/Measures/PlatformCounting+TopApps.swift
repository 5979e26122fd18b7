import Scheme
import Vocabulary

extension PlatformCounting {
    /// Users of the apps with the most subscribers, each user once over all of them, at each day's end.
    ///
    /// Equal places go to the app published earlier, then to the smaller identifier. The plain sum of the apps'
    /// subscribers stands beside.
    mutating func leadingAppUsers(_ count: Int) throws -> Tally {
        let subscriptions = try timeline(.subscription)
        let days = endDays
        let dayCount = days.dayCount
        var pairs: [(app: RecordKey, user: RecordKey, mask: UInt64)] = []
        var hasChanged = [Bool](repeating: false, count: dayCount + 1)
        hasChanged[0] = true
        subscriptions.spans(in: days) { entry, span in
            pairs.append((entry.key, entry.second, DayMask.of(span)))
            hasChanged[span.lowerBound] = true
            hasChanged[span.upperBound + 1] = true
        }
        let order = try AppOrder(
            published: timeline(.app).firstAdditions(), names: source.names(.app).mapValues(\.id))
        var users: [Int128] = []
        var sums: [Int128] = []
        for day in 0..<dayCount {
            if !hasChanged[day], let lastUsers = users.last, let lastSum = sums.last {
                users.append(lastUsers)
                sums.append(lastSum)
                continue
            }
            let live = pairs.filter { $0.mask >> UInt64(day) & 1 == 1 }
            let subscribers = live.reduce(into: [RecordKey: Int]()) { $0[$1.app, default: 0] += 1 }
            let top = subscribers.sorted { order.precedes($0, $1) }.prefix(count)
            let chosen = Set(top.map(\.key))
            users.append(Int128(Set(live.lazy.filter { chosen.contains($0.app) }.map(\.user)).count))
            sums.append(Int128(top.reduce(0) { $0 + $1.value }))
        }
        var tally = try stockCount(.subscription)
        tally.months[0].value = Fraction.median(users)
        tally.splits["plain-sum"] = Fraction.median(sums)
        return tally
    }
}

/// The order of apps by subscribers, publication, identifier.
private struct AppOrder {
    let published: [RecordKey: Int64]
    let names: [RecordKey: String]

    func precedes(_ x: (key: RecordKey, value: Int), _ y: (key: RecordKey, value: Int)) -> Bool {
        if x.value != y.value { return x.value > y.value }
        let (xTime, yTime) = (published[x.key] ?? .max, published[y.key] ?? .max)
        if xTime != yTime { return xTime < yTime }
        let (xName, yName) = (names[x.key], names[y.key])
        if xName != yName {
            guard let xName else { return false }
            guard let yName else { return true }
            return Array(xName.utf8).lexicographicallyPrecedes(Array(yName.utf8))
        }
        return x.key < y.key
    }
}
