import Collect
import GRDB
import Synchronization
import Vocabulary

/// Counts of platforms to which nothing was added and from which nothing was taken since: a page that shows them again
/// does not count again.
final class CountCache: Sendable {
    /// All that a count depends on.
    struct Key: Hashable, Sendable {
        let round: RoundID
        let platform: PlatformID
        let scheme: Digest
        let cutOff: CivilDay
        /// The platform's latest batch.
        let latest: Int64
        let batches: Int
        let voided: Int

        /// Reads the state in the same snapshot in which the count is made.
        init(_ db: GRDB.Database, round: RoundID, platform: PlatformID, scheme: Digest, cutOff: CivilDay) throws {
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT coalesce(max(position), 0) AS latest, count(*) AS batches, count(voided_at_ms) AS voided
                    FROM port_batch WHERE round = ? AND platform = ?
                    """, arguments: [round.rawValue, platform.rawValue])
            self.round = round
            self.platform = platform
            self.scheme = scheme
            self.cutOff = cutOff
            latest = row?["latest"] ?? 0
            batches = row?["batches"] ?? 0
            voided = row?["voided"] ?? 0
        }
    }

    private struct State {
        var values: [Key: [CountedValue]] = [:]
        /// Oldest first.
        var order: [Key] = []
    }

    private static let capacity = 1024
    private let state = Mutex(State())

    func value(_ key: Key) -> [CountedValue]? { state.withLock { $0.values[key] } }

    func keep(_ values: [CountedValue], for key: Key) {
        state.withLock { state in
            guard state.values.updateValue(values, forKey: key) == nil else { return }
            state.order.append(key)
            if state.order.count > CountCache.capacity { state.values[state.order.removeFirst()] = nil }
        }
    }
}
