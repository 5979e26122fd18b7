import Collect
import Scheme
import Testing
import Vocabulary

private func device(_ id: String, _ day: String, _ rest: String = "") -> String {
    #"{"kind":"device","id":"\#(id)","ts":"\#(day)T09:00:00+08:00"\#(rest)}"#
}

private func point(_ device: String, _ id: String, _ day: String, n: Int = 5, _ rest: String = "") -> String {
    #"{"kind":"point","device":"\#(device)","id":"\#(id)","ts":"\#(day)T10:00:00+08:00","n":\#(n)\#(rest)}"#
}

@Suite("Indicators of the port months")
struct ActivityMeasureTests {
    @Test("Devices are counted once a month, and the mean of three months is rounded half up")
    func devices() throws {
        var source = MemorySource()
        // September: a, b; October: a; November: a, b. Mean 5/3.
        try source.take(portDays.map { device("a", $0, #","cloud":"public""#) })
        try source.take(days(of: 9, 1...20).map { device("b", $0, #","cloud":"private""#) })
        try source.take(days(of: 11, 30...30).map { device("b", $0, #","cloud":"private""#) })
        let value = try source.count("devices-connected")
        #expect(value.perMonth.map(\.value) == [2, 1, 2].map { ExactDecimal($0) })
        #expect(value.value == ExactDecimal(2))
        #expect(value.evidenceLevel == .live)
        #expect(value.completeness == 1)
        #expect(value.splits["public"] == ExactDecimal(1))
        #expect(value.splits["private"] == ExactDecimal(1))
    }

    @Test("The same device in two batches, and twice a day, is one device")
    func repetition() throws {
        var source = MemorySource()
        for _ in 0..<3 { try source.take(portDays.map { device("a", $0) }) }
        #expect(try source.count("devices-connected").value == ExactDecimal(1))
    }

    @Test("A platform that was connected later has 0 for the months before, and is not held incomplete for them again")
    func lateStart() throws {
        var source = MemorySource()
        try source.take(days(of: 11, 1...30).flatMap { day in (0..<9).map { device("d\($0)", day) } })
        let value = try source.count("devices-connected")
        #expect(value.perMonth.map(\.value) == [0, 0, 9].map { ExactDecimal($0) })
        #expect(value.value == ExactDecimal(3))
        #expect(value.completeness == 1)
    }

    @Test("A monthly list is evidence of the second kind; an inventory counts where nothing is live")
    func inventory() throws {
        var source = MemorySource()
        for month in 9...11 { try source.take([device("a", days(of: month, 5...5)[0])]) }
        try source.state(.device, "2025-11-30", ["a", "b", "c"].map { device($0, "2025-11-30") })
        let value = try source.count("devices-connected")
        #expect(value.perMonth.map(\.value) == [1, 1, 3].map { ExactDecimal($0) })
        #expect(value.evidenceLevel == .inventory)
        #expect(value.completeness == 1)
    }

    @Test("In a live month, devices of the inventory that never spoke do not count")
    func silent() throws {
        var source = MemorySource()
        try source.take(portDays.map { device("a", $0) } + portDays.map { device("mute", $0, #","n":0"#) })
        try source.state(.device, "2025-11-30", (0..<50).map { device("list\($0)", "2025-11-30") })
        let value = try source.count("devices-connected")
        #expect(value.value == ExactDecimal(1))
        #expect(value.splits["silent"] == ExactDecimal(1))
    }

    @Test(
        "A point is effective with 20 days, or with 80 % of its device's days",
        arguments: [
            (30, 20, true), (30, 19, false), (24, 19, false), (24, 20, true), (20, 16, true), (20, 15, false),
            (1, 1, true),
        ])
    func effective(deviceDays: Int, pointDays: Int, isEffective: Bool) throws {
        var source = MemorySource()
        try source.take(days(of: 11, 1...deviceDays).map { device("d", $0) })
        // Two records a day, so that a point of one day is not read as a monthly summary.
        try source.take(days(of: 11, 1...pointDays).flatMap { [point("d", "p", $0), point("d", "p", $0, n: 6)] })
        let value = try source.count("data-points")
        #expect(value.perMonth.last?.value == ExactDecimal(isEffective ? 1 : 0))
    }

    @Test(
        "One record in the month is a monthly summary, credited with n days of its device at most",
        arguments: [(30, 25, true), (30, 19, false), (10, 1_000_000, true), (10, 7, false), (10, 8, true)])
    func monthlySummary(deviceDays: Int, samples: Int, isEffective: Bool) throws {
        var source = MemorySource()
        try source.take(days(of: 11, 1...deviceDays).map { device("d", $0) })
        try source.take([point("d", "p", "2025-11-30", n: samples)])
        // Sent again, it is still one record.
        try source.take([point("d", "p", "2025-11-30", n: samples)])
        let value = try source.count("data-points")
        #expect(value.perMonth.last?.value == ExactDecimal(isEffective ? 1 : 0))
    }

    @Test("A monthly summary of a device that never spoke credits nothing; 20 days of samples do")
    func unspoken() throws {
        var source = MemorySource()
        try source.take([point("d", "p", "2025-11-30", n: 500)])
        try source.take(days(of: 11, 1...20).map { point("d", "q", $0) })
        #expect(try source.count("data-points").perMonth.last?.value == ExactDecimal(1))
    }

    @Test("Numeric points of one value all month are counted apart and stay in the count")
    func constant() throws {
        var source = MemorySource()
        try source.take(days(of: 11, 1...30).map { device("d", $0) })
        let all = days(of: 11, 1...30)
        try source.take(all.map { point("d", "still", $0, #","min":50,"max":50.0"#) })
        try source.take(all.map { point("d", "one-value", $0, #","distinct":1"#) })
        try source.take(all.map { point("d", "moves", $0, #","min":1,"max":2"#) })
        try source.take(all.enumerated().map { point("d", "steps", $1, #","min":\#($0),"max":\#($0)"#) })
        try source.take(all.map { point("d", "state", $0, #","form":"state","distinct":1"#) })
        try source.take(all.map { point("d", "unknown", $0) })
        let value = try source.count("data-points")
        #expect(value.perMonth.last?.value == ExactDecimal(6))
        #expect(value.splits["constant"] == value.constantPoints)
        // 2 in one of three months.
        #expect(value.constantPoints == ExactDecimal(1))
    }

    @Test("A point belongs to its device: the same point name under two devices is two points")
    func pairs() throws {
        var source = MemorySource()
        for name in ["d", "e"] {
            try source.take(days(of: 11, 1...30).flatMap { [device(name, $0), point(name, "p", $0)] })
        }
        #expect(try source.count("data-points").perMonth.last?.value == ExactDecimal(2))
    }

    @Test("Active users called an app in the month; calls of models and of no times do not count")
    func activeUsers() throws {
        var source = MemorySource()
        func call(_ user: String, _ day: String, _ what: String, _ rest: String = "") -> String {
            #"{"kind":"call",\#(what),"user":"\#(user)","ts":"\#(day)T01:00:00+08:00"\#(rest)}"#
        }
        try source.take(portDays.map { call("u", $0, #""app":"A""#) } + portDays.map { call("u", $0, #""app":"B""#) })
        try source.take([
            call("v", "2025-10-01", #""app":"A""#), call("w", "2025-10-01", #""model":"M""#),
            call("x", "2025-10-01", #""app":"A""#, #","n":0"#),
        ])
        let value = try source.count("monthly-active-users")
        #expect(value.perMonth.map(\.value) == [1, 2, 1].map { ExactDecimal($0) })
        #expect(value.value == ExactDecimal(1))
        #expect(value.evidenceLevel == .live)
    }

    @Test("Without rows the platform's own summary stands, as a declaration")
    func declaredOnly() throws {
        var source = MemorySource()
        try source.take([
            #"{"kind":"summary","period":"2025-09","values":{"devices-connected":100}}"#,
            #"{"kind":"summary","period":"2025-11","values":{"devices-connected":200,"registered-users":70}}"#,
        ])
        let devices = try source.count("devices-connected")
        #expect(devices.value == ExactDecimal(100))
        #expect(devices.evidenceLevel == .declared)
        #expect(devices.completeness == 2.0 / 3)
        #expect(try source.count("registered-users").value == ExactDecimal(70))
        #expect(try source.count("developers").value == nil)
    }

    @Test("The declared figure stands beside the counted one with its deviation")
    func deviation() throws {
        var source = MemorySource()
        try source.take(portDays.flatMap { day in (0..<10).map { device("d\($0)", day) } })
        try source.take(
            (9...11).map {
                #"{"kind":"summary","period":"2025-\#($0 < 10 ? "0" : "")\#($0)","values":{"devices-connected":12}}"#
            })
        let value = try source.count("devices-connected")
        #expect(value.value == ExactDecimal(10))
        #expect(value.declared == ExactDecimal(12))
        #expect(value.deviation == 0.2)
    }
}
