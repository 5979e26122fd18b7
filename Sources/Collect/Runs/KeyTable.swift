import Vocabulary

/// A table of keys with something about each, for one slice of the key space at a time: small enough for the processor's
/// second cache, emptied without being touched.
///
/// Keys are hashes under a secret of the installation, so nobody can choose keys that meet in one place; it grows before
/// it is three quarters full.
struct KeyTable<Payload: BitwiseCopyable>: ~Copyable {
    private struct Slot {
        var high: UInt64
        var low: UInt64
        var stamp: UInt64
        var payload: Payload
    }

    private let empty: Payload
    private var slots: UnsafeMutablePointer<Slot>
    private var mask: Int
    private var stamp: UInt64 = 1
    /// Keys in the table.
    private(set) var count = 0
    /// About so many keys of a slice keep the table in the cache.
    static var sliceLength: Int { 4096 }

    init(empty: Payload) {
        self.empty = empty
        let capacity = 16_384
        mask = capacity - 1
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: Slot(high: 0, low: 0, stamp: 0, payload: empty), count: capacity)
    }

    deinit { slots.deallocate() }

    mutating func removeAll() {
        stamp &+= 1
        count = 0
    }

    /// What the table holds of the key; put in with the empty payload when it was not there. Valid until the next key.
    @inline(__always)
    mutating func at(_ high: UInt64, _ low: UInt64) -> UnsafeMutablePointer<Payload> {
        if count &* 4 >= (mask &+ 1) &* 3 { grow() }
        var index = Int(truncatingIfNeeded: low) & mask
        while slots[index].stamp == stamp {
            if slots[index].low == low, slots[index].high == high { return payload(index) }
            index = (index &+ 1) & mask
        }
        slots[index] = Slot(high: high, low: low, stamp: stamp, payload: empty)
        count &+= 1
        return payload(index)
    }

    /// What the table holds of the key; nil when it is not there.
    @inline(__always)
    func find(_ high: UInt64, _ low: UInt64) -> Payload? {
        var index = Int(truncatingIfNeeded: low) & mask
        while slots[index].stamp == stamp {
            if slots[index].low == low, slots[index].high == high { return slots[index].payload }
            index = (index &+ 1) & mask
        }
        return nil
    }

    @inline(__always)
    func forEach(_ body: (Payload) -> Void) {
        for index in 0...mask where slots[index].stamp == stamp { body(slots[index].payload) }
    }

    @inline(__always)
    private func payload(_ index: Int) -> UnsafeMutablePointer<Payload> {
        // The slots stand still until the table grows, so a place in them may be pointed at.
        withUnsafeMutablePointer(to: &slots[index].payload) { $0 }
    }

    private mutating func grow() {
        let old = slots
        let oldCapacity = mask + 1
        mask = oldCapacity * 2 - 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: Slot(high: 0, low: 0, stamp: 0, payload: empty), count: mask + 1)
        for place in 0..<oldCapacity where old[place].stamp == stamp {
            var index = Int(truncatingIfNeeded: old[place].low) & mask
            while slots[index].stamp == stamp { index = (index + 1) & mask }
            slots[index] = old[place]
        }
        old.deallocate()
    }
}
