/// Cuts bytes into regions that the reader may run over without looking for their end: every line of a region ends with
/// a line feed, at which all scanning stops, and behind the region there are bytes that may be loaded.
struct PaddedLines: ~Copyable {
    /// Bytes behind a line that the reader may load and does not judge.
    static let padding = 64

    private var tail: UnsafeMutablePointer<UInt8>
    private var capacity: Int

    init() {
        capacity = 64 * 1024
        tail = .allocate(capacity: capacity)
    }

    deinit { tail.deallocate() }

    /// Where the cutting of some bytes stands.
    struct Regions {
        fileprivate let bytes: UnsafeBufferPointer<UInt8>
        fileprivate var at = 0

        init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }
    }

    /// The next of at most two regions, valid until the following call: the bytes as they stand up to the last line
    /// feed that has the padding behind it, then a copy of the rest. A last line without a line feed gets one.
    mutating func next(
        _ regions: inout Regions
    ) -> (start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>)? {
        guard let base = regions.bytes.baseAddress, regions.at < regions.bytes.count else { return nil }
        let start = regions.at
        var cut = start
        if start == 0 {
            cut = max(0, regions.bytes.count - PaddedLines.padding)
            while cut > 0, base[cut - 1] != 0x0a { cut -= 1 }
        }
        if cut > start {
            regions.at = cut
            return (base, base + cut)
        }
        regions.at = regions.bytes.count
        let length = copy(UnsafeBufferPointer(rebasing: regions.bytes[start...]))
        return (UnsafePointer(tail), UnsafePointer(tail + length))
    }

    /// Puts the rest into a buffer of our own, ended by a line feed and padded with zeros; answers its length.
    private mutating func copy(_ rest: UnsafeBufferPointer<UInt8>) -> Int {
        if rest.count + 1 + PaddedLines.padding > capacity {
            tail.deallocate()
            capacity = rest.count + 1 + PaddedLines.padding
            tail = .allocate(capacity: capacity)
        }
        guard let base = rest.baseAddress else { return 0 }
        tail.update(from: base, count: rest.count)
        var length = rest.count
        if tail[length - 1] != 0x0a {
            tail[length] = 0x0a
            length += 1
        }
        (tail + length).update(repeating: 0, count: PaddedLines.padding)
        return length
    }
}

/// Cutting bytes into lines.
enum Lines {
    /// The next line feed from `start`; the region has one, and padding behind it.
    @inline(__always)
    static func end(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var at = start
        while true {
            let raw = UnsafeRawPointer(at)
            let word = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)) ^ 0x0a0a_0a0a_0a0a_0a0a
            let mark = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            if mark != 0 { return at + mark.trailingZeroBitCount &>> 3 }
            at += 8
        }
    }
}
