import Collect
import Foundation
import Testing
import Vocabulary

@Suite("Batches")
struct BatchTests {
    private let line = #"{"kind":"device","id":"x","ts":1762128000}"#

    /// `line` three times, packed by gzip 1.12 and zstd 1.5 on another machine.
    private func packed(_ base64: String) throws -> [UInt8] { Array(try #require(Data(base64Encoded: base64))) }

    @Test("Packed batches read like plain ones")
    func codings() throws {
        let plain = Array("\(line)\n\(line)\n\(line)\n".utf8)
        let context = try testContext()
        let reference = try BatchReader.read(plain, context: context)
        let gzip = try BatchReader.read(packed(PackedLines.gzip), .gzip, context: context)
        let zstd = try BatchReader.read(packed(PackedLines.zstd), .zstd, context: context)
        #expect(reference.accepted == 3)
        #expect(gzip.runs == reference.runs && gzip.accepted == 3)
        #expect(zstd.runs == reference.runs && zstd.accepted == 3)
    }

    @Test("Members of gzip and frames of zstd that follow one another are one stream")
    func members() throws {
        let context = try testContext()
        let gzip = try packed(PackedLines.gzip)
        let zstd = try packed(PackedLines.zstd)
        #expect(try BatchReader.read(gzip + gzip, .gzip, context: context).accepted == 6)
        #expect(try BatchReader.read(zstd + zstd, .zstd, context: context).accepted == 6)
    }

    @Test("A damaged or shortened body is refused as a whole", arguments: [ContentCoding.gzip, .zstd])
    func damaged(coding: ContentCoding) throws {
        var bytes = try packed(coding == .gzip ? PackedLines.gzip : PackedLines.zstd)
        let context = try testContext()
        #expect(throws: Failure("collect.content_damaged", ["coding": coding.rawValue])) {
            try BatchReader.read(Array(bytes.dropLast(5)), coding, context: context)
        }
        bytes[3] ^= 0xff
        #expect(throws: (any Error).self) { try BatchReader.read(bytes, coding, context: context) }
    }

    @Test("A body that unpacks beyond the limit is refused before it is held")
    func bomb() throws {
        let context = try testContext()
        let bytes = try packed(PackedLines.bomb)
        #expect(bytes.count < 2_000)
        #expect(throws: Failure("collect.batch_too_large", ["limit": "16 MiB"])) {
            try BatchReader.read(bytes, .zstd, context: context)
        }
    }

    @Test("More records than the limit are refused as a whole")
    func rows() throws {
        let limits = BatchLimits(rows: 2, bytes: 1 << 20)
        #expect(throws: Failure("collect.batch_rows", ["limit": "2"])) {
            try BatchReader.read(Array("\(line)\n\(line)\n\(line)".utf8), context: testContext(), limits: limits)
        }
    }

    @Test("A run is read back from its bytes; any changed byte is noticed")
    func runs() throws {
        let lines = (0..<50).map {
            #"{"kind":"point","device":"D\#($0 % 7)","id":"T\#($0)","ts":1762128000,"n":3,"min":1,"max":1}"#
        }
        let run = try #require(
            BatchReader.read(Array(lines.joined(separator: "\n").utf8), context: testContext()).runs.first)
        let bytes = run.encoded()
        #expect(try Run(encoded: bytes) == run)
        #expect(run.entries == run.entries.sorted())
        for place in stride(from: 0, to: bytes.count, by: 37) {
            var wrong = bytes
            wrong[place] ^= 1
            #expect(throws: Failure.self) { try Run(encoded: wrong) }
        }
        #expect(throws: Failure.self) { try Run(encoded: Array(bytes.dropLast())) }
    }

    @Test("Equal facts of a batch are kept once; rows count all of them")
    func duplicates() throws {
        let reading = try BatchReader.read(Array("\(line)\n\(line)".utf8), context: testContext())
        #expect(reading.runs.first?.entries.count == 1)
        #expect(reading.runs.first?.rows == 2)
    }
}
