/// SipHash-2-4 with 128 bits of output.
///
/// Source: J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF" (2012), and the 128-bit variant of the
/// authors' reference code.
public struct SipHash128: Sendable {
    private let seed: KeySeed

    public init(seed: KeySeed) { self.seed = seed }

    /// The hash of the bytes. `high` is the first output word, `low` the second, both little-endian in the vectors.
    public func hash(_ bytes: [UInt8]) -> RecordKey {
        bytes.withUnsafeBufferPointer { buffer in
            var state = SipState(seed)
            return state.finish(buffer, lengthBefore: 0)
        }
    }

    /// The hash of the eight bytes of `prefix` (little-endian) followed by `bytes`: one buffer without joining them.
    @inline(__always)
    func hash(prefix: UInt64, _ bytes: UnsafeBufferPointer<UInt8>) -> RecordKey {
        var state = SipState(seed)
        state.absorb(prefix)
        return state.finish(bytes, lengthBefore: 8)
    }

    /// The state after a prefix, to be kept for many hashes.
    @inline(__always)
    func state(prefix: UInt64) -> SipState {
        var state = SipState(seed)
        state.absorb(prefix)
        return state
    }

    /// The hash of a pair of keys, for counting pairs as one thing.
    @inline(__always)
    func hash(prefix: UInt64, _ a: RecordKey, _ b: RecordKey) -> RecordKey {
        var state = SipState(seed)
        state.absorb(prefix)
        state.absorb(a.high)
        state.absorb(a.low)
        state.absorb(b.high)
        state.absorb(b.low)
        return state.finish(UnsafeBufferPointer(start: nil, count: 0), lengthBefore: 40)
    }
}

/// The four words of SipHash.
struct SipState {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64

    @inline(__always)
    init(_ seed: KeySeed) {
        v0 = seed.k0 ^ 0x736f_6d65_7073_6575
        v1 = seed.k1 ^ 0x646f_7261_6e64_6f6d ^ 0xee
        v2 = seed.k0 ^ 0x6c79_6765_6e65_7261
        v3 = seed.k1 ^ 0x7465_6462_7974_6573
    }

    @inline(__always)
    private mutating func round() {
        v0 &+= v1
        v1 = (v1 &<< 13 | v1 &>> 51) ^ v0
        v0 = v0 &<< 32 | v0 &>> 32
        v2 &+= v3
        v3 = (v3 &<< 16 | v3 &>> 48) ^ v2
        v0 &+= v3
        v3 = (v3 &<< 21 | v3 &>> 43) ^ v0
        v2 &+= v1
        v1 = (v1 &<< 17 | v1 &>> 47) ^ v2
        v2 = v2 &<< 32 | v2 &>> 32
    }

    @inline(__always)
    mutating func absorb(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    /// Like `finish`, for bytes that are followed by at least seven that may be loaded.
    @inline(__always)
    mutating func finishPadded(_ bytes: UnsafeBufferPointer<UInt8>, lengthBefore: Int) -> RecordKey {
        let length = UInt64(truncatingIfNeeded: bytes.count &+ lengthBefore) &<< 56
        guard let base = bytes.baseAddress else { return close(length) }
        var raw = UnsafeRawPointer(base)
        var rest = bytes.count
        while rest >= 8 {
            absorb(UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)))
            raw += 8
            rest &-= 8
        }
        let last = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)) & ShortText.mask(rest)
        return close(last | length)
    }

    @inline(__always)
    mutating func finish(_ bytes: UnsafeBufferPointer<UInt8>, lengthBefore: Int) -> RecordKey {
        let count = bytes.count
        var last = UInt64(truncatingIfNeeded: count + lengthBefore) &<< 56
        if let base = bytes.baseAddress {
            let raw = UnsafeRawPointer(base)
            var at = 0
            while at &+ 8 <= count {
                absorb(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
                at &+= 8
            }
            var shift: UInt64 = 0
            while at < count {
                last |= UInt64(base[at]) &<< shift
                shift &+= 8
                at &+= 1
            }
        }
        return close(last)
    }

    @inline(__always)
    private mutating func close(_ last: UInt64) -> RecordKey {
        absorb(last)
        v2 ^= 0xee
        for _ in 0..<4 { round() }
        let first = v0 ^ v1 ^ v2 ^ v3
        v1 ^= 0xdd
        for _ in 0..<4 { round() }
        return RecordKey(high: first, low: v0 ^ v1 ^ v2 ^ v3)
    }
}
