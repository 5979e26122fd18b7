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

        /// Gives every fact whose key lies below the limit (nil: all that are left) to the body.
        @inline(__always)
        func take(below limit: UInt64?, _ body: (Int) -> Void) throws(Failure) {
            let high = cursor.column(.keyHigh)
            while count > 0 {
                if let limit {
                    while at < count, high[at] < limit {
                        body(at)
                        at &+= 1
                    }
                } else {
                    while at < count {
                        body(at)
                        at &+= 1
                    }
                }
                if at < count { return }
                count = try cursor.next()
                at = 0
            }
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
                try stream.take(below: limit) { pending.append(cursor.entry($0)) }
            }
            if streams.count > 1 { pending.sort() }
            for entry in pending where entry != out.last { out.append(entry) }
        }
        return out
    }
}
