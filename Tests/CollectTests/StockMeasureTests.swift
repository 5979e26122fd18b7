import Collect
import Scheme
import Testing
import Vocabulary

private func change(_ kind: String, _ id: String, _ day: String, _ op: String = "add", _ rest: String = "") -> String {
    #"{"kind":"\#(kind)","id":"\#(id)","ts":"\#(day)T12:00:00+08:00","op":"\#(op)"\#(rest)}"#
}

private func subscription(_ app: String, _ user: String, _ day: String, _ op: String = "add") -> String {
    #"{"kind":"subscription","app":"\#(app)","user":"\#(user)","ts":"\#(day)T12:00:00+08:00","op":"\#(op)"}"#
}

@Suite("Indicators of what there is at the end")
struct StockMeasureTests {
    @Test("The end is the median of the last month's day-end stocks, never a single day")
    func median() throws {
        var source = MemorySource()
        try source.take((0..<10).map { change("user", "u\($0)", "2024-05-01") })
        // A spike of a thousand on the last three days moves nothing.
        try source.take((0..<1000).map { change("user", "spike\($0)", "2025-11-28") })
        #expect(try source.count("registered-users").value == ExactDecimal(10))
    }

    @Test("The median of an even month that changes in its middle lies between, rounded half up")
    func evenMedian() throws {
        var source = MemorySource()
        try source.take([change("user", "u", "2025-01-01"), change("user", "v", "2025-11-16")])
        // 15 days of 1, 15 days of 2: 1.5, users have no decimals.
        #expect(try source.count("registered-users").value == ExactDecimal(2))
    }

    @Test("Who was removed is gone at that day's end; who was added again is back")
    func removal() throws {
        var source = MemorySource()
        try source.take([
            change("user", "a", "2025-01-01"), change("user", "a", "2025-10-31", "remove"),
            change("user", "b", "2025-01-01"), change("user", "b", "2025-10-01", "remove"),
            change("user", "b", "2025-10-02"), change("user", "c", "2025-12-01"),
        ])
        #expect(try source.count("registered-users").value == ExactDecimal(1))
    }

    @Test("Of an addition and a removal in one second the removal stands, in whichever order they came")
    func tie() throws {
        for order in [["add", "remove"], ["remove", "add"]] {
            var source = MemorySource()
            for op in order { try source.take([change("user", "a", "2025-05-01", op)]) }
            try source.take([change("user", "b", "2025-05-01")])
            #expect(try source.count("registered-users").value == ExactDecimal(1))
        }
    }

    @Test("A snapshot replaces the running set on its date; later changes go on from it")
    func snapshot() throws {
        var source = MemorySource()
        try source.take((0..<100).map { change("user", "old\($0)", "2025-01-01") })
        try source.take([change("user", "new", "2025-11-01")])
        try source.state(.user, "2025-10-31", ["old1", "old2", "stated"].map { change("user", $0, "2025-10-31") })
        #expect(try source.count("registered-users").value == ExactDecimal(4))
        try source.state(.user, "2025-11-05", [change("user", "only", "2025-11-05")])
        #expect(try source.count("registered-users").value == ExactDecimal(1))
    }

    @Test("A change on the snapshot's own day is already in the snapshot")
    func snapshotDay() throws {
        var source = MemorySource()
        try source.take([change("user", "same-day", "2025-10-31")])
        try source.state(.user, "2025-10-31", [change("user", "stated", "2025-10-31")])
        #expect(try source.count("registered-users").value == ExactDecimal(1))
    }

    @Test("Cores and storage are the node inventory's median day of each month")
    func nodes() throws {
        var source = MemorySource()
        try source.take([
            change("node", "n1", "2025-01-01", "add", #","vcpu":100,"storage_bytes":1500000000000"#),
            change("node", "n2", "2025-10-01", "add", #","vcpu":50,"storage_bytes":250000000000"#),
            change("node", "n2", "2025-11-01", "add", #","vcpu":80,"storage_bytes":500000000000"#),
        ])
        let cores = try source.count("vcpu-cores")
        #expect(cores.perMonth.map(\.value) == [100, 150, 180].map { ExactDecimal($0) })
        #expect(cores.value == ExactDecimal(143))
        #expect(cores.evidenceLevel == .inventory)
        #expect(try source.count("data-volume").value == ExactDecimal("2"))
    }

    @Test("Without an inventory the gauge counts as a declaration: each day's last reading, clouds added up")
    func gauge() throws {
        func reading(_ value: String, _ time: String, _ rest: String = "") -> String {
            #"{"kind":"gauge","metric":"vcpu","value":\#(value),"ts":"\#(time)+08:00"\#(rest)}"#
        }
        var source = MemorySource()
        try source.take([
            reading("10", "2025-11-01T08:00:00"), reading("20", "2025-11-01T20:00:00"),
            reading("30", "2025-11-02T08:00:00", #","cloud":"public""#),
            reading("12", "2025-11-02T08:00:00", #","cloud":"private""#), reading("99", "2025-11-02T09:00:00"),
            reading("50", "2025-11-03T08:00:00"),
        ])
        let value = try source.count("vcpu-cores")
        #expect(value.perMonth.map(\.value) == [0, 0, 42].map { ExactDecimal($0) })
        #expect(value.evidenceLevel == .declared)
        #expect(value.completeness == 3.0 / 91)
    }

    @Test("Models count when they are of the scheme's kind and were called in the port months")
    func models() throws {
        var source = MemorySource()
        try source.take([
            change("model", "m1", "2024-01-01", "add", #","model_kind":"industry-mechanism""#),
            change("model", "m2", "2024-01-01", "add", #","model_kind":"industry-mechanism""#),
            change("model", "m3", "2024-01-01", "add", #","model_kind":"simulation""#),
            #"{"kind":"call","model":"m1","user":"u","ts":"2025-09-10T00:00:00Z"}"#,
            #"{"kind":"call","model":"m3","user":"u","ts":"2025-09-10T00:00:00Z"}"#,
            #"{"kind":"call","model":"m2","user":"u","ts":"2025-08-10T00:00:00Z"}"#,
            #"{"kind":"call","app":"m2","user":"u","ts":"2025-09-10T00:00:00Z"}"#,
        ])
        let value = try source.count("industrial-models")
        #expect(value.value == ExactDecimal(1))
        #expect(value.splits["simulation"] == ExactDecimal(1))
        #expect(value.splits["published"] == ExactDecimal(3))
    }

    @Test("Apps count while published and subscribed to, or called in the port months")
    func apps() throws {
        var source = MemorySource()
        try source.take(["subscribed", "called", "idle", "withdrawn"].map { change("app", $0, "2024-01-01") })
        try source.take([
            subscription("subscribed", "u", "2025-01-01"), subscription("idle", "u", "2025-01-01"),
            subscription("idle", "u", "2025-02-01", "remove"), subscription("withdrawn", "u", "2025-01-01"),
            change("app", "withdrawn", "2025-10-01", "remove"),
            #"{"kind":"call","app":"called","user":"u","ts":"2025-09-10T00:00:00Z"}"#,
        ])
        let value = try source.count("industrial-apps")
        #expect(value.value == ExactDecimal(2))
        #expect(value.splits["published"] == ExactDecimal(3))
    }

    @Test("Subscriptions are different live pairs; those on apps never published are shown beside")
    func subscriptions() throws {
        var source = MemorySource()
        try source.take([
            change("app", "a", "2024-01-01"), subscription("a", "u", "2025-01-01"),
            subscription("a", "u", "2025-02-01"),
            subscription("a", "v", "2025-01-01"), subscription("b", "u", "2025-01-01"),
            subscription("b", "v", "2025-01-01"), subscription("b", "v", "2025-10-31", "remove"),
        ])
        let value = try source.count("app-subscriptions")
        #expect(value.value == ExactDecimal(3))
        #expect(value.splits["unknown-apps"] == ExactDecimal(1))
    }

    @Test("Users of the five leading apps count once; the fifth place of equals goes to the earlier published")
    func leadingApps() throws {
        var source = MemorySource()
        // a…d with 3 subscribers each, e and f with 2: f is older.
        for app in ["a", "b", "c", "d"] {
            try source.take(["u", "v", "w"].map { subscription(app, $0, "2025-01-01") })
        }
        try source.take([subscription("e", "only-e", "2025-01-01"), subscription("e", "u", "2025-01-01")])
        try source.take([subscription("f", "only-f1", "2025-01-01"), subscription("f", "only-f2", "2025-01-01")])
        try source.take([change("app", "e", "2024-06-01"), change("app", "f", "2024-05-31")])
        let value = try source.count("killer-app-users")
        #expect(value.value == ExactDecimal(5))
        #expect(value.splits["plain-sum"] == ExactDecimal(14))
        // Published on the same day, the smaller identifier is taken.
        var tied = source
        try tied.take([change("app", "e", "2024-05-31")])
        #expect(try tied.count("killer-app-users").value == ExactDecimal(4))
    }

    @Test("Developers are registered and acted in the data year")
    func developers() throws {
        var source = MemorySource()
        let act = #","act":"commit""#
        try source.take([
            change("developer", "active", "2024-03-01", "add", act),
            change("developer", "active-again", "2024-04-01"),
            change("developer", "active-again", "2024-12-31", "add", act),
            change("developer", "idle", "2024-03-01"), change("developer", "next-year", "2025-01-01", "add", act),
            change("developer", "left", "2024-03-01", "add", act), change("developer", "left", "2025-06-01", "remove"),
        ])
        let value = try source.count("developers")
        #expect(value.value == ExactDecimal(2))
        #expect(value.splits["registered"] == ExactDecimal(4))
    }

    @Test("A voided batch leaves the count: what is not among the runs is not counted")
    func withoutBatch() throws {
        var source = MemorySource()
        try source.take([change("user", "a", "2025-01-01")])
        try source.take([change("user", "b", "2025-01-01")])
        source.readings.removeLast()
        #expect(try source.count("registered-users").value == ExactDecimal(1))
    }

    @Test(
        "A measure's name reads with its argument, and nothing else reads",
        arguments: [
            ("distinct-devices", PortMeasure.distinctDevices), ("leading-app-users:3", .leadingAppUsers(count: 3)),
            ("models-in-use:simulation", .modelsInUse(kind: "simulation")), ("models-in-use", .modelsInUse(kind: nil)),
            ("leading-app-users:0", nil), ("distinct-devices:2", nil), ("devices", nil), ("", nil),
        ] as [(String, PortMeasure?)])
    func names(text: String, measure: PortMeasure?) {
        #expect(PortMeasure(text) == measure)
    }

    @Test("Every measure that the scheme of 2025 names exists")
    func schemeMeasures() throws {
        let scheme = try #require(TestScheme.jiangsu)
        let ports = scheme.indicators.filter { $0.mode == .port }
        #expect(ports.count == 11)
        for indicator in ports { #expect(PortMeasure(indicator.portMeasure ?? "") != nil, "\(indicator.id)") }
    }
}
