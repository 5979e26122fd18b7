import Collect
import Foundation
import Testing
import Vocabulary

/// Writes messages field by field.
private struct Message {
    var bytes: [UInt8] = []

    static func varint(_ value: UInt64) -> [UInt8] {
        value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7f) | 0x80] + varint(value >> 7)
    }

    func whole(_ field: UInt64, _ value: Int64) -> Message {
        Message(bytes: bytes + Message.varint(field << 3) + Message.varint(UInt64(bitPattern: value)))
    }
    func text(_ field: UInt64, _ value: [UInt8]) -> Message {
        Message(bytes: bytes + Message.varint(field << 3 | 2) + Message.varint(UInt64(value.count)) + value)
    }
    func text(_ field: UInt64, _ value: String) -> Message { text(field, Array(value.utf8)) }
    func real(_ field: UInt64, _ value: Double) -> Message {
        Message(
            bytes: bytes + Message.varint(field << 3 | 1)
                + (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64($0 * 8)) })
    }
    var delimited: [UInt8] { Message.varint(UInt64(bytes.count)) + bytes }
}

@Suite("Records as Protocol Buffers")
struct ProtobufTests {
    private func read(_ body: [UInt8]) throws -> BatchReading {
        try BatchReader.read(body, form: .protobuf, context: testContext())
    }

    private let device = Message().whole(1, 1).text(3, "x").whole(4, 1_762_128_000)

    @Test("Messages say what lines of the same fields say")
    func same() throws {
        let messages = [
            Message().whole(1, 1).text(3, "数控\"\\\u{1}😀").text(37, "serial").text(5, "2025-11-03T08:00:00+08:00")
                .text(14, "private").text(30, "cnc-lathe").text(32, "320500").whole(33, 12).whole(6, 288),
            Message().whole(1, 2).text(7, "D").text(3, "T").whole(4, 1_762_128_000).whole(6, 4).real(9, -1.5).real(
                10, 2e20),
            Message().whole(1, 3).text(3, "N").whole(4, 1_762_128_000).text(12, "add").whole(13, 32)
                .whole(38, 2_000_000_000_000).text(2, "P1"),
            Message().whole(1, 11).text(25, "DE").text(26, "HRB 1").whole(4, 1_762_128_000).text(12, "add").whole(
                27, 1),
            Message().whole(1, 12).text(28, "2025-11").text(29, Message().text(1, "a").text(2, "12.5").bytes)
                .text(29, Message().text(2, "8000").text(1, "b").bytes),
        ]
        let lines = [
            #"{"kind":"device","id":"数控\"\\\u0001😀","id_basis":"serial","ts":"2025-11-03T08:00:00+08:00","#
                + #""cloud":"private","type":"cnc-lathe","region":"320500","points":12,"n":288}"#,
            #"{"kind":"point","device":"D","id":"T","ts":1762128000,"n":4,"min":-1.5,"max":2e20}"#,
            #"{"kind":"node","id":"N","ts":1762128000,"op":"add","vcpu":32,"storage_bytes":2000000000000}"#,
            #"{"kind":"company","country":"DE","number":"HRB 1","ts":1762128000,"op":"add","paying":true}"#,
            #"{"kind":"summary","period":"2025-11","values":{"a":12.5,"b":8000}}"#,
        ]
        let fromMessages = try read(messages.flatMap(\.delimited))
        let fromLines = try BatchReader.read(Array(lines.joined(separator: "\n").utf8), context: testContext())
        #expect(fromMessages.rejects.isEmpty && fromMessages.accepted == 5)
        #expect(fromMessages.runs == fromLines.runs)
        #expect(fromMessages.summaries == fromLines.summaries)
        #expect(fromMessages.rowsByKind == fromLines.rowsByKind)
    }

    @Test("A wrong message is rejected by its number and discards no other")
    func wrong() throws {
        let wrong: [(Message, RowFaultCode)] = [
            (Message(bytes: [0xff, 0xff]), .rowMalformed),
            (Message(bytes: [0x1a, 0x7f, 0x61]), .rowMalformed),
            (device.text(4, "again"), .rowMalformed),
            (device.text(3, "again"), .rowMalformed),
            (Message().whole(1, 1).text(3, [0xc0, 0x80]).whole(4, 1_762_128_000), .rowMalformed),
            (Message().whole(1, 99).text(3, "x").whole(4, 1_762_128_000), .kindUnknown),
            (Message().whole(1, 1).whole(4, 1_762_128_000), .fieldMissing),
            (device.whole(6, -5), .fieldInvalid),
            (device.text(2, "P2"), .platformMismatch),
            (
                Message().whole(1, 12).text(28, "2025-11").text(29, Message().text(1, "a").text(2, "1},").bytes),
                .rowMalformed
            ),
            (device.text(34, String(repeating: "x", count: 40_000)), .rowMalformed),
        ]
        for (message, code) in wrong {
            let reading = try read(device.delimited + message.delimited + device.delimited)
            #expect(reading.accepted == 2)
            #expect(reading.rejects.map(\.code) == [code])
            #expect(reading.rejects.first?.line == 2)
        }
    }

    @Test("A body cut anywhere gives the whole messages before the cut, and one malformed row")
    func cut() throws {
        let body = device.delimited + device.delimited + device.delimited
        let length = device.delimited.count
        for count in 0...body.count {
            let reading = try read(Array(body.prefix(count)))
            #expect(reading.accepted == count / length)
            #expect(reading.rejects.count == (count % length == 0 ? 0 : 1))
        }
    }

    @Test("Fields of a later version are left out and named by their number")
    func later() throws {
        let reading = try read(device.text(77, "new").whole(88, 5).real(99, 1).delimited)
        #expect(reading.accepted == 1)
        #expect(reading.unknownFields == ["#77", "#88", "#99"])
    }

    @Test("A message made to swell stays within its room")
    func swelling() throws {
        var message = Message()
        for _ in 0..<16_000 { message = Message(bytes: message.bytes + [0x08, 0x09]) }
        #expect(try read(message.delimited + device.delimited).accepted == 1)
        let quotes = Message().whole(1, 1).text(3, [UInt8](repeating: 1, count: 32_000))
        #expect(try read(quotes.delimited + device.delimited).accepted == 1)
    }

    @Test("Any bytes at all are read without harm", arguments: 1...6 as ClosedRange<UInt64>)
    func anyBytes(seed: UInt64) throws {
        var maker = RowMaker(seed: seed)
        for _ in 0..<300 {
            var body = (0..<6).flatMap { _ in device.text(12, "add").delimited }
            for _ in 0..<(1 + maker.next(6)) { body[maker.next(body.count)] = UInt8(maker.next(256)) }
            let reading = try read(body)
            #expect(reading.accepted + reading.rejects.count == reading.rows)
        }
    }
}
