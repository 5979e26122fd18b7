/// A generator whose numbers are the same on every machine: xoshiro256** seeded by SplitMix64.
///
/// Nothing of the standard library's `random(in:)` is used on it, because those algorithms may change between
/// releases. Source: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators" (2021).
public struct SeededGenerator: Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// A stream of its own for every seed and name; streams of different names are unrelated.
    public init(seed: UInt64, stream: String) {
        var mixed = Mixing.hash(seed, stream)
        func next() -> UInt64 {
            mixed &+= 0x9E37_79B9_7F4A_7C15
            return Mixing.finalise(mixed)
        }
        state = (next(), next(), next(), next())
    }

    /// 64 random bits.
    public mutating func next() -> UInt64 {
        let result = Mixing.rotate(state.1 &* 5, 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = Mixing.rotate(state.3, 45)
        return result
    }

    /// A whole number in `0..<bound`, without bias; 0 for a bound of 1 or less.
    public mutating func below(_ bound: Int) -> Int {
        guard bound > 1 else { return 0 }
        let limit = UInt64(bound)
        let threshold = (0 &- limit) % limit
        while true {
            let product = next().multipliedFullWidth(by: limit)
            if product.low >= threshold { return Int(product.high) }
        }
    }

    /// A whole number in the range, both ends included.
    public mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// True in `percent` of a hundred draws.
    public mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// A number in 0..<1 with 53 random bits.
    public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A nearly normal number, mean 0, deviation 1, never beyond ±6: the sum of twelve uniform ones less 6.
    public mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += unit() }
        return sum
    }

    /// One of the elements; nil when there are none.
    public mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[below(elements.count)]
    }

    /// The elements in random order (Fisher–Yates).
    public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var result = elements
        for last in stride(from: result.count - 1, to: 0, by: -1) { result.swapAt(last, below(last + 1)) }
        return result
    }
}

/// Hashing that stays the same for ever, for values that are computed from their place instead of drawn in order.
enum Mixing {
    static func rotate(_ value: UInt64, _ by: UInt64) -> UInt64 { value << by | value >> (64 - by) }

    /// SplitMix64's output function.
    static func finalise(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    static func hash(_ a: UInt64, _ b: UInt64) -> UInt64 {
        finalise(finalise(a &+ 0x9E37_79B9_7F4A_7C15) ^ (b &* 0xD6E8_FEB8_6659_FD93))
    }

    static func hash(_ seed: UInt64, _ text: String) -> UInt64 {
        var value = seed
        for byte in text.utf8 { value = hash(value, UInt64(byte)) }
        return hash(value, UInt64(text.utf8.count))
    }
}
