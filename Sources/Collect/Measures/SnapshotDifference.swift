import Vocabulary

/// What makes a fact one thing: its key, or its pair of keys.
private struct Thing: Hashable {
    var key: RecordKey
    var second: RecordKey
}

/// What a stated set changes in the running one.
public struct SnapshotDifference: Sendable, Hashable {
    public var members: Int
    /// In the snapshot and not in the running set.
    public var added: Int
    /// In the running set and not in the snapshot.
    public var removed: Int

    /// Different things among a snapshot's facts.
    public static func members(_ facts: [RunEntry]) -> Int {
        Set(facts.map { Thing(key: $0.key, second: $0.second) }).count
    }

    /// - Parameters:
    ///   - members: The snapshot's facts, in any order.
    ///   - source: What was acknowledged before; the running set at the end of `date` is taken from it. For devices,
    ///     whose activity is no stock, the running set is the latest earlier snapshot.
    public init(
        members: [RunEntry], kind: RecordKind, date: CivilDay, source: some RunSource, cutter: DayCutter
    ) throws {
        let stated = Set(members.map { Thing(key: $0.key, second: $0.second) })
        var running: Set<Thing> = []
        if kind == .device {
            let latest = try source.snapshots(kind).filter { $0.date <= date }.max { $0.date < $1.date }
            running = Set((latest?.entries ?? []).map { Thing(key: $0.key, second: $0.second) })
        } else {
            try StockTimeline(kind: kind, source: source, cutter: cutter).spans(in: date...date) { entry, _ in
                running.insert(Thing(key: entry.key, second: entry.second))
            }
        }
        self.members = stated.count
        self.added = stated.subtracting(running).count
        self.removed = running.subtracting(stated).count
    }
}
