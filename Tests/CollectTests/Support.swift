import Collect
import Foundation
import Scheme
import Vocabulary

/// Noon of 2025-12-03 in Shanghai: the port months of a cut-off on 2025-12-15 are September to November.
let testNow = Instant(seconds: 1_764_734_400)
let testCutOff = CivilDay(year: 2025, month: 12, day: 15) ?? CivilDay(daysSince1970: 0)

/// A fixed seed, so that a failure comes again.
let testSeed = KeySeed(bytes: Array("collect-tests-01".utf8))

enum TestScheme {
    /// The scheme of 2025 as it is shipped.
    static let jiangsu: IndicatorScheme? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appendingPathComponent("Schemes/jiangsu-2025.yaml")
        guard let data = FileManager.default.contents(atPath: file.path) else { return nil }
        return SchemeReader.read(bytes: [UInt8](data)).scheme
    }()
}

/// A context that takes 2024 and 2025, knows two device types, and is late for nothing.
func testContext(
    platform: PlatformID? = "P1", onTimeFrom: CivilDay? = nil, hasLateReason: Bool = false,
    snapshotKind: RecordKind? = nil
) throws -> RecordContext {
    guard let seed = testSeed, let cutter = DayCutter(zoneName: "Asia/Shanghai") else { throw Failure("test.setup") }
    return RecordContext(
        platform: platform, seed: seed, cutter: cutter, now: testNow, earliestActivity: Instant(seconds: 1_704_038_400),
        earliestStock: Instant(seconds: 946_656_000), onTimeFrom: onTimeFrom, hasLateReason: hasLateReason,
        snapshotKind: snapshotKind, deviceTypes: ["cnc-lathe", "industrial-robot"],
        modelKinds: ["industry-mechanism", "simulation"])
}

/// Batches in memory as the measures see them.
struct MemorySource: RunSource {
    var readings: [BatchReading] = []
    var stated: [InventorySnapshot] = []

    /// Reads a batch of lines that must all be accepted.
    mutating func take(_ lines: [String]) throws {
        let reading = try BatchReader.read(Array(lines.joined(separator: "\n").utf8), context: testContext())
        guard reading.rejects.isEmpty else { throw Failure("test.rejected", ["first": "\(reading.rejects[0])"]) }
        readings.append(reading)
    }

    mutating func state(_ kind: RecordKind, _ date: String, _ lines: [String]) throws {
        let context = try testContext(snapshotKind: kind)
        let reading = try BatchReader.read(Array(lines.joined(separator: "\n").utf8), context: context)
        guard reading.rejects.isEmpty, let day = CivilDay(date) else { throw Failure("test.rejected") }
        stated.append(InventorySnapshot(kind: kind, date: day, runs: reading.runs))
    }

    func runs(_ kind: RecordKind, days: ClosedRange<CivilDay>) throws -> [Run] {
        readings.flatMap(\.runs).filter { $0.kind == kind && days.contains(CivilDay(daysSince1970: $0.day)) }
    }
    func stockRuns(_ kind: RecordKind) throws -> [Run] { readings.flatMap(\.runs).filter { $0.kind == kind } }
    func snapshots(_ kind: RecordKind) throws -> [InventorySnapshot] { stated.filter { $0.kind == kind } }
    func summaries() throws -> [SummaryFigure] { readings.flatMap(\.summaries) }
    func names(_ kind: RecordKind) throws -> [RecordKey: RecordName] {
        readings.reduce(into: [:]) { $0.merge($1.names[kind] ?? [:]) { _, later in later } }
    }

    /// The value of one indicator of the scheme of 2025.
    func count(_ indicator: IndicatorID) throws -> CountedValue {
        guard let scheme = TestScheme.jiangsu,
            let value = try PortMeasures.count(scheme: scheme, cutOff: testCutOff, source: self).first(where: {
                $0.indicator == indicator
            })
        else { throw Failure("test.setup") }
        return value
    }
}

/// Days of the three port months, as `2025-09-01`.
let portDays: [String] = {
    let first = CivilMonth(year: 2025, month: 9).firstDay
    return (0..<91).map { first.adding(days: $0).description }
}()

func days(of month: Int, _ range: ClosedRange<Int>) -> [String] {
    range.map { "2025-\(month < 10 ? "0" : "")\(month)-\($0 < 10 ? "0" : "")\($0)" }
}
