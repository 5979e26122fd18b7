import Collect
import Foundation
import Vocabulary

/// Reads files of records on two threads; plain files in chunks of 1 MiB, packed ones and standard input in order.
struct FileCounting {
    struct Result {
        var counts: [GroupCount]
        /// The first hundred, in the order of files and lines.
        var faults: [(file: String, fault: RowFault)]
        var faultCount: Int
        var unknownFields: Set<String>
    }

    let settings: DistinctCounter.Settings

    static let workers = 2
    static let chunkLength = 1 << 20

    /// - Throws: `collect.file_unreadable`, `collect.content_damaged`, `collect.spill_failed`.
    func count(_ files: [String]) async throws -> Result {
        var parts: [DistinctCounter.Part] = []
        var faults: [(String, RowFault)] = []
        for file in files {
            let read = try await count(file)
            faults.append(contentsOf: FileCounting.placed(read).map { (file, $0) })
            parts.append(contentsOf: read)
        }
        return Result(
            counts: try DistinctCounter.total(parts),
            faults: Array(faults.prefix(DistinctCounter.listedFaults)),
            faultCount: parts.reduce(0) { $0 + $1.faultCount },
            unknownFields: parts.reduce(into: []) { $0.formUnion($1.unknownFields) })
    }

    /// Lines of chunks as lines of the file.
    private static func placed(_ parts: [DistinctCounter.Part]) -> [RowFault] {
        let lines = parts.reduce(into: [Int: Int]()) { $0.merge($1.lines) { $0 + $1 } }
        let faults = parts.flatMap(\.faults)
            .sorted { ($0.chunk, $0.fault.line) < ($1.chunk, $1.fault.line) }
            .prefix(DistinctCounter.listedFaults)
        var before = 0
        var chunk = 0
        return faults.map { placed in
            while chunk < placed.chunk {
                before += lines[chunk] ?? 0
                chunk += 1
            }
            var fault = placed.fault
            fault.line += before
            return fault
        }
    }

    private func count(_ file: String) async throws -> [DistinctCounter.Part] {
        let input = try InputFile(file)
        guard let length = input.plainLength else { return [try streamed(input)] }
        let cursor = ChunkCursor()
        let chunks = (length + FileCounting.chunkLength - 1) / FileCounting.chunkLength
        var settings = settings
        settings.memory /= FileCounting.workers
        return try await withThrowingTaskGroup(of: DistinctCounter.Part.self) { [settings] group in
            for _ in 0..<FileCounting.workers {
                group.addTask {
                    var counter = DistinctCounter(settings: settings, spill: TemporarySpill())
                    var buffer = ChunkBuffer(file: input, chunkLength: FileCounting.chunkLength)
                    while let index = cursor.next(below: chunks) {
                        try buffer.read(index) { try counter.read($0, chunk: index) }
                    }
                    return counter.finish()
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// A packed file or a pipe, in order, cut at line ends.
    private func streamed(_ input: InputFile) throws -> DistinctCounter.Part {
        var counter = DistinctCounter(settings: settings, spill: TemporarySpill())
        var carry: [UInt8] = []
        var chunk = 0
        var first = try input.next()
        var decoder = try ContentDecoder(ContentCoding(firstBytes: first ?? []))
        while let piece = first {
            try piece.withUnsafeBufferPointer { bytes in
                try decoder.feed(bytes) { out in
                    carry.append(contentsOf: out)
                    guard carry.count >= FileCounting.chunkLength,
                        let last = carry.lastIndex(of: 0x0a)
                    else { return }
                    try carry[...last].withUnsafeBufferPointer { try counter.read($0, chunk: chunk) }
                    chunk += 1
                    carry.removeSubrange(...last)
                }
            }
            first = try input.next()
        }
        try decoder.finish()
        if !carry.isEmpty { try carry.withUnsafeBufferPointer { try counter.read($0, chunk: chunk) } }
        return counter.finish()
    }
}
