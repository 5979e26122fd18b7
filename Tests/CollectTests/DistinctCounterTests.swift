import Collect
import Synchronization
import Testing
import Vocabulary

/// A spill that keeps its keys in memory and counts them.
private final class MemorySpill: KeySpill {
    let keys = Mutex<[RecordKey]>([])

    func write(_ more: UnsafeBufferPointer<RecordKey>) throws -> Int {
        let more = Array(more)
        return keys.withLock {
            $0.append(contentsOf: more)
            return $0.count - more.count
        }
    }

    func read(at place: Int, into buffer: UnsafeMutableBufferPointer<RecordKey>) throws {
        let piece = keys.withLock { Array($0[place..<(place + buffer.count)]) }
        _ = buffer.update(fromContentsOf: piece)
    }
}

@Suite("Exact distinct counts")
struct DistinctCounterTests {
    private func count(
        _ chunks: [[String]], by grouping: CountGrouping = [.platform, .kind], window: ClosedRange<CivilDay>? = nil,
        memory: Int = 1 << 30, spill: MemorySpill = MemorySpill()
    ) throws -> (counts: [GroupCount], part: DistinctCounter.Part) {
        var context = try testContext(platform: nil)
        context.now = nil
        var counter = DistinctCounter(
            settings: .init(context: context, grouping: grouping, window: window, memory: memory), spill: spill)
        for (index, lines) in chunks.enumerated() {
            try Array(lines.joined(separator: "\n").utf8).withUnsafeBufferPointer { try counter.read($0, chunk: index) }
        }
        let part = counter.finish()
        return (try DistinctCounter.total([part]), part)
    }

    private func device(_ platform: String, _ id: Int, _ ts: Int = 1_762_128_000) -> String {
        #"{"platform":"\#(platform)","kind":"device","id":"d\#(id)","ts":\#(ts)}"#
    }

    @Test("Counts equal a plain set, also when memory is so small that keys are spilled")
    func plainSet() throws {
        var generator = SplitMix(state: 7)
        var lines: [String] = []
        var expected: [String: Set<Int>] = [:]
        for _ in 0..<200_000 {
            let platform = "P\(generator.next() % 3)"
            let id = Int(generator.next() % 60_000)
            lines.append(device(platform, id))
            expected[platform, default: []].insert(id)
        }
        let spill = MemorySpill()
        let large = try count([lines]).counts
        let small = try count([lines], memory: 1 << 20, spill: spill).counts
        #expect(large == small)
        #expect(large.map(\.distinct) == expected.sorted { $0.key < $1.key }.map(\.value.count))
        #expect(large.reduce(0) { $0 + $1.records } == 200_000)
        #expect(spill.keys.withLock { $0.count } > 0)
    }

    @Test("Groups may be platforms, kinds, months and days, cut in the zone")
    func groups() throws {
        let lines = [
            device("P1", 1, 1_761_926_399), device("P1", 1, 1_761_926_400),
            #"{"platform":"P1","kind":"app","id":"a","ts":1761926400,"op":"add"}"#,
            #"{"platform":"P1","kind":"summary","period":"2025-11","values":{}}"#,
        ]
        #expect(
            try count([lines], by: [.month]).counts.map(\.group.period)
                == ["2025-10-01", "2025-11-01"].map { String($0.prefix(7)) })
        #expect(try count([lines], by: [.day]).counts.count == 3)
        #expect(try count([lines], by: []).counts.map(\.records) == [4])
    }

    @Test("A window leaves out what lies outside of it")
    func window() throws {
        let november = CivilMonth(year: 2025, month: 11).days
        let lines = [device("P1", 1, 1_761_926_399), device("P1", 2, 1_761_926_400)]
        #expect(try count([lines], window: november).counts.map(\.records) == [1])
    }

    @Test("Pairs are distinct by both halves")
    func pairs() throws {
        let lines = ["A", "B"].flatMap { app in
            ["u", "v", "u"].map { #"{"platform":"P","kind":"call","app":"\#(app)","user":"\#($0)","ts":1762128000}"# }
        }
        #expect(try count([lines]).counts.map(\.distinct) == [4])
    }

    @Test("Rows without a platform, and lines that are no records, are told with their chunk and line")
    func faults() throws {
        let (_, part) = try count([
            [device("P1", 1), "nonsense"], [#"{"kind":"device","id":"x","ts":1}"#],
        ])
        #expect(part.faultCount == 2)
        #expect(part.faults.map(\.chunk) == [0, 1])
        #expect(part.faults.map(\.fault.line) == [2, 1])
        #expect(part.faults.map(\.fault.code) == [.rowMalformed, .fieldMissing])
        #expect(part.lines == [0: 2, 1: 1])
    }

    @Test("Rows that need not name their platform are counted under the one they are read for")
    func onePlatform() throws {
        let settings = DistinctCounter.Settings(
            context: try testContext(), grouping: [.platform], window: nil, memory: 1 << 24)
        var counter = DistinctCounter(settings: settings, spill: MemorySpill())
        let body = Array(#"{"kind":"device","id":"x","ts":1762128000}"#.utf8)
        try body.withUnsafeBufferPointer { try counter.read($0, chunk: 0) }
        let counts = try DistinctCounter.total([counter.finish()])
        #expect(counts == [GroupCount(group: CountGroup(platform: "P1"), records: 1, distinct: 1)])
    }

    @Test("People of one name on two platforms are two, also without grouping")
    func people() throws {
        let lines = ["P1", "P2"].map { #"{"platform":"\#($0)","kind":"user","id":"u","ts":1762128000,"op":"add"}"# }
        #expect(try count([lines], by: [.kind]).counts.map(\.distinct) == [2])
    }
}

/// Source: S. Vigna, splitmix64.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
        return z ^ z >> 31
    }
}
