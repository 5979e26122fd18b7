import Scheme
import Vocabulary

/// The first so many of a ranking without ties: among equals by the scheme's keys, in its order.
struct LimitedList {
    let scheme: IndicatorScheme
    let options: ScoringOptions
    let units: [RatedUnit]
    let sheets: [ScoreSheet]

    /// Best first; empty when the scheme has no limited list.
    func entries() -> [LimitedListEntry] {
        guard let count = scheme.ranking.limitedListCount?.value, count > 0 else { return [] }
        let keys = scheme.ranking.limitedListOrder.map(\.value)
        let lots = DrawnLot(seed: options.lotSeed).numbers(units.map(\.id))
        let rated = units.indices.filter { sheets[$0].total != nil }
        let order = rated.sorted { isBefore($0, $1, keys, lots) }
        return order.prefix(count).enumerated().map { place, index in
            let next = place + 1 < order.count ? order[place + 1] : nil
            let decider = next.flatMap { self.decider(index, $0, keys, lots) }
            return LimitedListEntry(place: place + 1, unit: units[index].id, decidedBy: decider)
        }
    }

    private func isBefore(_ a: Int, _ b: Int, _ keys: [String], _ lots: [String: Int]) -> Bool {
        if sheets[a].total != sheets[b].total { return (sheets[a].total ?? .zero) > (sheets[b].total ?? .zero) }
        for key in keys {
            let order = compare(a, b, key, lots)
            if order != 0 { return order < 0 }
        }
        return units[a].id < units[b].id
    }

    /// The key that put `a` before `b`; nil when their totals differ.
    private func decider(_ a: Int, _ b: Int, _ keys: [String], _ lots: [String: Int]) -> String? {
        guard sheets[a].total == sheets[b].total else { return nil }
        return keys.first { compare(a, b, $0, lots) != 0 }
    }

    /// Below 0: `a` stands before `b` by this key alone.
    private func compare(_ a: Int, _ b: Int, _ key: String, _ lots: [String: Int]) -> Int {
        if key == "lot" { return sign((lots[units[a].id] ?? 0), (lots[units[b].id] ?? 0)) }
        if key.hasPrefix("value:") {
            let id = String(key.dropFirst("value:".count))
            let (x, y) = (units[a].values[id]?.number, units[b].values[id]?.number)
            return sign(y ?? -.infinity, x ?? -.infinity)
        }
        return sign(sheets[b].section(key)?.points ?? .zero, sheets[a].section(key)?.points ?? .zero)
    }

    private func sign<Value: Comparable>(_ x: Value, _ y: Value) -> Int { x < y ? -1 : x > y ? 1 : 0 }
}
