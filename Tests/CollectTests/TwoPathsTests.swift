import Collect
import Foundation
import Testing
import Vocabulary

/// The reader has a fast path (templates of rows seen before) and a general one. Nobody may ever notice which was taken.
@Suite("Fast and general reading are one")
struct TwoPathsTests {
    private func compare(
        _ body: [UInt8], _ context: RecordContext, _ sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> BatchReading {
        let limits = BatchLimits(rows: 1 << 20, bytes: 1 << 26)
        let fast = try BatchReader.read(body, context: context, limits: limits)
        let general = try BatchReader.read(body, context: context, limits: limits, usesTemplates: false)
        #expect(fast.rows == general.rows, sourceLocation: sourceLocation)
        #expect(fast.accepted == general.accepted, sourceLocation: sourceLocation)
        #expect(fast.rejects == general.rejects, sourceLocation: sourceLocation)
        #expect(fast.unknownFields == general.unknownFields, sourceLocation: sourceLocation)
        #expect(fast.lateRows == general.lateRows, sourceLocation: sourceLocation)
        #expect(fast.runs == general.runs, sourceLocation: sourceLocation)
        #expect(fast.summaries == general.summaries, sourceLocation: sourceLocation)
        #expect(fast.names == general.names, sourceLocation: sourceLocation)
        #expect(fast.rowsByKind == general.rowsByKind, sourceLocation: sourceLocation)
        return fast
    }

    @Test("Random rows of all kinds, one in four damaged, read the same", arguments: 1...12 as ClosedRange<UInt64>)
    func randomRows(seed: UInt64) throws {
        var maker = RowMaker(seed: seed)
        var body: [UInt8] = []
        for _ in 0..<2_000 {
            var row = maker.row()
            if maker.chance(4) { maker.damage(&row) }
            body += row
            body += maker.lineEnd()
        }
        if maker.chance(2) { body.removeLast() }
        let context = try testContext(
            platform: maker.chance(2) ? "P1" : nil, onTimeFrom: maker.chance(3) ? CivilDay("2025-11-01") : nil,
            hasLateReason: maker.chance(2))
        let reading = try compare(body, context)
        #expect(reading.accepted > 200)
        #expect(reading.rejects.count > 100)
    }

    @Test("Every row that is taken is JSON to another reader too", arguments: 21...24 as ClosedRange<UInt64>)
    func otherReader(seed: UInt64) throws {
        var maker = RowMaker(seed: seed)
        var context = try testContext()
        context.now = nil
        for _ in 0..<1_500 {
            var row = maker.row()
            if maker.chance(2) { maker.damage(&row) }
            let good = try BatchReader.read(row, context: context)
            let isJSON = (try? JSONSerialization.jsonObject(with: Data(row))) is [String: Any]
            let text = String(decoding: row, as: UTF8.self)
            if good.accepted > 0, !row.contains(0x0a) { #expect(isJSON, "\(text)") }
        }
    }

    @Test("A row that differs from the rows before it in one byte, in any place, reads the same")
    func oneByte() throws {
        let context = try testContext()
        let row = Array(
            (#"{"kind":"device","id":"数控-\"1\"","ts":1762128000,"cloud":"private","n":12,"#
                + #""points":3,"x":null,"y":true,"z":-1.5e3}"#).utf8)
        let bytes: [UInt8] = [0x00, 0x09, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x2d, 0x2e, 0x30, 0x31, 0x3a, 0x5c, 0x65, 0x7d]
        var body = row + [0x0a] + row + [0x0a]
        for place in row.indices {
            for byte in bytes + [0x7f, 0x80, 0xff] {
                var changed = row
                changed[place] = byte
                body += changed + [0x0a] + row + [0x0a]
            }
        }
        let reading = try compare(body, context)
        #expect(reading.accepted > row.count * 18)
        #expect(reading.rejects.count > row.count * 10)
    }

    @Test("Numbers of every length and form read the same")
    func numbers() throws {
        var lines: [String] = []
        var digits = ""
        for length in 1...24 {
            digits += "\(length % 10)"
            for number in [
                digits, "0" + digits, "-" + digits, digits + ".0", digits + "e0", digits + "E+1", digits + ".",
            ] {
                lines.append(#"{"kind":"device","id":"x","ts":1762128000,"n":\#(number)}"#)
                lines.append(#"{"kind":"device","id":"x","ts":\#(number)}"#)
                lines.append(#"{"kind":"gauge","metric":"vcpu","ts":1762128000,"value":\#(number)}"#)
                lines.append(
                    #"{"kind":"point","device":"d","id":"x","ts":1762128000,"n":1,"min":\#(number),"max":1e9}"#)
            }
        }
        let reading = try compare(Array(lines.joined(separator: "\n").utf8), try testContext())
        #expect(reading.accepted > 100 && reading.rejects.count > 100)
    }

    @Test("Batches of any length, up to the last byte of memory they own, read the same")
    func lengths() throws {
        let row = Array(#"{"kind":"device","id":"d","ts":1762128000}"#.utf8)
        let context = try testContext()
        for length in 0..<(row.count * 4) {
            let body = Array((row + [0x0a] + row + [0x0a] + row + [0x0a] + row).prefix(length))
            let reading = try compare(body, context)
            #expect(reading.accepted == length / (row.count + 1) + (length % (row.count + 1) == row.count ? 1 : 0))
        }
    }

    @Test("More shapes than are remembered, long rows, and a byte-order mark read the same")
    func manyShapes() throws {
        var body: [UInt8] = [0xef, 0xbb, 0xbf]
        for round in 0..<30 {
            for extra in 0..<20 {
                let more = (0..<extra).map { #""u\#($0)":\#(round)"# }.joined(separator: ",")
                body += Array(
                    #"{"kind":"device",\#(more)\#(extra > 0 ? "," : "")"id":"d\#(extra)","ts":1762128000}"#.utf8)
                body += [0x0a]
            }
            body += Array(#"{"kind":"device","id":"d","ts":1762128000,"x":""#.utf8)
            body += [UInt8](repeating: 0x78, count: round % 3 == 0 ? 300_000 : 100_000) + Array("\"}\n".utf8)
        }
        let reading = try compare(body, try testContext())
        #expect(reading.rejects.first?.code == .rowMalformed)
        #expect(reading.rejects.filter { $0.code == .rowTooLong }.count == 10)
        #expect(reading.rows == 630)
    }

    @Test("A code followed by a zero byte is another text")
    func zeroByte() throws {
        for line in [
            #"{"kind":"device\u0000","id":"x","ts":1762128000}"#,
            #"{"kind":"device","id":"x","ts":1762128000,"cloud":"public\u0000"}"#,
            #"{"kind":"app","id":"x","ts":1762128000,"op":"add\u0000"}"#,
        ] { #expect(try compare(Array(line.utf8), try testContext()).accepted == 0) }
    }

    @Test("Counting by templates and without is the same, faults with their lines too")
    func counting() throws {
        var maker = RowMaker(seed: 99)
        var body: [UInt8] = []
        for _ in 0..<20_000 {
            var row = maker.row(platform: true)
            if maker.chance(50) { maker.damage(&row) }
            body += row + maker.lineEnd()
        }
        var context = try testContext(platform: nil)
        context.now = nil
        for grouping: CountGrouping in [[.platform, .kind], [.kind], [.platform, .day], [.month], []] {
            var results: [[GroupCount]] = []
            var faults: [[PlacedFault]] = []
            for usesTemplates in [true, false] {
                var settings = DistinctCounter.Settings(
                    context: context, grouping: grouping, window: nil, memory: 1 << 24)
                settings.usesTemplates = usesTemplates
                var counter = DistinctCounter(settings: settings, spill: NoSpill())
                try body.withUnsafeBufferPointer { try counter.read($0, chunk: 0) }
                let part = counter.finish()
                faults.append(part.faults)
                results.append(try DistinctCounter.total([part]))
            }
            #expect(results[0] == results[1])
            #expect(faults[0] == faults[1])
            #expect(results[0].reduce(0) { $0 + $1.records } > 10_000)
        }
    }
}

/// For counts that stay in memory.
private struct NoSpill: KeySpill {
    func write(_ keys: UnsafeBufferPointer<RecordKey>) throws -> Int { throw Failure("test.spilled") }
    func read(at place: Int, into keys: UnsafeMutableBufferPointer<RecordKey>) throws { throw Failure("test.spilled") }
}
