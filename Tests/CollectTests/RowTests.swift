import Collect
import Testing
import Vocabulary

private func read(_ text: String, _ context: RecordContext? = nil) throws -> BatchReading {
    try BatchReader.read(Array(text.utf8), context: context ?? testContext())
}

@Suite("Rows of the port")
struct RowTests {
    @Test(
        "Every kind of record is taken in its full form",
        arguments: [
            #"{"kind":"device","id":"HL-CNC-0012345","id_basis":"serial","ts":"2025-11-03T08:00:00+08:00","cloud":"private","type":"cnc-lathe","region":"320500","points":12,"n":288}"#,
            #"{"kind":"point","device":"D1","id":"T1","ts":1762128000,"n":288,"form":"number","min":-1.5,"max":2e3,"distinct":9}"#,
            #"{"kind":"node","id":"N1","ts":1762128000,"op":"add","vcpu":32,"storage_bytes":2000000000000,"cloud":"public","provider":"x"}"#,
            #"{"kind":"gauge","metric":"vcpu","value":1200,"ts":1762128000,"cloud":"dedicated"}"#,
            #"{"kind":"model","id":"M1","ts":1762128000,"op":"add","model_kind":"simulation","core":true}"#,
            #"{"kind":"app","id":"A1","ts":1762128000,"op":"add","industry":"mining","scenario":"safety","title":"排产 \"快\""}"#,
            #"{"kind":"user","id":"a1b2","ts":1762128000,"op":"remove"}"#,
            #"{"kind":"developer","id":"d","ts":1762128000,"op":"add","act":"commit"}"#,
            #"{"kind":"subscription","app":"A1","user":"u","ts":1762128000,"op":"add"}"#,
            #"{"kind":"call","app":"A1","user":"u","ts":1762128000,"n":3}"#,
            #"{"kind":"call","model":"M1","user":"u","ts":1762128000}"#,
            #"{"kind":"company","country":"DE","number":"HRB 1","ts":1762128000,"op":"add","paying":false}"#,
            #"{"kind":"summary","period":"2025-11","values":{"devices-connected":8000,"data-volume":12.5}}"#,
            #" { "ts" : 1762128000 , "id" : "x" , "kind" : "device" , "platform" : "P1" , "cloud" : null } "#,
        ])
    func taken(line: String) throws {
        let reading = try read(line)
        #expect(reading.rejects.isEmpty)
        #expect(reading.accepted == 1)
    }

    @Test(
        "A wrong row says its reason",
        arguments: [
            (#"{"kind":"device","id":"x","ts":1762128000"#, RowFaultCode.rowMalformed),
            (#"{"kind":"device","id":"x","ts":1762128000}}"#, .rowMalformed),
            (#"{"kind":"device","id":"x","id":"y","ts":1762128000}"#, .rowMalformed),
            (#"{"kind":"device","id":"x","ts":01762128000}"#, .rowMalformed),
            (#"{"kind":"device","id":"x","ts":+1}"#, .rowMalformed),
            (#"{"kind":"device","id":"x","ts":1.}"#, .rowMalformed),
            (#"{"kind":"device","id":"x","ts":1762128000,}"#, .rowMalformed),
            (#"{"kind":"device","id":"\x","ts":1762128000}"#, .rowMalformed),
            (#"{"kind":"device","id":"\ud800","ts":1762128000}"#, .rowMalformed),
            (#"{"kind":"device","id":"\udc00\ud800","ts":1762128000}"#, .rowMalformed),
            (#"{'kind':'device'}"#, .rowMalformed),
            (#"["device"]"#, .rowMalformed),
            ("{\"kind\":\"device\",\"id\":\"a\tb\",\"ts\":1762128000}", .rowMalformed),
            (#"{"kind":"sensor","id":"x","ts":1762128000}"#, .kindUnknown),
            (#"{"kind":7}"#, .kindUnknown),
            (#"{"id":"x","ts":1762128000}"#, .fieldMissing),
            (#"{"kind":"device","ts":1762128000}"#, .fieldMissing),
            (#"{"kind":"device","id":null,"ts":1762128000}"#, .fieldMissing),
            (#"{"kind":"call","user":"u","ts":1762128000}"#, .fieldMissing),
            (#"{"kind":"company","country":"DE","ts":1762128000,"op":"add"}"#, .fieldMissing),
            (#"{"kind":"subscription","app":"A","ts":1762128000,"op":"add"}"#, .fieldMissing),
            (#"{"kind":"device","id":"","ts":1762128000}"#, .fieldInvalid),
            (#"{"kind":"device","id":7,"ts":1762128000}"#, .fieldInvalid),
            (#"{"kind":"device","id":"x","ts":1762128000.5}"#, .fieldInvalid),
            (#"{"kind":"device","id":"x","ts":"2025-02-29T00:00:00Z"}"#, .fieldInvalid),
            (#"{"kind":"device","id":"x","ts":"2025-02-28T00:00:00"}"#, .fieldInvalid),
            (#"{"kind":"device","id":"x","ts":1762128000,"cloud":"hybrid"}"#, .fieldInvalid),
            (#"{"kind":"device","id":"x","ts":1762128000,"n":-1}"#, .fieldInvalid),
            (#"{"kind":"point","device":"D","id":"T","ts":1762128000,"n":1,"min":3,"max":2}"#, .fieldInvalid),
            (#"{"kind":"app","id":"A","ts":1762128000,"op":"publish"}"#, .fieldInvalid),
            (#"{"kind":"developer","id":"d","ts":1762128000,"op":"add","act":"login"}"#, .fieldInvalid),
            (#"{"kind":"summary","period":"2025-13","values":{}}"#, .fieldInvalid),
            (#"{"kind":"summary","period":"2025-11","values":{"a":1,"a":2}}"#, .fieldInvalid),
            (#"{"kind":"summary","period":"2025-11","values":{"a":"many"}}"#, .fieldInvalid),
            (#"{"kind":"device","platform":"P2","id":"x","ts":1762128000}"#, .platformMismatch),
            (#"{"kind":"device","id":"x","ts":1764734701}"#, .tsFuture),
            (#"{"kind":"device","id":"x","ts":1762128000000}"#, .tsFuture),
            (#"{"kind":"summary","period":"2026-01","values":{}}"#, .tsFuture),
            (#"{"kind":"device","id":"x","ts":1704038399}"#, .tsTooOld),
            (#"{"kind":"app","id":"x","ts":946655999,"op":"add"}"#, .tsTooOld),
            (#"{"kind":"device","id":"x","ts":1762128000,"type":"sensor"}"#, .typeUnknown),
            (#"{"kind":"company","code":"91320500MA1ABCDE00","ts":1762128000,"op":"add"}"#, .codeInvalid),
            (#"{"kind":"device","id":"x","ts":1762128000,"company":"x"}"#, .codeInvalid),
        ])
    func rejected(line: String, code: RowFaultCode) throws {
        let good = #"{"kind":"device","id":"good","ts":1762128000}"#
        let reading = try read("\(good)\n\(line)\n\(good)")
        #expect(reading.accepted == 2)
        #expect(reading.rejects.map(\.code) == [code])
        #expect(reading.rejects.first?.line == 2)
    }

    @Test(
        "Bytes that are no UTF-8 make a row malformed",
        arguments: [
            [0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80], [0xe4, 0xb8],
        ]
            as [[UInt8]])
    func badUTF8(bytes: [UInt8]) throws {
        let body = Array(#"{"kind":"device","ts":1762128000,"id":"x"#.utf8) + bytes + Array("\"}".utf8)
        let reading = try BatchReader.read(body, context: testContext())
        #expect(reading.rejects.map(\.code) == [.rowMalformed])
    }

    @Test("A moment five minutes ahead is the last one taken")
    func fiveMinutes() throws {
        #expect(try read(#"{"kind":"device","id":"x","ts":1764734700}"#).accepted == 1)
    }

    @Test("An identifier written with escapes, anywhere in the row, is the same one")
    func escapes() throws {
        let plain = try read("{\"kind\":\"device\",\"id\":\"数控😀/1\",\"ts\":1762128000}")
        let escaped = try read(
            #"{"\u0069d":"\u6570\u63a7\ud83d\ude00\/\u0031","ts":"2025-11-03T00:00:00Z","kind":"\u0064evice"}"#)
        #expect(plain.rejects.isEmpty && escaped.rejects.isEmpty)
        #expect(plain.runs.map(\.entries) == escaped.runs.map(\.entries))
    }

    @Test("Unknown fields are left out and named once, whatever they hold")
    func unknownFields() throws {
        let reading = try read(
            """
            {"kind":"device","id":"x","ts":1762128000,"weather":{"a":[1,{"b":"}"}]},"vcpu":4}
            {"kind":"device","id":"y","ts":1762128000,"weather":null}
            """)
        #expect(reading.accepted == 2)
        #expect(reading.unknownFields == ["device.vcpu", "weather"])
    }

    @Test("Nesting deeper than sixteen levels is refused")
    func nesting() throws {
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        #expect(
            try read(#"{"kind":"device","id":"x","ts":1762128000,"z":\#(deep)}"#).rejects.map(\.code) == [.rowMalformed]
        )
    }

    @Test("Blank lines, a carriage return and a missing last line feed are no rows")
    func lines() throws {
        let reading = try read(
            "\n\r\n{\"kind\":\"device\",\"id\":\"x\",\"ts\":1762128000}\r\n\n{\"kind\":\"device\",\"id\":1}")
        #expect(reading.rows == 2)
        #expect(reading.rejects.map(\.line) == [5])
    }

    @Test("Rows later than the days on time need a reason, and are counted as late with one")
    func late() throws {
        let line = #"{"kind":"device","id":"x","ts":1762128000}"#
        let from = CivilDay(year: 2025, month: 11, day: 4)
        #expect(try read(line, testContext(onTimeFrom: from)).rejects.map(\.code) == [.lateReasonMissing])
        let reading = try read(line, testContext(onTimeFrom: from, hasLateReason: true))
        #expect(reading.accepted == 1 && reading.lateRows == 1)
        let stock = #"{"kind":"app","id":"x","ts":1762128000,"op":"add"}"#
        #expect(try read(stock, testContext(onTimeFrom: from)).lateRows == 0)
    }

    @Test("A snapshot takes rows of its kind only, and no removals")
    func snapshotRows() throws {
        let context = try testContext(snapshotKind: .app)
        let reading = try read(
            """
            {"kind":"app","id":"a","ts":1762128000,"op":"add"}
            {"kind":"app","id":"b","ts":1762128000,"op":"remove"}
            {"kind":"user","id":"u","ts":1762128000,"op":"add"}
            """, context)
        #expect(reading.accepted == 1)
        #expect(reading.rejects.map(\.line) == [2, 3])
    }

    @Test("Seconds, offsets and fractions name the same moment")
    func times() throws {
        let texts = [
            "1762128000", "\"2025-11-03T00:00:00Z\"", "\"2025-11-03T08:00:00+08:00\"",
            "\"2025-11-02T19:30:00.999-04:30\"",
        ]
        let runs = try texts.map { try read("{\"kind\":\"app\",\"id\":\"x\",\"op\":\"add\",\"ts\":\($0)}").runs }
        #expect(Set(runs).count == 1)
    }

    @Test("A day begins at midnight in the scheme's zone")
    func midnight() throws {
        let reading = try read(
            """
            {"kind":"device","id":"x","ts":"2025-11-02T15:59:59Z"}
            {"kind":"device","id":"x","ts":"2025-11-02T16:00:00Z"}
            """)
        #expect(reading.runs.map { CivilDay(daysSince1970: $0.day).description } == ["2025-11-02", "2025-11-03"])
    }

    @Test("People are keyed within their platform, machines across platforms")
    func scopes() throws {
        func keys(_ platform: PlatformID, _ line: String) throws -> [RecordKey] {
            try read(line, testContext(platform: platform)).runs.flatMap(\.entries).map(\.key)
        }
        let user = #"{"kind":"user","id":"u","ts":1762128000,"op":"add"}"#
        let device = #"{"kind":"device","id":"u","ts":1762128000}"#
        #expect(try keys("P1", user) != keys("P2", user))
        #expect(try keys("P1", device) == keys("P2", device))
        #expect(try keys("P1", user) != keys("P1", device))
    }
}
