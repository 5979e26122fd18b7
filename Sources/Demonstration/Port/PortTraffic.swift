import Scheme
import Vocabulary

/// Everything one platform sends through the port over the port months, as batches and snapshots.
public struct PortTraffic: Sendable {
    public let platform: DemonstrationPlatform
    public let batches: PortBatches
    /// Whole sets on a day: (kind, day, batches).
    public let snapshots: [Snapshot]
    /// What the platform's own monthly summaries say, by indicator, for the last month; scaled
    /// down like the rows.
    public let declared: [IndicatorID: ExactDecimal]

    /// One whole set.
    public struct Snapshot: Sendable {
        public var kind: String
        public var day: CivilDay
        public var batches: PortBatches
    }
}

extension DemonstrationField {
    /// What the platform sends; the same each time.
    ///
    /// - Parameter rowsPerBatch: 1…50 000.
    public func traffic(of platform: DemonstrationPlatform, rowsPerBatch: Int = 10_000) -> PortTraffic {
        let plan = PortPlan(field: self, platform: platform)
        let stamps = RecordStamps(field: self)
        var segments: [RecordSegment] = []
        if platform.cheat != .declaredOnly {
            segments += StockSegments(plan: plan, stamps: stamps, field: self).all()
        }
        for month in portMonths {
            if plan.months.contains(month) {
                segments += DeviceSegments(plan: plan, stamps: stamps, field: self).all(in: month)
                segments += CallSegments(plan: plan, stamps: stamps).all(in: month)
            }
            segments += SummarySegments(plan: plan, stamps: stamps).all(in: month)
        }
        var snapshots: [PortTraffic.Snapshot] = []
        if plan.silentDevices > 0, let last = portMonths.last {
            let devices = DeviceSegments(plan: plan, stamps: stamps, field: self)
            snapshots.append(
                PortTraffic.Snapshot(
                    kind: "device", day: last.lastDay,
                    batches: PortBatches(segments: [devices.inventory(on: last.lastDay)], rowsPerBatch: rowsPerBatch)))
        }
        let summary = SummarySegments(plan: plan, stamps: stamps)
        return PortTraffic(
            platform: platform, batches: PortBatches(segments: segments, rowsPerBatch: rowsPerBatch),
            snapshots: snapshots,
            declared: portMonths.last.map { month in
                summary.values(in: month).reduce(into: [:]) { $0[$1.0] = $1.1 }
            } ?? [:])
    }
}

/// The instants of records, in Unix seconds, and the scheme's codes that records name.
struct RecordStamps: Sendable {
    private let startSeconds: [Int: Int]
    private let cutter: DayCutter
    /// Codes of counted device types.
    let deviceTypes: [String]
    /// The code of a type that is known and rejected; one that the dictionary does not know where there is none.
    let sensorType: String
    let industries: [String]
    let scenarios: [String]
    let dataYear: Int

    init(field: DemonstrationField) {
        cutter = field.cutter
        var starts: [Int: Int] = [:]
        for month in field.portMonths {
            for day in month.firstDay.daysSince1970...month.lastDay.daysSince1970 {
                starts[day] = Int(field.cutter.start(of: CivilDay(daysSince1970: day)).milliseconds / 1000)
            }
        }
        startSeconds = starts
        let types = field.scheme.dictionaries.first { $0.id.contains("device") }
        deviceTypes = types?.entries.filter(\.isCounted).map(\.code) ?? []
        sensorType = types?.entries.first { !$0.isCounted && $0.code.contains("sensor") }?.code ?? "sensor"
        industries = field.scheme.dictionary("industries")?.entries.map(\.code) ?? []
        scenarios = field.scheme.dictionary("scenarios")?.entries.map(\.code) ?? []
        dataYear = field.scheme.calendar?.dataYear.value ?? field.cutOff.components.year
    }

    /// A second of the day in the scheme's zone, between 06:00 and 22:00, that belongs to the number.
    func seconds(_ day: CivilDay, _ number: UInt64) -> Int {
        let start = startSeconds[day.daysSince1970] ?? Int(cutter.start(of: day).milliseconds / 1000)
        return start + 6 * 3600 + Int(number % UInt64(16 * 3600))
    }
}
