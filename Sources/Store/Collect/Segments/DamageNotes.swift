import Collect
import GRDB
import Synchronization
import Vocabulary

/// What was found damaged while something else was being read, until it is written down.
final class DamageNotes: Sendable {
    struct Place: Hashable, Sendable {
        let file: String
        let place: Int
    }

    private let found = Mutex<[Place: (batch: String?, reason: String)]>([:])

    func note(_ failure: Failure) {
        guard failure.code == "collect.segment_damaged", let file = failure.values["file"],
            let place = failure.values["offset"].flatMap({ Int($0) })
        else { return }
        let batch = failure.values["batch"].flatMap { $0.isEmpty ? nil : $0 }
        found.withLock { $0[Place(file: file, place: place)] = (batch, failure.values["reason"] ?? "") }
    }

    /// Writes down what was noted since.
    func settle(in database: AuditedDatabase, at now: Instant) async throws {
        let notes = found.withLock { found in
            defer { found = [:] }
            return found
        }
        if notes.isEmpty { return }
        try await database.housekeeping { db in
            for (place, note) in notes {
                try db.execute(
                    literal: """
                        INSERT INTO port_damage (file, place, batch, reason, found_at_ms)
                        VALUES (\(place.file), \(place.place), \(note.batch), \(note.reason), \(now.milliseconds))
                        ON CONFLICT DO NOTHING
                        """)
            }
        }
    }
}
