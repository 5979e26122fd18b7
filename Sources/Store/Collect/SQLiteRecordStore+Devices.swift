import Collect
import GRDB
import Vocabulary

extension SQLiteRecordStore {
    public func counted(
        devices identifiers: [String], _ round: RoundID, _ platform: PlatformID, days: ClosedRange<CivilDay>
    ) async throws -> Set<String>? {
        let seed = try await seed()
        return try await database.read { [files] db in
            try DeviceMembership.counted(
                identifiers, days: days, seed: seed,
                source: SQLiteRunSource(database: db, files: files, round: round, platform: platform))
        }
    }
}
