import Vocabulary

/// Which of some identifiers stand among the devices that a platform's rows speak of.
public enum DeviceMembership {
    /// - Parameters:
    ///   - identifiers: As the platform writes them in `device.id`.
    ///   - days: The port months.
    /// - Returns: Those that spoke or were listed; nil when the platform sent no device rows of those days at all.
    public static func counted(
        _ identifiers: [String], days: ClosedRange<CivilDay>, seed: KeySeed, source: some RunSource
    ) throws -> Set<String>? {
        let maker = KeyMaker(seed: seed)
        let keys = identifiers.map { text in
            Array(text.utf8).withUnsafeBufferPointer { maker.key(.device, $0) }
        }
        var known: Set<RecordKey> = []
        var isEmpty = true
        let wanted = Set(keys)
        for run in try source.runs(.device, days: days) {
            for entry in run.entries {
                isEmpty = false
                if wanted.contains(entry.key) { known.insert(entry.key) }
            }
        }
        for list in try source.snapshots(.device) where days.contains(list.date) {
            for entry in list.entries {
                isEmpty = false
                if wanted.contains(entry.key) { known.insert(entry.key) }
            }
        }
        guard !isEmpty else { return nil }
        return Set(zip(identifiers, keys).filter { known.contains($0.1) }.map(\.0))
    }
}
