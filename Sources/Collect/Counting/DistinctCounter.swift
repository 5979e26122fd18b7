import Vocabulary

/// Counts records and different identifiers by group; one worker's part, joined with others' by `total`.
///
/// Exact: identifiers are compared by 128-bit keys under a secret seed. Memory stays below the limit by moving sorted
/// runs to `spill`.
public struct DistinctCounter: ~Copyable {
    /// What all workers of one counting share.
    public struct Settings: Sendable {
        public var context: RecordContext
        public var grouping: CountGrouping
        /// Only rows of these days; nil: all.
        public var window: ClosedRange<CivilDay>?
        /// Bytes of keys that one worker may hold.
        public var memory: Int

        public init(context: RecordContext, grouping: CountGrouping, window: ClosedRange<CivilDay>?, memory: Int) {
            self.context = context
            self.grouping = grouping
            self.window = window
            self.memory = memory
        }
    }

    struct Group: Sendable {
        var name: CountGroup
        var records = 0
        var keys = KeySet128()
        var spilled: [(place: Int, count: Int)] = []
    }

    /// What a worker found, ready to be joined.
    public struct Part: Sendable {
        var groups: [Group]
        var spill: any KeySpill
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
    private var reader: RecordReader
    private var groups: [Group] = []
    private var indices: [UInt64: [Int]] = [:]
    private var slots: [GroupSlot] = []
    private var faults: [PlacedFault] = []
    private var faultCount = 0
    private var lines: [Int: Int] = [:]
    private var untilCheck = 65_536

    private struct GroupSlot {
        var platform: [UInt8]
        var kind: RecordKind
        var period: Int
    }

    public init(settings: Settings, spill: any KeySpill) {
        self.settings = settings
        self.spill = spill
        self.reader = RecordReader(context: settings.context)
    }

    /// Reads whole lines; `chunk` is their place in the input, ascending for one worker.
    /// - Throws: what the spill throws.
    public mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, chunk: Int) throws {
        var line = lines[chunk] ?? 0
        var at = 0
        while at < bytes.count {
            let end = Lines.end(bytes, from: at)
            line += 1
            switch reader.read(UnsafeBufferPointer(rebasing: bytes[at..<end])) {
            case .blank: break
            case .row:
                if reader.row.kind == .summary, let fault = summary() {
                    note(fault, line, chunk)
                } else {
                    try take()
                }
            case .fault(let fault): note(fault, line, chunk)
            }
            at = end + 1
        }
        lines[chunk] = line
    }

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

    private mutating func take() throws {
        let row = reader.row
        var day = row.day
        if settings.window != nil || settings.grouping.contains(.day) || settings.grouping.contains(.month) {
            if row.kind.isStock {
                let second = StockTimeline.second(row.entry)
                day = settings.context.cutter.day(of: Instant(seconds: second)).daysSince1970
            }
            if let window = settings.window, !window.contains(CivilDay(daysSince1970: day)) { return }
        }
        let index = group(day)
        groups[index].records += 1
        groups[index].keys.insert(key(of: row))
        untilCheck -= 1
        if untilCheck == 0 { try checkMemory() }
    }

    @inline(__always)
    private func key(of row: ReadRow) -> RecordKey {
        switch row.kind {
        case .point, .call, .subscription: return reader.keys.pair(row.entry.key, row.entry.second)
        default: return row.entry.key
        }
    }

    private mutating func group(_ day: Int) -> Int {
        let platform =
            settings.grouping.contains(.platform)
            ? reader.platformText() : UnsafeBufferPointer(start: nil, count: 0)
        let kind = settings.grouping.contains(.kind) ? reader.row.kind : .device
        var period = 0
        if settings.grouping.contains(.day) {
            period = day
        } else if settings.grouping.contains(.month) {
            period = CivilDay(daysSince1970: day).month.firstDay.daysSince1970
        }
        let hash = WireCodes.hash(platform) &+ UInt64(kind.rawValue) &+ UInt64(truncatingIfNeeded: period) &* 31
        if let found = indices[hash]?.first(where: {
            slots[$0].kind == kind && slots[$0].period == period && platform.elementsEqual(slots[$0].platform)
        }) {
            return found
        }
        slots.append(GroupSlot(platform: Array(platform), kind: kind, period: period))
        groups.append(Group(name: name(platform, kind, period)))
        indices[hash, default: []].append(groups.count - 1)
        return groups.count - 1
    }

    private func name(_ platform: UnsafeBufferPointer<UInt8>, _ kind: RecordKind, _ period: Int) -> CountGroup {
        let day = CivilDay(daysSince1970: period)
        let periodText =
            settings.grouping.contains(.day) ? "\(day)" : settings.grouping.contains(.month) ? "\(day.month)" : ""
        return CountGroup(
            platform: String(decoding: platform, as: UTF8.self),
            kind: settings.grouping.contains(.kind) ? kind.name : "", period: periodText)
    }

    private mutating func checkMemory() throws {
        untilCheck = 65_536
        // A run and its successor stand side by side while they are merged: hold half.
        guard groups.reduce(0, { $0 + $1.keys.held }) * 32 > settings.memory else { return }
        for index in groups.indices { groups[index].keys.compact() }
        guard groups.reduce(0, { $0 + $1.keys.held }) * 64 > settings.memory else { return }
        for index in groups.indices where groups[index].keys.held > 0 {
            let keys = groups[index].keys.drain()
            groups[index].spilled.append((try spill.write(keys), keys.count))
        }
    }

    /// Ends the worker's part.
    public consuming func finish() -> Part {
        for index in groups.indices { groups[index].keys.compact() }
        return Part(
            groups: groups, spill: spill, faults: faults, faultCount: faultCount, lines: lines,
            unknownFields: reader.scanner.unknownNames)
    }

    /// All parts as one, sorted by platform, kind and period.
    /// - Throws: what the spill throws.
    public static func total(_ parts: [Part]) throws -> [GroupCount] {
        var records: [CountGroup: Int] = [:]
        var cursors: [CountGroup: [KeyCursor]] = [:]
        for part in parts {
            for group in part.groups {
                records[group.name, default: 0] += group.records
                cursors[group.name, default: []].append(KeyCursor(group.keys.sorted))
                for (place, count) in group.spilled {
                    cursors[group.name, default: []].append(
                        KeyCursor(spilled: part.spill, at: place, count: count))
                }
            }
        }
        return try records.keys.sorted().map {
            GroupCount(
                group: $0, records: records[$0] ?? 0, distinct: try KeyCursor.distinct(cursors[$0] ?? []))
        }
    }
}
