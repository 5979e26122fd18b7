import Demonstration
import Foundation
import Testing
import Vocabulary

@Suite("What the invented platforms send")
struct TrafficTests {
    private struct Row: Decodable {
        var kind: String
        var id: String?
        var device: String?
        var ts: Int?
        var type: String?
        var user: String?
        var app: String?
        var op: String?
        var form: String?
        var distinct: Int?
    }

    private func rows(_ batches: PortBatches) throws -> [Row] {
        try batches.flatMap { batch in
            try batch.body.split(separator: 10).map { try JSONDecoder().decode(Row.self, from: Data($0)) }
        }
    }

    private func platform(_ cheat: PlantedCheat) throws -> (DemonstrationField, DemonstrationPlatform) {
        let field = try #require(FieldFixture.forty)
        return (field, try #require(field.platform(with: cheat)))
    }

    @Test("All platforms together send between 0.8 and 1.2 million rows")
    func volume() throws {
        let field = try #require(FieldFixture.forty)
        let rows = field.platforms.reduce(0) { sum, platform in
            sum + field.traffic(of: platform).batches.reduce(0) { $0 + $1.rows }
        }
        #expect(rows > 800_000 && rows < 1_200_000, "\(rows) rows")
    }

    @Test("A batch can be made again without those before it, and no batch is beyond the limit")
    func batchesStandAlone() throws {
        let field = try #require(FieldFixture.forty)
        let platform = try #require(field.platforms.first { (8_000...40_000).contains($0.figures.devices) })
        let batches = field.traffic(of: platform, rowsPerBatch: 1000).batches
        for (number, batch) in batches.enumerated() {
            #expect(batch.number == number)
            #expect(batch.rows <= 1000)
            #expect(batch.body.count <= 16 << 20)
        }
        let all = Array(batches)
        #expect(all.count == batches.count && all.count > 1)
        #expect(batches.batch(all.count / 2).body == all[all.count / 2].body)
        #expect(batches.batch(batches.count).rows == 0)
    }

    @Test("People are sent as 32 hexadecimal digits, never alike under two platforms")
    func peopleAreKeyed() throws {
        let field = try #require(FieldFixture.forty)
        var owners: [String: PlatformID] = [:]
        for platform in field.platforms.filter({ $0.figures.users < 5000 }).prefix(4) {
            for row in try rows(field.traffic(of: platform).batches) where row.kind == "user" {
                let id = try #require(row.id)
                #expect(Hexadecimal.bytes(id)?.count == 16)
                #expect(owners[id] == nil || owners[id] == platform.id)
                owners[id] = platform.id
            }
        }
        #expect(owners.count > 50)
    }

    @Test("Activity lies inside the port months in the scheme's zone")
    func activityLiesInTheWindow() throws {
        let field = try #require(FieldFixture.forty)
        let cutter = try #require(DayCutter(zoneName: field.scheme.zone))
        let first = try #require(field.portMonths.first).firstDay
        let last = try #require(field.portMonths.last).lastDay
        for platform in field.platforms.filter({ $0.figures.devices < 9000 }).prefix(3) {
            for row in try rows(field.traffic(of: platform).batches)
            where ["device", "point", "call"].contains(row.kind) {
                let day = cutter.day(of: Instant(seconds: Int64(try #require(row.ts))))
                #expect(day >= first && day <= last)
            }
        }
    }

    @Test("The devices that a platform claims from another are really the other's")
    func sharedDevices() throws {
        let (field, claimant) = try platform(.sharedDevices)
        let owner = field.platforms[try #require(claimant.partner)]
        #expect(owner.cheat == .sharedDevicesOwner)
        func devices(_ platform: DemonstrationPlatform) throws -> Set<String> {
            Set(try rows(field.traffic(of: platform).batches).filter { $0.kind == "device" }.compactMap(\.id))
        }
        let (own, others) = (try devices(claimant), try devices(owner))
        #expect(own.intersection(others).count > own.count / 4)
        let third = field.platforms[0]
        #expect(try devices(third).isDisjoint(with: own))
    }

    @Test("Silent devices stand in the inventory and in no record")
    func silentDevices() throws {
        let (field, platform) = try platform(.silentDevices)
        let traffic = field.traffic(of: platform)
        let listed = Set(try rows(try #require(traffic.snapshots.first).batches).compactMap(\.id))
        let spoken = Set(try rows(traffic.batches).filter { $0.kind == "device" }.compactMap(\.id))
        #expect(spoken.isSubset(of: listed))
        #expect(listed.subtracting(spoken).count >= listed.count / 3)
    }

    @Test("Sensors are sent under a type that does not count")
    func sensors() throws {
        let (field, platform) = try platform(.sensorsAsDevices)
        let types = Set(
            try #require(field.scheme.dictionary("device-types")).entries.filter(\.isCounted).map(\.code))
        let wrong = try rows(field.traffic(of: platform).batches).filter {
            $0.kind == "device" && !types.contains($0.type ?? "")
        }
        #expect(wrong.count > 100)
        #expect(wrong.allSatisfy { $0.type == "sensor" })
    }

    @Test("Most points of the planted platform never change")
    func constantPoints() throws {
        let (field, platform) = try platform(.constantPoints)
        let points = try rows(field.traffic(of: platform).batches).filter { $0.kind == "point" && $0.form == "number" }
        let constant = points.filter { $0.distinct == 1 }
        #expect(constant.count * 10 > points.count * 7)
    }

    @Test("The platform connected late sends nothing of the months before")
    func connectedLate() throws {
        let (field, platform) = try platform(.connectedLate)
        let cutter = try #require(DayCutter(zoneName: field.scheme.zone))
        let from = try #require(field.portMonths.last).firstDay
        for row in try rows(field.traffic(of: platform).batches) where row.ts != nil {
            #expect(cutter.day(of: Instant(seconds: Int64(row.ts ?? 0))) >= from)
        }
    }

    @Test("The incomplete port lacks three weeks of the middle month")
    func incompletePort() throws {
        let (field, platform) = try platform(.incompletePort)
        let cutter = try #require(DayCutter(zoneName: field.scheme.zone))
        let month = field.portMonths[field.portMonths.count - 2]
        let days = Set(
            try rows(field.traffic(of: platform).batches).filter { ["device", "call", "point"].contains($0.kind) }
                .compactMap { $0.ts.map { cutter.day(of: Instant(seconds: Int64($0))) } }.filter { $0.month == month })
        #expect(days.count <= 8 && days.count >= 5)
    }

    @Test("The platform without rows sends gauges and summaries only")
    func declaredOnly() throws {
        let (field, platform) = try platform(.declaredOnly)
        let kinds = Set(try rows(field.traffic(of: platform).batches).map(\.kind))
        #expect(kinds == ["gauge", "summary"])
    }

    @Test("The inflated summary states twice of what is sent, an honest one at most two percent more")
    func summaries() throws {
        let (field, inflated) = try platform(.inflatedSummary)
        let claimed = field.traffic(of: inflated).declared
        #expect(claimed["vcpu-cores"] == ExactDecimal(inflated.figures.cores * 2))
        for platform in field.platforms where platform.cheat == nil {
            let stated = try #require(field.traffic(of: platform).declared["vcpu-cores"]).coefficient
            #expect(Int(stated) >= platform.figures.cores && Int(stated) * 100 <= platform.figures.cores * 102)
        }
    }
}
