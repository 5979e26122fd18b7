import Scheme
import Vocabulary

/// What devices and points did in one month, out of the sets of its days in one pass over the key space: memory is bounded
/// by a slice, and a batch makes only its own month be looked at again.
struct ActivityMonth: Sendable {
    /// Devices by cloud (0 unsaid, then as in `WireCodes.clouds`), those that are only in the month's inventory included.
    private(set) var byCloud: [Int: Int] = [:]
    /// Records of devices that said that nothing came (`n` 0), and of no other day.
    private(set) var silent = 0
    let deviceDays: Int
    let deviceLevel: EvidenceLevel?
    private(set) var points = PointTally()
    let pointDays: Int

    var devices: Int { byCloud.values.reduce(0, +) }

    /// What is known of a device in a slice: the days on which it spoke, and the largest fact of the latest of them.
    private struct Spoken: BitwiseCopyable {
        var days: UInt64
        var latest: UInt64
    }

    init(month: CivilMonth, source: some RunSource) throws {
        let first = month.firstDay.daysSince1970
        var devices: [(day: UInt64, stream: RunMerging.Stream)] = []
        for run in try source.encoded(.device, days: month.days) {
            devices.append((UInt64(run.day - first), try RunMerging.stream(run.bytes)))
        }
        var points: [(day: Int, stream: RunMerging.Stream)] = []
        for run in try source.encoded(.point, days: month.days) {
            points.append((run.day, try RunMerging.stream(run.bytes)))
        }
        deviceDays = Set(devices.filter { $0.stream.cursor.count > 0 }.map(\.day)).count
        pointDays = Set(points.filter { $0.stream.cursor.count > 0 }.map(\.day)).count
        let list = try source.snapshots(.device).filter { month.days.contains($0.date) }.max { $0.date < $1.date }
        let live = DayFact.level(days: deviceDays, of: month)
        deviceLevel = live ?? (list == nil ? nil : .inventory)
        var listed = ListWalk(live == .live ? [] : list?.entries ?? [])
        let facts = devices.reduce(0) { $0 + $1.stream.cursor.count }
        let samples = points.reduce(0) { $0 + $1.stream.cursor.count }
        var table = KeyTable(empty: Spoken(days: 0, latest: 0))
        let slices = max(1, max(facts, samples, listed.count) / KeyTable<Spoken>.sliceLength)
        var pending: [DayFact] = []
        for slice in 0..<slices {
            let limit = RunMerging.limit(after: slice, of: slices)
            table.removeAll()
            for (day, stream) in devices {
                let cursor = stream.cursor
                let (high, low, a) = (cursor.column(.keyHigh), cursor.column(.keyLow), cursor.column(.a))
                while let span = try stream.span(below: limit) {
                    for fact in span {
                        ActivityMonth.note(table.at(high[fact], low[fact]), day: day, fact: a[fact])
                    }
                }
            }
            settle(table)
            listed.walk(below: limit) { entry in
                if table.find(entry.key.high, entry.key.low).map({ $0.days == 0 }) ?? true {
                    byCloud[Int(entry.a >> 56 & 0x7f), default: 0] += 1
                }
            }
            pending.removeAll(keepingCapacity: true)
            for (day, stream) in points {
                let cursor = stream.cursor
                while let span = try stream.span(below: limit) {
                    for fact in span { pending.append(DayFact(entry: cursor.entry(fact), day: day)) }
                }
            }
            if pending.isEmpty { continue }
            pending.sort()
            self.points.add(pending) { table.find($0.high, $0.low)?.days.nonzeroBitCount ?? 0 }
        }
    }

    /// One record of a device: of its latest day the largest fact stands.
    @inline(__always)
    private static func note(_ spoken: UnsafeMutablePointer<Spoken>, day: UInt64, fact: UInt64) {
        if fact >> 63 == 1 { return }
        let bit = (1 as UInt64) &<< day
        let days = spoken.pointee.days
        if bit > days {
            spoken.pointee.latest = fact
        } else if days &>> day == 1 {
            spoken.pointee.latest = max(spoken.pointee.latest, fact)
        }
        spoken.pointee.days = days | bit
    }

    private mutating func settle(_ table: borrowing KeyTable<Spoken>) {
        var clouds = [Int](repeating: 0, count: 128)
        var silent = 0
        table.forEach { spoken in
            if spoken.days == 0 { silent &+= 1 } else { clouds[Int(spoken.latest >> 56 & 0x7f)] &+= 1 }
        }
        self.silent += silent
        for (cloud, count) in clouds.enumerated() where count > 0 { byCloud[cloud, default: 0] += count }
    }
}

/// Walks through an inventory in the order of its keys, each thing once.
private struct ListWalk {
    private let entries: [RunEntry]
    private var at = 0

    init(_ entries: [RunEntry]) { self.entries = entries }

    var count: Int { entries.count }

    mutating func walk(below limit: UInt64?, _ body: (RunEntry) -> Void) {
        while at < entries.count, limit.map({ entries[at].key.high < $0 }) ?? true {
            if at == 0 || entries[at].key != entries[at - 1].key { body(entries[at]) }
            at += 1
        }
    }
}

/// The points of one month.
struct PointTally: Sendable {
    private(set) var effective = 0
    /// Effective, numeric, and of one value all month.
    private(set) var constant = 0
    private(set) var ineffective = 0

    static let enoughDays = 20

    /// - Parameters:
    ///   - facts: Sorted by device, point, day; all of a device.
    ///   - spokenDays: Days on which a device spoke.
    mutating func add(_ facts: [DayFact], spokenDays: (RecordKey) -> Int) {
        var at = 0
        while at < facts.count {
            let start = at
            let (device, point) = (facts[at].entry.key, facts[at].entry.second)
            var days = 0
            var different = 0
            while at < facts.count, facts[at].entry.key == device, facts[at].entry.second == point {
                if at == start || facts[at].day != facts[at - 1].day { days += 1 }
                if at == start || facts[at] != facts[at - 1] { different += 1 }
                at += 1
            }
            let spoken = spokenDays(device)
            if different == 1 { days = min(Int(facts[start].entry.a >> 8 & 0xffff_ffff), spoken) }
            if PointTally.isEffective(days: days, deviceDays: spoken) {
                effective += 1
                if PointTally.isConstant(facts[start..<at]) { constant += 1 }
            } else {
                ineffective += 1
            }
        }
    }

    /// At least 20 days, or at least 80 % of the days on which the device spoke.
    static func isEffective(days: Int, deviceDays: Int) -> Bool {
        days >= enoughDays || (deviceDays > 0 && days * 5 >= deviceDays * 4)
    }

    private static func isConstant(_ facts: ArraySlice<DayFact>) -> Bool {
        var value: UInt64?
        for fact in facts {
            switch PointVariation(rawValue: fact.entry.a & 0xff) {
            case .constant: continue
            case .constantAt:
                if let value, value != fact.entry.b { return false }
                value = fact.entry.b
            default: return false
            }
        }
        return true
    }
}
