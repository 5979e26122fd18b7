import Vocabulary

/// Device days and points of a month.
struct DeviceSegments {
    let plan: PortPlan
    let stamps: RecordStamps
    let field: DemonstrationField

    func all(in month: CivilMonth) -> [RecordSegment] {
        [devices(in: month), points(in: month), sparsePoints(in: month), sensors(in: month)].filter { $0.count > 0 }
    }

    private func devices(in month: CivilMonth) -> RecordSegment {
        let plan = plan
        let identity = identity()
        let days = plan.daysPerMonth
        let stamps = stamps
        let salt = plan.secret ^ UInt64(month.month)
        let customers = customers()
        return RecordSegment(count: plan.devices(in: month) * days) { place, line in
            let device = place / days
            let dayNumber = plan.day(of: device, place % days, in: month)
            guard !plan.isLost(day: dayNumber, in: month) else { return }
            let day = month.firstDay.adding(days: dayNumber - 1)
            let drawn = Mixing.hash(salt, UInt64(place))
            let fixed = Mixing.hash(plan.secret, UInt64(device))
            line.begin("device")
            identity.write(device, "id", &line)
            line.field("id_basis", literal: identity.basis(device))
            line.field("ts", stamps.seconds(day, drawn))
            line.field("cloud", literal: DeviceSegments.cloud(fixed))
            if !stamps.deviceTypes.isEmpty {
                line.field("type", stamps.deviceTypes[Int(fixed >> 8) % stamps.deviceTypes.count])
            }
            if !customers.isEmpty {
                let customer = customers[Int(fixed >> 20) % customers.count]
                line.field("company", customer.code.text)
                line.field("region", customer.city.code)
            }
            line.field("n", 24 + Int(drawn >> 40) % 265)
            line.end()
        }
    }

    /// Points sampled on every day on which their device speaks: the effective ones.
    private func points(in month: CivilMonth) -> RecordSegment {
        let (plan, stamps, identity) = (plan, stamps, identity())
        let days = plan.daysPerMonth
        let devices = plan.devices(in: month)
        let isConstant = plan.platform.cheat == .constantPoints
        let salt = plan.secret ^ 0xF00D ^ UInt64(month.month)
        return RecordSegment(count: plan.points(in: month) * days) { place, line in
            let point = place / days
            let device = point % devices
            let dayNumber = plan.day(of: device, place % days, in: month)
            guard !plan.isLost(day: dayNumber, in: month) else { return }
            let drawn = Mixing.hash(salt, UInt64(place))
            line.begin("point")
            identity.write(device, "device", &line)
            line.field("id", prefix: "T", point / devices, digits: 4)
            line.field("ts", stamps.seconds(month.firstDay.adding(days: dayNumber - 1), drawn))
            line.field("n", 240 + Int(drawn >> 40) % 1200)
            line.field("form", literal: "number")
            if isConstant, point % 10 < 8 {
                line.field("min", 50)
                line.field("max", 50)
                line.field("distinct", 1)
            } else {
                let low = Int(drawn >> 8) % 60
                line.field("min", low)
                line.field("max", low + 1 + Int(drawn >> 24) % 90)
                line.field("distinct", 2 + Int(drawn >> 32) % 200)
            }
            line.end()
        }
    }

    /// Points that came up on a single day: sent, and not effective.
    private func sparsePoints(in month: CivilMonth) -> RecordSegment {
        let (plan, stamps, identity) = (plan, stamps, identity())
        let devices = plan.devices(in: month)
        return RecordSegment(count: plan.points(in: month) / 20) { place, line in
            let device = place % devices
            let dayNumber = plan.day(of: device, 0, in: month)
            guard !plan.isLost(day: dayNumber, in: month) else { return }
            line.begin("point")
            identity.write(device, "device", &line)
            line.field("id", prefix: "S", place / devices, digits: 4)
            line.field("ts", stamps.seconds(month.firstDay.adding(days: dayNumber - 1), UInt64(place)))
            line.field("n", 1)
            line.field("form", literal: "state")
            line.end()
        }
    }

    private func sensors(in month: CivilMonth) -> RecordSegment {
        let (plan, stamps) = (plan, stamps)
        return RecordSegment(count: plan.sensors) { place, line in
            let day = month.firstDay.adding(days: place % month.lengthInDays)
            line.begin("device")
            line.field("id", prefix: "SN\(plan.platform.index)-", place, digits: 7)
            line.field("id_basis", literal: "own")
            line.field("ts", stamps.seconds(day, UInt64(place)))
            line.field("cloud", literal: "private")
            line.field("type", stamps.sensorType)
            line.end()
        }
    }

    /// The platform's device list of the day: those that spoke and those that never did.
    func inventory(on day: CivilDay) -> RecordSegment {
        let (plan, stamps, identity) = (plan, stamps, identity())
        return RecordSegment(count: plan.devices + plan.silentDevices) { place, line in
            line.begin("device")
            identity.write(place, "id", &line)
            line.field("id_basis", literal: identity.basis(place))
            line.field("ts", stamps.seconds(day, UInt64(place)))
            if !stamps.deviceTypes.isEmpty { line.field("type", stamps.deviceTypes[place % stamps.deviceTypes.count]) }
            line.end()
        }
    }

    /// A few of the platform's customers, as owners of its devices.
    private func customers() -> [CompanyUniverse.Company] {
        (0..<min(40, plan.platform.figures.companies)).compactMap {
            field.universe.company(field.universe.customer(of: plan.platform.index, $0))
        }
    }

    /// What stands in `id`: for the platform that claims another's devices, the owner's identities.
    private func identity() -> DeviceIdentity {
        var identity = DeviceIdentity(
            own: plan.platform.index, ownSecret: plan.secret, shared: 0, owner: 0, ownerSecret: 0)
        if plan.platform.cheat == .sharedDevices, let partner = plan.platform.partner {
            let owner = field.platforms[partner]
            identity.shared = plan.sharedDevices(owner: owner)
            identity.owner = partner
            identity.ownerSecret = PortPlan(field: field, platform: owner).secret
        }
        return identity
    }

    private static func cloud(_ number: UInt64) -> StaticString {
        switch number % 10 {
        case 0...4: return "public"
        case 5...7: return "private"
        default: return "dedicated"
        }
    }
}

/// A device's identity: maker's serial number, identifier-resolution code, IMEI or the platform's own number.
struct DeviceIdentity: Sendable {
    var own: Int
    var ownSecret: UInt64
    /// So many devices, from the first on, are the owner's.
    var shared: Int
    var owner: Int
    var ownerSecret: UInt64

    func write(_ device: Int, _ name: StaticString, _ line: inout RecordLine) {
        let (platform, secret) = device < shared ? (owner, ownerSecret) : (own, ownSecret)
        let drawn = Mixing.hash(secret, UInt64(device) ^ 0xD0)
        switch device % 8 {
        case 0...4:
            line.field(name, prefix: "SN-\(1000 + platform * 7)-", Int(drawn % 10) * 10_000_000 + device, digits: 8)
        case 5: line.field(name, prefix: "88.\(118 + platform).\(1 + platform)/", device, digits: 8)
        case 6: line.field(name, prefix: "86\(1000 + platform)", device, digits: 9)
        default: line.field(name, prefix: "EQ\(platform + 1)-", device, digits: 7)
        }
    }

    func basis(_ device: Int) -> StaticString {
        switch device % 8 {
        case 0...4: return "serial"
        case 5: return "resolution"
        case 6: return "imei"
        default: return "own"
        }
    }
}
