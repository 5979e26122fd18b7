import Vocabulary

/// Merges encoded runs of one kind and day into one ascending sequence, piece by piece: memory is bounded by a slice of
/// the key space, not by the set.
public struct RunMerging {
    /// One run on its way through the merge.
    final class Stream {
        let cursor: RunCursor
        /// Facts of the block read last, and the next of them.
        var count = 0
        var at = 0

        init(_ bytes: [UInt8]) throws(Failure) {
            cursor = try RunCursor(bytes)
            count = try cursor.next()
        }

        /// The next facts of one block whose keys lie below the limit (nil: any), by their places in the block's columns;
        /// nil when there are none. Valid until the next call.
        @inline(__always)
        func span(below limit: UInt64?) throws(Failure) -> Range<Int>? {
            if at == count {
                count = try cursor.next()
                at = 0
                if count == 0 { return nil }
            }
            let start = at
            let high = cursor.column(.keyHigh)
            guard let limit, high[count &- 1] >= limit else {
                at = count
                return start..<count
            }
            var index = start
            while high[index] < limit { index &+= 1 }
            at = index
            return index > start ? start..<index : nil
        }
    }

    private let streams: [Stream]
    private let slices: Int
    private var slice = 0
    private var pending: [RunEntry] = []
    /// Facts of a slice, about.
    private static let sliceLength = 8192

    /// - Throws: `collect.run_damaged`.
    public init(_ encoded: [[UInt8]]) throws {
        streams = try encoded.map { try RunMerging.stream($0) }
        slices = max(1, streams.reduce(0) { $0 + $1.cursor.count } / RunMerging.sliceLength)
    }

    /// A run of the first version is read whole and packed anew; there are few and they are small.
    static func stream(_ bytes: [UInt8]) throws -> Stream {
        let isPlain = bytes.count > 4 && bytes[4] == Run.version
        return try Stream(isPlain ? try Run(encoded: bytes).encoded() : bytes)
    }

    /// Where the slice after the given one begins; nil after the last.
    static func limit(after slice: Int, of slices: Int) -> UInt64? {
        slice + 1 >= slices ? nil : UInt64.max / UInt64(slices) * UInt64(slice + 1)
    }

    /// The next facts, ascending, no two equal, about as many as asked for and at least one; empty at the end.
    public mutating func next(_ wanted: Int) throws -> [RunEntry] {
        var out: [RunEntry] = []
        while slice < slices, out.count < wanted {
            pending.removeAll(keepingCapacity: true)
            let limit = RunMerging.limit(after: slice, of: slices)
            slice += 1
            for stream in streams {
                let cursor = stream.cursor
                while let span = try stream.span(below: limit) {
                    for fact in span { pending.append(cursor.entry(fact)) }
                }
            }
            if streams.count > 1 { pending.sort() }
            for entry in pending where entry != out.last { out.append(entry) }
        }
        return out
    }
}
