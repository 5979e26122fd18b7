/// A 128-bit key of an identifier: two equal identifiers have equal keys, and nobody without the seed can make two
/// different ones collide.
public struct RecordKey: Sendable, Hashable, Comparable {
    public var high: UInt64
    public var low: UInt64

    public static let zero = RecordKey(high: 0, low: 0)

    @inlinable
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Nil unless there are exactly 16 bytes.
    public init?(bytes: [UInt8]) {
        guard let words = KeySeed(bytes: bytes) else { return nil }
        self.init(high: words.k0, low: words.k1)
    }

    /// The 16 bytes that `init(bytes:)` reads.
    public var bytes: [UInt8] { KeySeed(k0: high, k1: low).bytes }

    @inlinable
    public static func < (a: RecordKey, b: RecordKey) -> Bool {
        a.high != b.high ? a.high < b.high : a.low < b.low
    }
}

/// The secret of one installation under which identifiers become keys: 16 bytes, made once from the system's
/// randomness, kept in the data folder and never sent.
public struct KeySeed: Sendable, Hashable {
    public let k0: UInt64
    public let k1: UInt64

    /// Nil unless there are exactly 16 bytes (little-endian words, as in the published test vectors).
    public init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        func word(_ from: Int) -> UInt64 { (0..<8).reduce(0) { $0 | UInt64(bytes[from + $1]) << UInt64(8 * $1) } }
        self.k0 = word(0)
        self.k1 = word(8)
    }

    init(k0: UInt64, k1: UInt64) {
        self.k0 = k0
        self.k1 = k1
    }

    public init(from generator: inout some RandomNumberGenerator) {
        self.k0 = generator.next()
        self.k1 = generator.next()
    }

    /// The 16 bytes that `init(bytes:)` reads.
    public var bytes: [UInt8] {
        [k0, k1].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } }
    }
}
