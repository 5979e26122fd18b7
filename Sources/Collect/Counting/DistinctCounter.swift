import Vocabulary

/// Counts records and different identifiers by group; one worker's part, joined with others' by `DistinctTotal`.
///
/// Exact: identifiers are compared by 128-bit keys under a secret seed. Memory stays below the limit by keeping every
/// key once and, when that is not enough, by moving keys to `spill`.
public struct DistinctCounter: ~Copyable {
    /// What all workers of one counting share.
    public struct Settings: Sendable {
        public var context: RecordContext
        public var grouping: CountGrouping
        /// Only rows of these days; nil: all.
        public var window: ClosedRange<CivilDay>?
        /// Bytes of keys that one worker may hold.
        public var memory: Int
        /// False reads every row by the general path: slower, and with the same result, as a test shows.
        public var usesTemplates = true

        public init(context: RecordContext, grouping: CountGrouping, window: ClosedRange<CivilDay>?, memory: Int) {
            self.context = context
            self.grouping = grouping
            self.window = window
            self.memory = memory
        }
    }

    /// What a worker found, ready to be joined.
    public struct Part: Sendable {
        let keys: FinishedKeys
        public var faults: [PlacedFault]
        public var faultCount: Int
        /// Lines of each chunk.
        public var lines: [Int: Int]
        public var unknownFields: Set<String>
    }

    /// So many faults are kept to be listed; all are counted.
    public static let listedFaults = 100

    private let settings: Settings
    private let spill: any KeySpill
    private let byPlatform: Bool
    private let byKind: Bool
    private let byDay: Bool
    private let byMonth: Bool
    private let needsDay: Bool
    private var reader: RecordReader
    private var padded = PaddedLines()
    private var keys = KeyGroups()
    private var tally = KeyTally()
    /// The group of a platform and kind that came last.
    private var latest: [Int32] = []
    private var known: [GroupPlace: Int32] = [:]
    private var faults: [PlacedFault] = []
    private var faultCount = 0
    private var lines: [Int: Int] = [:]
    private var untilCheck = DistinctCounter.rowsBetweenChecks
    private static let rowsBetweenChecks = 32_768
    /// Rows of kinds that have no more of their own are counted under this number.
    private static let kindsRoom = 16

    private struct GroupPlace: Hashable {
        var platform: Int
        var kind: Int
        var period: Int
    }

    public init(settings: Settings, spill: any KeySpill) {
        let grouping = settings.grouping
        self.reader = RecordReader(context: settings.context, usesTemplates: settings.usesTemplates)
        self.settings = settings
        self.spill = spill
        self.byPlatform = grouping.contains(.platform)
        self.byKind = grouping.contains(.kind)
        self.byDay = grouping.contains(.day)
        self.byMonth = grouping.contains(.month)
        self.needsDay = settings.window != nil || !grouping.isDisjoint(with: [.day, .month])
    }

    /// Reads whole lines; `chunk` is their place in the input, ascending for one worker.
    /// - Throws: what the spill throws.
    public mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, chunk: Int) throws {
        var regions = PaddedLines.Regions(bytes)
        while let (start, end) = padded.next(&regions) { try read(start, end, chunk) }
    }

    private mutating func read(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ chunk: Int) throws {
        var line = lines[chunk] ?? 0
        var at = start
        while at < end {
            line &+= 1
            switch reader.read(&at, end) {
            case .blank: break
            case .row:
                if reader.row.kind == .summary, let fault = summary() {
                    note(fault, line, chunk)
                } else {
                    take()
                }
            case .fault: note(reader.fault, line, chunk)
            }
            untilCheck &-= 1
            if untilCheck == 0 { try checkMemory() }
        }
        lines[chunk] = line
    }

    @inline(never)
    private mutating func note(_ fault: ScanFault, _ line: Int, _ chunk: Int) {
        faultCount += 1
        guard faults.count < DistinctCounter.listedFaults else { return }
        faults.append(PlacedFault(chunk: chunk, fault: reader.explain(fault, line: line)))
    }

    /// Checks a summary; what it counts by is its period.
    private mutating func summary() -> ScanFault? {
        var figures: [SummaryFigure] = []
        if let fault = reader.summary(into: &figures) { return fault }
        let period = reader.scanner.text(.period)
        reader.row.entry = RunEntry(key: reader.keys.key(.period, period))
        let text = String(decoding: period, as: UTF8.self)
        reader.row.day = (CivilDay(text) ?? CivilMonth(text)?.lastDay)?.daysSince1970 ?? 0
        return nil
    }

    @inline(__always)
    private mutating func take() {
        var period = 0
        if needsDay {
            guard let found = self.period() else { return }
            period = found
        }
        keys.insert(key(), into: group(period))
    }

    /// The day or month to group by, 0 when by neither; nil for rows outside of the window.
    private mutating func period() -> Int? {
        let day = reader.row.kind.isStock ? reader.day(of: reader.second) : reader.row.day
        if let window = settings.window, !window.contains(CivilDay(daysSince1970: day)) { return nil }
        if byDay { return day }
        return byMonth ? CivilDay(daysSince1970: day).month.firstDay.daysSince1970 : 0
    }

    @inline(__always)
    private func key() -> RecordKey {
        switch reader.row.kind {
        case .point, .call, .subscription: return reader.keys.pair(reader.row.entry.key, reader.row.entry.second)
        default: return reader.row.entry.key
        }
    }

    @inline(__always)
    private mutating func group(_ period: Int) -> Int {
        let platform = byPlatform ? reader.platformIndex : 0
        let kind = byKind ? Int(reader.row.kind.rawValue) : 0
        let place = platform &* DistinctCounter.kindsRoom &+ kind
        if place < latest.count {
            let index = Int(latest[place])
            if index >= 0, keys.groups[index].period == period { return index }
        }
        return findGroup(GroupPlace(platform: platform, kind: kind, period: period), place)
    }

    @inline(never)
    private mutating func findGroup(_ wanted: GroupPlace, _ place: Int) -> Int {
        while latest.count <= place { latest.append(-1) }
        if let index = known[wanted] {
            latest[place] = index
            return Int(index)
        }
        let index = keys.add(platform: wanted.platform, kind: reader.row.kind, period: wanted.period)
        known[wanted] = Int32(index)
        latest[place] = Int32(index)
        return index
    }

    private func name(_ group: KeyGroups.Group) -> CountGroup {
        let day = CivilDay(daysSince1970: group.period)
        return CountGroup(
            platform: byPlatform ? reader.platformName(Int(group.platform)) : "",
            kind: byKind ? group.kind.name : "", period: byDay ? "\(day)" : byMonth ? "\(day.month)" : "")
    }

    private mutating func checkMemory() throws {
        untilCheck = DistinctCounter.rowsBetweenChecks
        guard keys.pool.usedBytes > settings.memory else { return }
        keys.compact(&tally)
        guard keys.pool.usedBytes > settings.memory / 8 * 5 else { return }
        try keys.moveOut(to: spill)
    }

    /// Ends the worker's part.
    public consuming func finish() -> Part {
        var names: [CountGroup] = []
        for index in 0..<keys.count { names.append(name(keys.groups[index])) }
        return Part(
            keys: FinishedKeys(keys, names: names, spill: spill), faults: faults, faultCount: faultCount,
            lines: lines, unknownFields: reader.scanner.unknownNames)
    }
}
