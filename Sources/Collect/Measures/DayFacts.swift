import Scheme
import Vocabulary

/// A fact with the day of its run.
struct DayFact: Comparable {
    var entry: RunEntry
    var day: Int

    /// By key and second, then day, then the rest: all of one pair together, in time.
    static func < (x: DayFact, y: DayFact) -> Bool {
        if x.entry.key != y.entry.key { return x.entry.key < y.entry.key }
        if x.entry.second != y.entry.second { return x.entry.second < y.entry.second }
        if x.day != y.day { return x.day < y.day }
        return x.entry < y.entry
    }

    /// All facts of an activity kind in a month, sorted, equal ones once, and the days that have any.
    static func read(
        _ kind: RecordKind, month: CivilMonth, source: some RunSource
    ) throws -> (facts: [DayFact], days: Int) {
        var facts: [DayFact] = []
        var days: Set<Int> = []
        for run in try source.runs(kind, days: month.days) where !run.entries.isEmpty {
            days.insert(run.day)
            facts.reserveCapacity(facts.count + run.entries.count)
            for entry in run.entries { facts.append(DayFact(entry: entry, day: run.day)) }
        }
        facts.sort()
        var unique: [DayFact] = []
        unique.reserveCapacity(facts.count)
        for fact in facts where fact != unique.last { unique.append(fact) }
        return (unique, days.count)
    }

    /// Live data is data of more than half of the month's days; on fewer days it is a list.
    static func level(days: Int, of month: CivilMonth) -> EvidenceLevel? {
        days == 0 ? nil : days * 2 > month.lengthInDays ? .live : .inventory
    }
}

/// The devices of one month.
struct DeviceMonth {
    struct Device {
        var key: RecordKey
        /// Days of the month on which it spoke.
        var days: Int
        /// 0 unsaid, then as in `WireCodes.clouds`; the latest of the month.
        var cloud: Int
    }

    /// Those that spoke, by key.
    let devices: [Device]
    /// Devices that are only in the month's inventory, by cloud; counted where the month has no live data.
    let listedOnly: [Int: Int]
    /// Records of devices that said that nothing came (`n` 0), and of no other day.
    let silent: Int
    let daysReceived: Int
    let level: EvidenceLevel?

    init(month: CivilMonth, source: some RunSource) throws {
        let (facts, days) = try DayFact.read(.device, month: month, source: source)
        var devices: [Device] = []
        var silent = 0
        var at = 0
        while at < facts.count {
            let key = facts[at].entry.key
            var device = Device(key: key, days: 0, cloud: 0)
            var lastDay = Int.min
            while at < facts.count, facts[at].entry.key == key {
                let fact = facts[at]
                at += 1
                if fact.entry.a >> 63 == 1 { continue }
                if fact.day != lastDay { device.days += 1 }
                lastDay = fact.day
                device.cloud = Int(fact.entry.a >> 56 & 0x7f)
            }
            if device.days > 0 { devices.append(device) } else { silent += 1 }
        }
        self.devices = devices
        self.silent = silent
        self.daysReceived = days
        let list = try source.snapshots(.device).filter { month.days.contains($0.date) }.max { $0.date < $1.date }
        let liveLevel = DayFact.level(days: days, of: month)
        self.level = liveLevel ?? (list == nil ? nil : .inventory)
        self.listedOnly =
            liveLevel == .live ? [:] : DeviceMonth.listed(list?.entries ?? [], without: devices.map(\.key))
    }

    private static func listed(_ list: [RunEntry], without spoken: [RecordKey]) -> [Int: Int] {
        let known = Set(spoken)
        var seen: Set<RecordKey> = []
        var counts: [Int: Int] = [:]
        for entry in list where !known.contains(entry.key) && seen.insert(entry.key).inserted {
            counts[Int(entry.a >> 56 & 0x7f), default: 0] += 1
        }
        return counts
    }

    /// Devices by cloud, 0 for unsaid.
    var byCloud: [Int: Int] {
        devices.reduce(into: listedOnly) { $0[$1.cloud, default: 0] += 1 }
    }

    var count: Int { devices.count + listedOnly.values.reduce(0, +) }

    /// Days on which the device spoke; 0 for one that is not among them.
    func days(of key: RecordKey) -> Int {
        var (low, high) = (0, devices.count)
        while low < high {
            let middle = (low + high) / 2
            if devices[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low < devices.count && devices[low].key == key ? devices[low].days : 0
    }
}

/// The calls of one month.
struct CallMonth {
    /// Who called an app.
    let appUsers: Int
    let apps: Set<RecordKey>
    let models: Set<RecordKey>
    let daysReceived: Int
    let level: EvidenceLevel?

    init(month: CivilMonth, source: some RunSource) throws {
        var users: Set<RecordKey> = []
        var apps: Set<RecordKey> = []
        var models: Set<RecordKey> = []
        var days: Set<Int> = []
        for run in try source.runs(.call, days: month.days) where !run.entries.isEmpty {
            days.insert(run.day)
            for entry in run.entries {
                if entry.a == 1 {
                    models.insert(entry.key)
                } else {
                    apps.insert(entry.key)
                    users.insert(entry.second)
                }
            }
        }
        self.appUsers = users.count
        self.apps = apps
        self.models = models
        self.daysReceived = days.count
        self.level = DayFact.level(days: days.count, of: month)
    }
}
