/// Counts different keys of a bucket, in a table that stays within the second-level cache.
struct KeyTally: ~Copyable {
    /// More keys than these are first parted by further bits.
    private static let most = 24_576

    private var table: UnsafeMutablePointer<RecordKey>
    private var capacity = 0
    private var parted: [RecordKey] = []

    init() { table = .allocate(capacity: 1) }

    deinit { table.deallocate() }

    /// How many of the keys are different. `place` is how many of a key's highest bits they have in common at least.
    mutating func distinct(_ keys: UnsafeMutableBufferPointer<RecordKey>, sharing place: Int) -> Int {
        unique(keys, sharing: place)
    }

    /// Moves the different keys to the front and answers how many they are.
    mutating func unique(_ keys: UnsafeMutableBufferPointer<RecordKey>, sharing place: Int) -> Int {
        // Beyond 58 shared bits the keys are not spread any more; a table of any size is still exact.
        if keys.count <= KeyTally.most || place > 56 { return uniqueByTable(keys, sharing: place) }
        let ends = KeyTally.part(keys, &parted, at: place, bits: 6)
        var kept = 0
        var start = 0
        for end in ends {
            let part = UnsafeMutableBufferPointer(rebasing: keys[start..<end])
            let count = unique(part, sharing: place + 6)
            if kept != start, let base = keys.baseAddress { (base + kept).update(from: base + start, count: count) }
            kept += count
            start = end
        }
        return kept
    }

    private mutating func uniqueByTable(_ keys: UnsafeMutableBufferPointer<RecordKey>, sharing place: Int) -> Int {
        guard keys.count > 1 else { return keys.count }
        var bits = 4
        while 1 << bits < keys.count * 2 { bits += 1 }
        prepare(1 << bits)
        let mask = 1 << bits - 1
        let shift = UInt64(max(0, 64 - place - bits))
        var hasZero = false
        var kept = 0
        for at in 0..<keys.count {
            let key = keys[at]
            if key == .zero {
                if hasZero { continue }
                hasZero = true
            } else {
                var slot = Int(truncatingIfNeeded: key.high &>> shift) & mask
                var isKnown = false
                while table[slot] != .zero {
                    if table[slot] == key {
                        isKnown = true
                        break
                    }
                    slot = (slot &+ 1) & mask
                }
                if isKnown { continue }
                table[slot] = key
            }
            keys[kept] = key
            kept &+= 1
        }
        return kept
    }

    private mutating func prepare(_ size: Int) {
        if size > capacity {
            table.deallocate()
            table = .allocate(capacity: size)
            capacity = size
        }
        table.update(repeating: .zero, count: size)
    }

    /// Orders the keys by `bits` bits from `place` on, and answers where each part ends.
    static func part(
        _ keys: UnsafeMutableBufferPointer<RecordKey>, _ spare: inout [RecordKey], at place: Int, bits: Int
    ) -> [Int] {
        let shift = UInt64(64 - place - bits)
        let mask = 1 << bits - 1
        var next = [Int](repeating: 0, count: mask + 1)
        for key in keys { next[Int(truncatingIfNeeded: key.high &>> shift) & mask] += 1 }
        var sum = 0
        for index in next.indices {
            let count = next[index]
            next[index] = sum
            sum += count
        }
        if spare.count < keys.count { spare = [RecordKey](repeating: .zero, count: keys.count) }
        spare.withUnsafeMutableBufferPointer { spare in
            for key in keys {
                let part = Int(truncatingIfNeeded: key.high &>> shift) & mask
                spare[next[part]] = key
                next[part] &+= 1
            }
            if let base = keys.baseAddress, let source = spare.baseAddress {
                base.update(from: source, count: keys.count)
            }
        }
        return next
    }
}
