import Collect
import Foundation
import Synchronization
import Vocabulary

/// Reads files of records on two threads.
struct FileCounting {
    struct Result {
        var counts: [GroupCount]
        /// The first hundred, in the order of files and lines.
        var faults: [(file: String, fault: RowFault)]
        var faultCount: Int
        var unknownFields: Set<String>
    }

    /// Its `memory` is that of the whole process.
    let settings: DistinctCounter.Settings

    static let workers = 2
    /// What the process needs beside keys: itself, buffers, tables for counting.
    private static let reserve = 72 << 20
    /// Chunks of a file are numbered from the file's place times this.
    private static let chunksOfFile = 1 << 32

    /// - Throws: `collect.file_unreadable`, `collect.content_damaged`, `collect.spill_failed`.
    func count(_ files: [String]) throws -> Result {
        let inputs = try files.map { name -> any RecordInput in
            let file = try InputFile(name)
            if FileCounting.isMessages(name) { return StreamInput(file, form: .protobuf) }
            guard let length = file.plainLength else { return StreamInput(file, form: .ndjson) }
            return PlainInput(file, length: length)
        }
        var settings = settings
        settings.memory = max(settings.memory / 8, settings.memory - FileCounting.reserve) / FileCounting.workers
        let parts = try Crew.run(FileCounting.workers) { [settings] in
            var counter = DistinctCounter(settings: settings, spill: TemporarySpill())
            let buffer = LineBuffer()
            for (place, input) in inputs.enumerated() {
                while let (chunk, lines) = try input.next(buffer) {
                    try counter.read(lines, chunk: place * FileCounting.chunksOfFile + chunk)
                }
            }
            return counter.finish()
        }
        let faults = FileCounting.placed(parts).map { (files[$0.file], $0.fault) }
        return Result(
            counts: try total(parts), faults: faults, faultCount: parts.reduce(0) { $0 + $1.faultCount },
            unknownFields: parts.reduce(into: []) { $0.formUnion($1.unknownFields) })
    }

    /// `.pb`, packed or not.
    private static func isMessages(_ name: String) -> Bool {
        ["", ".gz", ".zst"].contains { name.hasSuffix(".pb" + $0) }
    }

    private func total(_ parts: [DistinctCounter.Part]) throws -> [GroupCount] {
        let total = DistinctTotal(parts)
        let cursor = Counter()
        let sums = try Crew.run(FileCounting.workers) { try total.distinct { cursor.next(below: total.count) } }
        return total.counts(sums)
    }

    /// The first faults, with lines of chunks as lines of files.
    private static func placed(_ parts: [DistinctCounter.Part]) -> [(file: Int, fault: RowFault)] {
        let faults = parts.flatMap(\.faults)
            .sorted { ($0.chunk, $0.fault.line) < ($1.chunk, $1.fault.line) }
            .prefix(DistinctCounter.listedFaults)
        guard let last = faults.last else { return [] }
        let lines = parts.reduce(into: [Int: Int]()) { $0.merge($1.lines) { $0 + $1 } }
        var before: [Int: Int] = [:]
        var sum = 0
        var file = 0
        for (chunk, count) in lines.sorted(by: { $0.key < $1.key }) where chunk <= last.chunk {
            if chunk / chunksOfFile != file { sum = 0 }
            file = chunk / chunksOfFile
            before[chunk] = sum
            sum += count
        }
        return faults.map { placed in
            var fault = placed.fault
            fault.line += before[placed.chunk] ?? 0
            return (placed.chunk / chunksOfFile, fault)
        }
    }
}

/// Hands out numbers, ascending for every taker.
private final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    func next(below end: Int) -> Int? {
        let index = value.wrappingAdd(1, ordering: .relaxed).oldValue
        return index < end ? index : nil
    }
}
