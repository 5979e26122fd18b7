import Collect
import Demonstration
import Scheme
import Testing
import Vocabulary

/// What one platform sent, read by the port's own reader and kept in memory.
private struct MemorySource: RunSource {
    var all: [Run] = []
    var figures: [SummaryFigure] = []
    var known: [RecordKind: [RecordKey: RecordName]] = [:]
    var rejected: [RowFaultCode: Int] = [:]

    func runs(_ kind: RecordKind, days: ClosedRange<CivilDay>) -> [Run] {
        all.filter { $0.kind == kind && days.contains(CivilDay(daysSince1970: $0.day)) }
    }
    func stockRuns(_ kind: RecordKind) -> [Run] { all.filter { $0.kind == kind } }
    func snapshots(_ kind: RecordKind) -> [InventorySnapshot] { [] }
    func summaries() -> [SummaryFigure] { figures }
    func names(_ kind: RecordKind) -> [RecordKey: RecordName] { known[kind] ?? [:] }

    init(_ field: DemonstrationField, _ platform: DemonstrationPlatform) throws {
        let seed = try #require(KeySeed(bytes: Array(0..<16)))
        var context = try RecordContext(
            scheme: field.scheme, platform: platform.id, cutOff: field.cutOff, seed: seed,
            now: Instant(seconds: 1_790_000_000))
        context.onTimeFrom = nil
        for batch in field.traffic(of: platform).batches {
            let reading = try BatchReader.read(batch.body, context: context)
            #expect(reading.accepted + reading.rejects.count == batch.rows)
            #expect(reading.unknownFields.isEmpty, "\(reading.unknownFields)")
            all += reading.runs
            figures += reading.summaries
            for (kind, names) in reading.names { known[kind, default: [:]].merge(names) { _, new in new } }
            for fault in reading.rejects { rejected[fault.code, default: 0] += 1 }
        }
    }
}

@Suite("The port counts what the platforms meant")
struct PortCountTests {
    private func count(_ platform: DemonstrationPlatform) throws -> (source: MemorySource, [IndicatorID: CountedValue])
    {
        let field = try #require(FieldFixture.forty)
        let source = try MemorySource(field, platform)
        let counted = try PortMeasures.count(scheme: field.scheme, cutOff: field.cutOff, source: source)
        return (source, Swift.Dictionary(uniqueKeysWithValues: counted.map { ($0.indicator, $0) }))
    }

    private func field() throws -> DemonstrationField { try #require(FieldFixture.forty) }

    @Test("Stocks are counted to the last one, activity within the growth of three months")
    func honestPlatform() throws {
        let field = try field()
        let platform = try #require(
            field.platforms.first { $0.cheat == nil && (8_000...60_000).contains($0.figures.devices) })
        let (source, counted) = try count(platform)
        #expect(source.rejected.isEmpty, "\(source.rejected)")
        let figures = platform.figures
        let exact: [(IndicatorID, Int)] = [
            ("vcpu-cores", figures.cores), ("industrial-models", figures.models), ("industrial-apps", figures.apps),
            ("registered-users", figures.users / PortScale.users), ("developers", figures.developers),
        ]
        for (id, figure) in exact { #expect(counted[id]?.value == ExactDecimal(figure), "\(id)") }
        #expect(
            counted["data-volume"]?.value?.rounded(places: 3)
                == ExactDecimal(coefficient: Int64(figures.storageBytes / 1_000_000_000), places: 3))
        for (id, figure, scale) in [
            ("devices-connected" as IndicatorID, figures.devices, PortScale.devices),
            ("data-points", figures.points, PortScale.points),
        ] {
            let value = try #require(counted[id]?.value).doubleValue * Double(scale)
            #expect(abs(value - Double(figure)) < Double(figure) * 0.1 + Double(scale), "\(id): \(value) of \(figure)")
        }
        for (id, value) in counted {
            #expect(value.completeness >= 0.9, "\(id) \(value.completeness)")
            #expect(value.evidenceLevel >= .inventory, "\(id)")
            let deviation = try #require(value.deviation)
            #expect(abs(deviation) <= 0.05, "\(id) \(deviation)")
        }
    }

    @Test("Every small platform is complete as well")
    func smallPlatforms() throws {
        let field = try field()
        for platform in field.platforms where platform.cheat == nil && platform.figures.devices < 3000 {
            let counted = try count(platform).1
            for (id, value) in counted where id != "monthly-active-users" {
                #expect(value.completeness >= 0.9, "\(platform.id) \(id) \(value.completeness)")
            }
            #expect(try #require(counted["industrial-apps"]?.value) == ExactDecimal(platform.figures.apps))
        }
    }

    @Test("Sensors are rejected as a type that does not count, and only they")
    func sensors() throws {
        let field = try field()
        let platform = try #require(field.platform(with: .sensorsAsDevices))
        let (source, counted) = try count(platform)
        #expect(Array(source.rejected.keys) == [.typeUnknown])
        let devices = try #require(counted["devices-connected"]?.value)
        #expect(devices.doubleValue * Double(PortScale.devices) <= Double(platform.figures.devices))
        let claimed = try #require(counted["devices-connected"]?.declared)
        #expect(claimed.doubleValue > 1.5 * devices.doubleValue)
    }

    @Test("The platform connected late has nothing in the months before")
    func late() throws {
        let field = try field()
        let counted = try count(try #require(field.platform(with: .connectedLate))).1
        let devices = try #require(counted["devices-connected"])
        #expect(devices.perMonth.map { $0.value > .zero } == [false, false, true])
    }

    @Test("The incomplete port loses in completeness, the constant points are counted apart")
    func incompleteAndConstant() throws {
        let field = try field()
        let incomplete = try count(try #require(field.platform(with: .incompletePort))).1
        #expect(try #require(incomplete["devices-connected"]).perMonth[1].daysReceived <= 8)
        let constant = try count(try #require(field.platform(with: .constantPoints))).1["data-points"]
        let points = try #require(constant)
        #expect(points.constantPoints.doubleValue > 0.7 * (points.value?.doubleValue ?? 0))
    }

    @Test("Without rows the platform's own summary stands, at the level of a declaration")
    func declaredOnly() throws {
        let field = try field()
        let platform = try #require(field.platform(with: .declaredOnly))
        let counted = try count(platform).1
        for value in counted.values { #expect(value.evidenceLevel == .declared) }
        #expect(try #require(counted["devices-connected"]?.value) > .zero)
    }
}
