/// One batch of a platform's records, ready to be pushed.
public struct PortBatch: Sendable {
    /// From 0 within the platform.
    public var number: Int
    /// NDJSON.
    public var body: [UInt8]
    public var rows: Int
}

/// Rows of one kind that are computed from their place: `write` may leave a place out.
struct RecordSegment: Sendable {
    var count: Int
    var write: @Sendable (Int, inout RecordLine) -> Void
}

/// The batches of one platform, made one at a time, so that memory is bounded by a batch; batch N can be made again
/// without those before it.
public struct PortBatches: Sequence, Sendable {
    let segments: [RecordSegment]
    let rowsPerBatch: Int
    /// Written into every record; nil for a push.
    var platform: String?

    /// How many batches there are.
    public var count: Int { (places + rowsPerBatch - 1) / rowsPerBatch }
    private var places: Int { segments.reduce(0) { $0 + $1.count } }

    /// The same records as files carry them, each with the platform's id.
    public func naming(_ platform: DemonstrationPlatform) -> PortBatches {
        var named = self
        named.platform = platform.id.rawValue
        return named
    }

    /// The batch with the number; empty beyond the last one.
    public func batch(_ number: Int) -> PortBatch {
        var line = RecordLine(reserving: rowsPerBatch * 160, platform: platform)
        var start = number * rowsPerBatch
        var room = rowsPerBatch
        for segment in segments where room > 0 {
            if start >= segment.count {
                start -= segment.count
                continue
            }
            let end = Swift.min(segment.count, start + room)
            for place in start..<end { segment.write(place, &line) }
            room -= end - start
            start = 0
        }
        return PortBatch(number: number, body: line.bytes, rows: line.rows)
    }

    public func makeIterator() -> AnyIterator<PortBatch> {
        var next = 0
        let last = count
        return AnyIterator {
            guard next < last else { return nil }
            defer { next += 1 }
            return batch(next)
        }
    }
}
