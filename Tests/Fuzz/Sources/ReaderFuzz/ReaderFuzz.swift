import Collect
import Vocabulary

/// The first byte chooses what the rows are read against, the others are the body.
@_cdecl("LLVMFuzzerTestOneInput")
public func readTwice(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let start, count > 0 else { return 0 }
    let body = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    guard let context = context(start[0]) else { return 0 }
    let limits = BatchLimits(rows: 1 << 20, bytes: 1 << 24)
    guard let fast = try? BatchReader.read(body, context: context, limits: limits),
        let general = try? BatchReader.read(body, context: context, limits: limits, usesTemplates: false)
    else { return 0 }
    precondition(fast.rows == general.rows && fast.accepted == general.accepted, "rows")
    precondition(fast.rejects == general.rejects, "rejects")
    precondition(fast.runs == general.runs, "runs")
    precondition(fast.summaries == general.summaries && fast.names == general.names, "texts")
    precondition(fast.unknownFields == general.unknownFields, "unknown fields")
    precondition(fast.lateRows == general.lateRows && fast.rowsByKind == general.rowsByKind, "kinds")
    precondition(counted(body, context, true) == counted(body, context, false), "counts")
    return 0
}

private func context(_ choice: UInt8) -> RecordContext? {
    guard let seed = KeySeed(bytes: Array("fuzz-the-reader!".utf8)), let cutter = DayCutter(zoneName: "Asia/Shanghai")
    else { return nil }
    var context = RecordContext(platform: choice & 1 == 0 ? "P1" : nil, seed: seed, cutter: cutter)
    if choice & 2 != 0 { context.now = Instant(seconds: 1_764_734_400) }
    if choice & 4 != 0 { context.snapshotKind = RecordKind(rawValue: choice >> 4) }
    if choice & 8 != 0 { context.deviceTypes = ["cnc-lathe", "industrial-robot"] }
    if choice & 64 != 0 { context.onTimeFrom = CivilDay(daysSince1970: 20_400) }
    context.keyFamily = choice & 128 != 0 ? .universal : .pseudorandom
    return context
}

private func counted(_ body: [UInt8], _ context: RecordContext, _ usesTemplates: Bool) -> [GroupCount] {
    var settings = DistinctCounter.Settings(
        context: context, grouping: [.platform, .kind, .day], window: nil, memory: 1 << 24)
    settings.usesTemplates = usesTemplates
    var counter = DistinctCounter(settings: settings, spill: NoSpill())
    do {
        try body.withUnsafeBufferPointer { try counter.read($0, chunk: 0) }
        return try DistinctCounter.total([counter.finish()])
    } catch {
        return []
    }
}

private struct NoSpill: KeySpill {
    func write(_ keys: UnsafeBufferPointer<RecordKey>) throws -> Int { throw Failure("fuzz.spilled") }
    func read(at place: Int, into keys: UnsafeMutableBufferPointer<RecordKey>) throws { throw Failure("fuzz.spilled") }
}
