import Vocabulary

/// Reads whole batches: every row is judged by itself, a wrong one never discards right ones.
public enum BatchReader {
    /// Unpacks and reads a body.
    /// - Throws: `collect.batch_too_large`, `collect.batch_rows`, `collect.content_damaged`. Faults of rows are in the
    ///   reading, not thrown.
    public static func read(
        _ body: [UInt8], _ coding: ContentCoding = .identity, context: RecordContext, limits: BatchLimits = .standard
    ) throws -> BatchReading {
        let bytes = try ContentDecoder.unpack(body, coding, limit: limits.bytes)
        return try bytes.withUnsafeBufferPointer { try read($0, context: context, limits: limits) }
    }

    private static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, context: RecordContext, limits: BatchLimits
    ) throws -> BatchReading {
        var reader = RecordReader(context: context)
        var reading = BatchReading()
        var runs = RunBuilder()
        var counts = [Int](repeating: 0, count: RecordKind.allCases.count + 1)
        var line = 0
        var at = 0
        while at < bytes.count {
            let end = Lines.end(bytes, from: at)
            line += 1
            let text = UnsafeBufferPointer(rebasing: bytes[at..<end])
            at = end + 1
            let outcome = reader.read(text)
            if case .blank = outcome { continue }
            reading.rows += 1
            if reading.rows > limits.rows { throw Failure("collect.batch_rows", ["limit": "\(limits.rows)"]) }
            if case .fault(let fault) = outcome {
                reading.rejects.append(reader.explain(fault, line: line))
                continue
            }
            switch reader.row.kind {
            case .summary:
                if let fault = reader.summary(into: &reading.summaries) {
                    reading.rejects.append(reader.explain(fault, line: line))
                    continue
                }
            case .app, .model:
                let key = reader.row.entry.key
                reading.names[reader.row.kind, default: [:]][key] = reader.name()
                runs.add(reader.row)
            default: runs.add(reader.row)
            }
            if reader.row.isLate { reading.lateRows += 1 }
            counts[Int(reader.row.kind.rawValue)] += 1
            reading.accepted += 1
        }
        reading.runs = runs.finish()
        reading.unknownFields = reader.scanner.unknownNames.sorted()
        for kind in RecordKind.allCases where counts[Int(kind.rawValue)] > 0 {
            reading.rowsByKind[kind] = counts[Int(kind.rawValue)]
        }
        return reading
    }
}

/// Cutting bytes into lines.
enum Lines {
    /// The index of the next line feed from `start`, or the end of the bytes.
    @inline(__always)
    static func end(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard let base = bytes.baseAddress else { return bytes.count }
        var at = start
        let raw = UnsafeRawPointer(base)
        while at &+ 8 <= bytes.count {
            let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ 0x0a0a_0a0a_0a0a_0a0a
            let mark = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            if mark != 0 { return at &+ UInt64(littleEndian: mark).trailingZeroBitCount &>> 3 }
            at &+= 8
        }
        while at < bytes.count, base[at] != 0x0a { at &+= 1 }
        return at
    }
}
