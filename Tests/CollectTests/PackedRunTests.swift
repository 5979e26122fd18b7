import Collect
import Testing
import Vocabulary

@Suite("Packed runs, frames and their checksums")
struct PackedRunTests {
    @Test(
        "XXH64 agrees with the published values",
        arguments: [
            ("", 0xef46_db37_51d8_e999), ("a", 0xd24e_c4f1_a98c_6e5b), ("abc", 0x44bc_2cf5_ad77_0999),
            ("Nobody inspects the spammish repetition", 0xfbce_a83c_8a37_8bf1),
        ] as [(String, UInt64)])
    func checksum(text: String, expected: UInt64) {
        #expect(XXHash64.hash(Array(text.utf8)) == expected)
    }

    /// Sorted facts of one shape, no two equal.
    private func facts(
        _ count: Int, seed: UInt64, _ make: (inout SeededGenerator) -> RunEntry
    ) -> [RunEntry] {
        var generator = SeededGenerator(state: seed)
        return Array(Set((0..<count).map { _ in make(&generator) })).sorted()
    }

    private func shapes(_ count: Int) -> [[RunEntry]] {
        [
            // Keys alone; keys with few and with many values beside; pairs; every word at its limits; tiny keys.
            facts(count, seed: 1) { RunEntry(key: RecordKey(high: $0.next(), low: $0.next())) },
            facts(count, seed: 2) { RunEntry(key: RecordKey(high: $0.next(), low: $0.next()), a: $0.next() % 30) },
            facts(count, seed: 3) { RunEntry(key: RecordKey(high: $0.next(), low: $0.next()), a: $0.next() >> 3) },
            facts(count, seed: 4) {
                RunEntry(
                    key: RecordKey(high: $0.next() % 5, low: 7), second: RecordKey(high: $0.next(), low: $0.next()),
                    a: $0.next() % 2, b: $0.next())
            },
            facts(count, seed: 5) {
                let words: [UInt64] = [0, 1, .max, .max - 1, 1 << 63, 1 << 56, (1 << 57) - 1]
                func word(_ generator: inout SeededGenerator) -> UInt64 { words[Int(generator.next() % 7)] }
                return RunEntry(
                    key: RecordKey(high: word(&$0), low: word(&$0)), second: RecordKey(high: word(&$0), low: word(&$0)),
                    a: word(&$0), b: word(&$0))
            },
            facts(count, seed: 6) { RunEntry(key: RecordKey(high: 1, low: $0.next() % 3), a: $0.next() % 86_400) },
        ]
    }

    @Test("Facts of any shape and number are read back as they were", arguments: [0, 1, 2, 127, 128, 129, 1000, 5000])
    func roundTrip(count: Int) throws {
        for entries in shapes(count) {
            let run = Run(kind: .point, day: 20_000, entries: entries, rows: count + 3)
            #expect(try Run(encoded: run.encoded()) == run)
        }
    }

    @Test("A flipped bit anywhere in a run is noticed, and so is every shortening")
    func damage() throws {
        for entries in shapes(300) {
            let bytes = Run(kind: .call, day: 1, entries: entries, rows: 300).encoded()
            for place in stride(from: 0, to: bytes.count, by: 7) {
                var wrong = bytes
                wrong[place] ^= 1 << (place % 8)
                #expect(throws: Failure.self) { try Run(encoded: wrong) }
            }
            for length in stride(from: 0, to: bytes.count, by: 101) {
                #expect(throws: Failure.self) { try Run(encoded: Array(bytes[..<length])) }
            }
        }
    }

    @Test("A run of the first version is still read")
    func firstVersion() throws {
        // Written by version 1: kind user, all days, three rows, two facts; checksum as it was computed then.
        var bytes: [UInt8] = Array("HRUN".utf8) + [1, 7, 24, 0, 0, 0, 0, 0x80, 3, 0, 0, 0, 2, 0, 0, 0]
        for words in [[1, 2, 3], [4, 5, 6]] as [[UInt64]] {
            for word in words { withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) } }
        }
        let zero = try #require(KeySeed(bytes: [UInt8](repeating: 0, count: 16)))
        let sum = SipHash128(seed: zero).hash([UInt8](repeating: 0, count: 8) + bytes).high
        withUnsafeBytes(of: sum.littleEndian) { bytes.append(contentsOf: $0) }
        let run = try Run(encoded: bytes)
        #expect(run.kind == .user && run.day == Run.allDays && run.rows == 3)
        #expect(run.entries.map(\.a) == [3, 6])
        bytes[30] ^= 1
        #expect(throws: Failure("collect.run_damaged", ["reason": "checksum"])) { try Run(encoded: bytes) }
    }

    @Test("A hundred thousand keys take at most 15 bytes each")
    func size() {
        let run = Run(kind: .device, day: 1, entries: shapes(100_000)[0], rows: 100_000)
        #expect(Double(run.encoded().count) / Double(run.entries.count) <= 15)
    }

    @Test("Merged runs are the sorted union, whatever the size of the pieces")
    func merging() throws {
        let all = shapes(20_000)[1]
        let parts = (0..<7).map { part in
            all.enumerated().filter { $0.offset % 7 == part || $0.offset % 11 == part }.map(\.element)
        }
        let encoded = parts.map { Run(kind: .device, day: 3, entries: $0, rows: $0.count).encoded() }
        for wanted in [1, 4096, 1_000_000] {
            var merging = try RunMerging(encoded)
            var merged: [RunEntry] = []
            while true {
                let piece = try merging.next(wanted)
                if piece.isEmpty { break }
                merged += piece
            }
            #expect(merged == all)
        }
    }

    @Test("Distinct keys, union, intersection and pairs equal those of plain sets", arguments: [1, 3, 20, 70])
    func overlap(groups: Int) throws {
        let all = shapes(30_000)[0]
        let members = (0..<groups).map { group in
            all.enumerated().filter { $0.offset % 13 == 0 || $0.offset % (group + 2) == 0 }.map(\.element)
        }
        let encoded = members.map { entries -> [[UInt8]] in
            // Two runs a group, with keys in common.
            let halves = [Array(entries.prefix(entries.count * 2 / 3)), Array(entries.suffix(entries.count * 2 / 3))]
            return halves.map { Run(kind: .device, day: 1, entries: $0, rows: 1).encoded() }
        }
        let sets = members.map { Set($0.map(\.key)) }
        let found = try KeyOverlap(encoded)
        #expect(found.distinct == sets.map(\.count))
        #expect(found.union == sets.reduce(into: Set()) { $0.formUnion($1) }.count)
        #expect(found.intersection == sets.dropFirst().reduce(sets[0]) { $0.intersection($1) }.count)
        for (i, j) in [(0, groups - 1), (groups / 3, groups / 2)] where i < j {
            #expect(found.pairs[i][j] == sets[i].intersection(sets[j]).count)
        }
    }

    @Test("A frame is read back with its directory; a flipped bit anywhere that counts is noticed")
    func frames() throws {
        let runs = shapes(200).enumerated().map { Run(kind: .point, day: $0.offset, entries: $0.element, rows: 200) }
        let (frame, bytes) = SegmentFrame.encode(owner: "batch-1", runs: runs, segment: 5)
        #expect(try SegmentFrame(checking: bytes, segment: 5) == frame)
        for (run, block) in zip(runs, frame.blocks) {
            #expect(try Run(encoded: Array(bytes[block.start..<(block.start + block.length)])) == run)
        }
        #expect(throws: Failure("collect.run_damaged", ["reason": "segment"])) {
            try SegmentFrame(checking: bytes, segment: 6)
        }
        let padding = frame.blocks.map { ($0.start + $0.length)..<(($0.start + $0.length + 7) & ~7) }
        for place in stride(from: 0, to: bytes.count, by: 13) where !padding.contains(where: { $0.contains(place) }) {
            var wrong = bytes
            wrong[place] ^= 4
            #expect(throws: Failure.self) { try SegmentFrame(checking: wrong, segment: 5) }
        }
        #expect(throws: Failure.self) { try SegmentFrame(checking: Array(bytes.dropLast()), segment: 5) }
    }
}

/// SplitMix64, so that a failure comes again.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
        return z ^ z >> 31
    }
}
