import Vocabulary

/// Reads whole batches: every row is judged by itself, a wrong one never discards right ones.
public enum BatchReader {
    /// Unpacks and reads a body.
    /// - Parameter usesTemplates: false reads every row by the general path: slower, and with the same result, as a
    ///   test shows.
    /// - Throws: `collect.batch_too_large`, `collect.batch_rows`, `collect.content_damaged`. Faults of rows are in the
    ///   reading, not thrown.
    public static func read(
        _ body: [UInt8], _ coding: ContentCoding = .identity, form: RecordForm = .ndjson, context: RecordContext,
        limits: BatchLimits = .standard, usesTemplates: Bool = true
    ) throws -> BatchReading {
        var reader = RecordReader(context: context, usesTemplates: usesTemplates)
        var reading = BatchReading()
        var padded = PaddedLines()
        var gathering = Gathering()
        let isPlain = coding == .identity && body.count <= limits.bytes
        var bytes = isPlain ? body : try ContentDecoder.unpack(body, coding, limit: limits.bytes)
        // The limit is of what is sent; as lines a message is longer, by less than four times unless made to be.
        if form == .protobuf { bytes = try ProtobufRows.lines(bytes, limit: limits.bytes * 4) }
        try bytes.withUnsafeBufferPointer { bytes in
            var regions = PaddedLines.Regions(bytes)
            while let (start, end) = padded.next(&regions) {
                try read(start, end, &reader, &gathering, &reading, limits)
            }
        }
        gathering.finish(&reading)
        reading.unknownFields = reader.scanner.unknownNames.sorted()
        return reading
    }

    /// What is gathered over the rows beside the reading itself.
    private struct Gathering {
        var runs = RunBuilder()
        var counts = [Int](repeating: 0, count: RecordKind.allCases.count + 1)
        var line = 0

        func finish(_ reading: inout BatchReading) {
            reading.runs = runs.finish()
            for kind in RecordKind.allCases where counts[Int(kind.rawValue)] > 0 {
                reading.rowsByKind[kind] = counts[Int(kind.rawValue)]
            }
        }
    }

    private static func read(
        _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ reader: inout RecordReader,
        _ gathering: inout Gathering, _ reading: inout BatchReading, _ limits: BatchLimits
    ) throws {
        var at = start
        while at < end {
            gathering.line += 1
            let outcome = reader.read(&at, end)
            if outcome == .blank { continue }
            reading.rows += 1
            if reading.rows > limits.rows { throw Failure("collect.batch_rows", ["limit": "\(limits.rows)"]) }
            if outcome == .fault {
                reading.rejects.append(reader.explain(reader.fault, line: gathering.line))
                continue
            }
            switch reader.row.kind {
            case .summary:
                if let fault = reader.summary(into: &reading.summaries) {
                    reading.rejects.append(reader.explain(fault, line: gathering.line))
                    continue
                }
            case .app, .model:
                let key = reader.row.entry.key
                reading.names[reader.row.kind, default: [:]][key] = reader.name()
                gathering.runs.add(reader.row)
            default: gathering.runs.add(reader.row)
            }
            if reader.row.isLate { reading.lateRows += 1 }
            gathering.counts[Int(reader.row.kind.rawValue)] += 1
            reading.accepted += 1
        }
    }
}
