/// A text of up to sixteen bytes as two words, to be compared with known ones without a loop.
struct ShortText {
    let low: UInt64
    let high: UInt64

    /// Both words are zero for the empty text, for longer ones, and for those that end with a zero byte, which the
    /// words could not tell from shorter ones. The bytes must be followed by fifteen that may be loaded.
    @inline(__always)
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let base = bytes.baseAddress, bytes.count &- 1 < 16, bytes.count > 0, base[bytes.count &- 1] != 0 else {
            (low, high) = (0, 0)
            return
        }
        let raw = UnsafeRawPointer(base)
        let first = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
        if bytes.count <= 8 {
            low = first & ShortText.mask(bytes.count)
            high = 0
        } else {
            low = first
            let second = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            high = second & ShortText.mask(bytes.count &- 8)
        }
    }

    /// The lowest `count` bytes of a word, 0…8.
    @inline(__always)
    static func mask(_ count: Int) -> UInt64 {
        count >= 8 ? .max : (1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1
    }
}
