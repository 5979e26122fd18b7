import Vocabulary

/// The history of one stock: which things were in it at the end of each day.
///
/// A change counts from the day it names. A snapshot states the whole set at the end of its day and replaces what came
/// of the changes up to that day; later changes go on from it. Of an addition and a removal in one second the removal
/// stands.
struct StockTimeline {
    /// Ascending: the changes of one thing stand together, in time.
    let changes: [RunEntry]
    /// By date.
    let snapshots: [InventorySnapshot]
    let cutter: DayCutter

    init(kind: RecordKind, source: some RunSource, cutter: DayCutter) throws {
        self.changes = RunMerge.union(try source.stockRuns(kind).map(\.entries))
        self.snapshots = try source.snapshots(kind).sorted { $0.date < $1.date }
        self.cutter = cutter
    }

    var isEmpty: Bool { changes.isEmpty && snapshots.isEmpty }

    static func second(_ entry: RunEntry) -> Int64 { Int64(entry.a >> 30) }
    static func isRemoval(_ entry: RunEntry) -> Bool { entry.a >> 29 & 1 == 1 }

    func day(_ entry: RunEntry) -> Int {
        cutter.day(of: Instant(seconds: StockTimeline.second(entry))).daysSince1970
    }

    /// Whether anything of the stock is known at the end of the day.
    func isKnown(on day: CivilDay) -> Bool {
        if let first = snapshots.first, first.date <= day { return true }
        return changes.contains { self.day($0) <= day.daysSince1970 }
    }

    /// For every thing, the spans of days (from the window's first, 0) at whose end it was in the stock, with the fact
    /// in force. Spans of one thing do not overlap; things come in the order of their keys within a snapshot's reign.
    func spans(in window: ClosedRange<CivilDay>, _ body: (RunEntry, ClosedRange<Int>) -> Void) {
        let first = window.lowerBound.daysSince1970
        let last = window.upperBound.daysSince1970
        let relevant = snapshots.filter { $0.date <= window.upperBound }
        let start = relevant.lastIndex { $0.date <= window.lowerBound }
        if start == nil {
            let until = relevant.first.map { $0.date.daysSince1970 - 1 } ?? last
            reign(base: [], after: .min, from: first, to: until, windowStart: first, body)
        }
        for index in (start ?? 0)..<max(start ?? 0, relevant.count) {
            let date = relevant[index].date.daysSince1970
            let until = index + 1 < relevant.count ? relevant[index + 1].date.daysSince1970 - 1 : last
            reign(
                base: relevant[index].entries, after: date, from: max(date, first), to: until, windowStart: first, body)
        }
    }

    /// One snapshot's reign: its set, and the changes of the days after it.
    private func reign(
        base: [RunEntry], after date: Int, from: Int, to: Int, windowStart: Int,
        _ body: (RunEntry, ClosedRange<Int>) -> Void
    ) {
        guard from <= to else { return }
        func emit(_ entry: RunEntry?, _ start: Int, _ end: Int) {
            if let entry, start <= end { body(entry, (start - windowStart)...(end - windowStart)) }
        }
        var (i, j) = (0, 0)
        while i < base.count || j < changes.count {
            var current: RunEntry?
            var since = from
            let isBase = i < base.count && (j >= changes.count || !StockTimeline.precedes(changes[j], base[i]))
            let group = isBase ? base[i] : changes[j]
            while i < base.count, StockTimeline.isSameThing(base[i], group) {
                current = base[i]
                i += 1
            }
            while j < changes.count, StockTimeline.isSameThing(changes[j], group) {
                let change = changes[j]
                j += 1
                let day = self.day(change)
                if day <= date || day > to { continue }
                let effective = max(day, from)
                emit(current, since, effective - 1)
                current = StockTimeline.isRemoval(change) ? nil : change
                since = effective
            }
            emit(current, since, to)
        }
    }

    private static func isSameThing(_ x: RunEntry, _ y: RunEntry) -> Bool { x.key == y.key && x.second == y.second }

    private static func precedes(_ x: RunEntry, _ y: RunEntry) -> Bool {
        x.key != y.key ? x.key < y.key : x.second < y.second
    }

    /// The second in which each thing was first added, over the whole history.
    func firstAdditions() -> [RecordKey: Int64] {
        var first: [RecordKey: Int64] = [:]
        for entry in snapshots.flatMap(\.entries) + changes where !StockTimeline.isRemoval(entry) {
            let second = StockTimeline.second(entry)
            first[entry.key] = min(first[entry.key] ?? second, second)
        }
        return first
    }

    /// How many things were in the stock at each day's end.
    func dailyCounts(in window: ClosedRange<CivilDay>, where isCounted: (RunEntry) -> Bool = { _ in true }) -> [Int128]
    {
        var steps = [Int128](repeating: 0, count: window.dayCount + 1)
        spans(in: window) { entry, span in
            guard isCounted(entry) else { return }
            steps[span.lowerBound] += 1
            steps[span.upperBound + 1] -= 1
        }
        return StockTimeline.runningSums(steps)
    }

    /// Differences from day to day as the days' figures; the last difference belongs to no day.
    static func runningSums(_ steps: [Int128]) -> [Int128] {
        var sum: Int128 = 0
        return steps.dropLast().map {
            sum += $0
            return sum
        }
    }
}

extension ClosedRange<CivilDay> {
    /// Days in the span, both ends included.
    var dayCount: Int { upperBound.daysSince1970 - lowerBound.daysSince1970 + 1 }
}
