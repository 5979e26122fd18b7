/// Gathers a batch's facts into runs.
struct RunBuilder {
    private struct Gathering {
        var kind: RecordKind
        var day: Int
        var entries: [RunEntry] = []
        var rows = 0
    }

    private var gatherings: [Gathering] = []
    /// Where the facts of each kind went last; most rows of a batch are of the same day as the one before.
    private var latest = [Int](repeating: -1, count: RecordKind.allCases.count + 1)

    mutating func add(_ row: ReadRow) {
        let kind = Int(row.kind.rawValue)
        var index = latest[kind]
        if index < 0 || gatherings[index].day != row.day {
            index = gatherings.firstIndex { $0.kind == row.kind && $0.day == row.day } ?? gatherings.count
            if index == gatherings.count { gatherings.append(Gathering(kind: row.kind, day: row.day)) }
            latest[kind] = index
        }
        gatherings[index].rows += 1
        if !row.isEmpty { gatherings[index].entries.append(row.entry) }
    }

    /// The runs, by kind and day, sorted, equal facts once.
    func finish() -> [Run] {
        gatherings.map { gathering in
            Run(
                kind: gathering.kind, day: gathering.day, entries: FactSort.sortedUnique(gathering.entries),
                rows: gathering.rows)
        }
        .sorted { ($0.kind, $0.day) < ($1.kind, $1.day) }
    }
}
