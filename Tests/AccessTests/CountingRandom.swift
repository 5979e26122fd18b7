import Trust

/// Bytes that count up: different from call to call only by where they start.
struct CountingRandom: RandomSource {
    var start: UInt8 = 1
    func bytes(_ count: Int) -> [UInt8] { (0..<count).map { start &+ UInt8(truncatingIfNeeded: $0) } }
}
