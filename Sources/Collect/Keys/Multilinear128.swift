/// Strongly universal hashing of texts of up to 64 bytes to 128 bits.
///
/// Each half is the upper word of `c + Σ mᵢ·wᵢ` modulo 2^128, with random `c` and `mᵢ` of 128 bits and the text's words
/// `wᵢ` of 64 bits, a prefix before them. Different texts have different words: the last one carries the length in its
/// highest byte, which is never zero. For two different texts every pair of values of a half is equally likely.
///
/// Source: D. Lemire, O. Kaser, "Strongly universal string hashing is fast", The Computer Journal 57 (2014), theorem 3.1.
struct Multilinear128: Sendable {
    static let longest = 64

    /// What one prefix has made of the sums.
    struct Start {
        fileprivate let high: UInt128
        fileprivate let low: UInt128
    }

    private let multipliers: MultiplierTable

    /// The multipliers are drawn by a pseudorandom function of the seed.
    init(sip: SipHash128) { multipliers = MultiplierTable(sip: sip) }

    /// The sums after a prefix.
    @inline(__always)
    func start(prefix: UInt64) -> Start {
        let first = multipliers.pointer
        return Start(high: first[0] &+ first[2] &* UInt128(prefix), low: first[1] &+ first[3] &* UInt128(prefix))
    }

    /// The hash of the prefix and the bytes, of which there must be at most `longest`, followed by seven that may be
    /// loaded.
    @inline(__always)
    func hash(_ start: Start, _ bytes: UnsafeBufferPointer<UInt8>) -> RecordKey {
        var (high, low) = (start.high, start.low)
        var multiplier = multipliers.pointer + 4
        var rest = bytes.count
        guard let base = bytes.baseAddress else { return RecordKey(high: 0, low: 0) }
        var raw = UnsafeRawPointer(base)
        while rest >= 8 {
            Multilinear128.add(UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)), multiplier, &high, &low)
            multiplier += 2
            raw += 8
            rest &-= 8
        }
        let last = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)) & ShortText.mask(rest)
        let length = UInt64(truncatingIfNeeded: bytes.count) &<< 56
        Multilinear128.add(last | length, multiplier, &high, &low)
        return RecordKey(high: UInt64(high &>> 64), low: UInt64(low &>> 64))
    }

    /// The hash of a pair of keys.
    @inline(__always)
    func hash(_ start: Start, _ a: RecordKey, _ b: RecordKey) -> RecordKey {
        var (high, low) = (start.high, start.low)
        let multiplier = multipliers.pointer + 4
        Multilinear128.add(a.high, multiplier, &high, &low)
        Multilinear128.add(a.low, multiplier + 2, &high, &low)
        Multilinear128.add(b.high, multiplier + 4, &high, &low)
        Multilinear128.add(b.low, multiplier + 6, &high, &low)
        return RecordKey(high: UInt64(high &>> 64), low: UInt64(low &>> 64))
    }

    @inline(__always)
    private static func add(
        _ word: UInt64, _ multiplier: UnsafePointer<UInt128>, _ high: inout UInt128, _ low: inout UInt128
    ) {
        high &+= multiplier[0] &* UInt128(word)
        low &+= multiplier[1] &* UInt128(word)
    }
}

/// The multipliers of both halves, in turn: the constants, the prefix's, then a text's words'.
///
/// Safe because nobody writes to them after they were drawn.
private final class MultiplierTable: @unchecked Sendable {
    let pointer: UnsafePointer<UInt128>

    init(sip: SipHash128) {
        let count = 2 * (2 + Multilinear128.longest / 8 + 1)
        let drawn = UnsafeMutablePointer<UInt128>.allocate(capacity: count)
        for index in 0..<count {
            let key = sip.hash(Array("multilinear \(index)".utf8))
            (drawn + index).initialize(to: UInt128(key.high) << 64 | UInt128(key.low))
        }
        pointer = UnsafePointer(drawn)
    }

    deinit { pointer.deallocate() }
}
