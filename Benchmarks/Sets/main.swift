// Measures the sets of the port by themselves: size, encoding, union of thirty days, pairs of twenty platforms, sorting.
// Built by Benchmarks/sets.sh out of the same sources as the product; reports, asserts only that figures agree.
// Times are processor time of one thread.

import Foundation
import Vocabulary

struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
        return z ^ z >> 31
    }
}

/// The process's own time, in milliseconds: what others do on the machine meanwhile does not count.
func used() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
}

/// Median of five, after one for the caches.
func median(_ work: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<6 {
        let start = used()
        try work()
        times.append(used() - start)
    }
    return times.dropFirst().sorted()[2]
}

func show(_ what: String, _ value: Double, _ unit: String) {
    let rounded = (value * 100).rounded() / 100
    print("  \(what): \(rounded) \(unit)")
}

func keys(_ count: Int, seed: UInt64, values: UInt64 = 1) -> [RunEntry] {
    var generator = Generator(state: seed)
    return (0..<count).map { _ in
        RunEntry(key: RecordKey(high: generator.next(), low: generator.next()), a: generator.next() % values)
    }
}

let million = 1_000_000
let clouds = FactSort.sortedUnique(keys(million, seed: 1, values: 30))
let bare = FactSort.sortedUnique(keys(million, seed: 1))
let run = Run(kind: .device, day: 1, entries: bare, rows: million)
let bytes = run.encoded()
show("a million 128-bit keys", Double(bytes.count) / 1e6, "MB")
show("with cloud, basis and type", Double(Run(kind: .device, day: 1, entries: clouds, rows: million).encoded().count) / 1e6, "MB")
show("encoding", median { _ = run.encoded() }, "ms a million")
show(
    "decoding",
    try median {
        let cursor = try RunCursor(bytes)
        while try cursor.next() > 0 {}
    }, "ms a million")
let batch = keys(10_000, seed: 3, values: 30)
show("sorting a batch of 10 000", median { for _ in 0..<100 { _ = FactSort.sortedUnique(batch) } } / 100, "ms")
show("the same by the library's sort", median { for _ in 0..<20 { _ = batch.sorted() } } / 20, "ms")
let sortedBatch = Run(kind: .device, day: 1, entries: FactSort.sortedUnique(batch), rows: 10_000)
show("packing a batch", median { for _ in 0..<100 { _ = sortedBatch.encoded() } } / 100, "ms")

// Thirty days of the same million devices, one in ten absent on each day.
let days = (0..<30).map { day -> [UInt8] in
    var generator = Generator(state: UInt64(day))
    return Run(kind: .device, day: day, entries: bare.filter { _ in generator.next() % 10 != 0 }, rows: million).encoded()
}
var union = 0
show("union of 30 days of about 0.9 million keys", try median { union = try KeyOverlap([days]).union }, "ms, one core")
precondition(union == bare.count)
let strangers = (0..<30).map { day in
    Run(kind: .device, day: day, entries: FactSort.sortedUnique(keys(million, seed: UInt64(100 + day))), rows: million).encoded()
}
show("union of 30 × 1 million different keys", try median { union = try KeyOverlap([strangers]).union }, "ms, one core")
precondition(union == 30 * million)
let platforms = (0..<20).map { platform -> [[UInt8]] in
    let own = keys(240_000, seed: UInt64(1000 + platform)) + keys(10_000, seed: UInt64(2000 + platform % 3))
    return [Run(kind: .device, day: 1, entries: FactSort.sortedUnique(own), rows: 250_000).encoded()]
}
var shared = 0
show("all 190 pairs of 20 platforms with 250 000 keys", try median { shared = try KeyOverlap(platforms).pairs[0][3] }, "ms, one core")
precondition(shared == 10_000)
