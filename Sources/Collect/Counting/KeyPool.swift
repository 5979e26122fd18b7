/// Blocks of keys out of large slabs, given back and used again: fresh pages of memory cost more than counting.
struct KeyPool: ~Copyable {
    /// Keys of a block. A block begins at a multiple of its size in bytes, so that a pointer behind its last key tells
    /// so by its address.
    static let blockLength = 64
    static let blockBytes = blockLength * MemoryLayout<RecordKey>.stride
    private static let slabBytes = 2 << 20
    private static let blocksOfSlab = slabBytes / blockBytes
    static let none: Int32 = -1

    private var slabs: [UnsafeMutableRawPointer] = []
    /// The block that each block follows in its bucket, or in the list of free ones.
    private var former: UnsafeMutablePointer<Int32>
    private var capacity = 0
    private var made = 0
    private var free = KeyPool.none
    /// Blocks that hold keys.
    private(set) var used = 0

    init() { former = .allocate(capacity: 1) }

    deinit {
        for slab in slabs { slab.deallocate() }
        former.deallocate()
    }

    /// Bytes of memory taken, whether in use or free.
    var bytes: Int { slabs.count * KeyPool.slabBytes }
    var usedBytes: Int { used * KeyPool.blockBytes }

    @inline(__always)
    func keys(_ block: Int32) -> UnsafeMutablePointer<RecordKey> {
        let slab = slabs[Int(block) / KeyPool.blocksOfSlab]
        return (slab + (Int(block) % KeyPool.blocksOfSlab) * KeyPool.blockBytes).assumingMemoryBound(to: RecordKey.self)
    }

    @inline(__always)
    func before(_ block: Int32) -> Int32 { former[Int(block)] }

    /// A block that follows `former` in its bucket.
    mutating func take(after block: Int32) -> Int32 {
        used += 1
        var taken = free
        if taken == KeyPool.none {
            if made == capacity { grow() }
            taken = Int32(made)
            made += 1
        } else {
            free = former[Int(taken)]
        }
        former[Int(taken)] = block
        return taken
    }

    mutating func giveBack(_ block: Int32) {
        used -= 1
        former[Int(block)] = free
        free = block
    }

    private mutating func grow() {
        slabs.append(.allocate(byteCount: KeyPool.slabBytes, alignment: KeyPool.blockBytes))
        let old = former
        former = .allocate(capacity: capacity + KeyPool.blocksOfSlab)
        former.update(from: old, count: capacity)
        old.deallocate()
        capacity += KeyPool.blocksOfSlab
    }
}

/// The keys of one group, or of one part of a group's: a list of blocks, all full but the last.
struct KeyBucket {
    /// Where the next key goes; at a multiple of a block's size there is no room, or no block yet.
    var next: UnsafeMutablePointer<RecordKey>?
    var block = KeyPool.none

    @inline(__always)
    mutating func append(_ key: RecordKey, _ pool: inout KeyPool) {
        if Int(bitPattern: next) & (KeyPool.blockBytes - 1) == 0 { extend(&pool) }
        next.unsafelyUnwrapped.pointee = key
        next = next.unsafelyUnwrapped + 1
    }

    @inline(never)
    private mutating func extend(_ pool: inout KeyPool) {
        block = pool.take(after: block)
        next = pool.keys(block)
    }

    /// The keys in pieces, the last block first.
    func pieces(_ pool: borrowing KeyPool, _ body: (UnsafeBufferPointer<RecordKey>) -> Void) {
        guard block != KeyPool.none, let next else { return }
        let last = pool.keys(block)
        body(UnsafeBufferPointer(start: last, count: next - last))
        var at = pool.before(block)
        while at != KeyPool.none {
            body(UnsafeBufferPointer(start: pool.keys(at), count: KeyPool.blockLength))
            at = pool.before(at)
        }
    }

    func count(_ pool: borrowing KeyPool) -> Int {
        var count = 0
        pieces(pool) { count += $0.count }
        return count
    }

    /// Gives all blocks back; the bucket is empty afterwards.
    mutating func clear(_ pool: inout KeyPool) {
        while block != KeyPool.none {
            let before = pool.before(block)
            pool.giveBack(block)
            block = before
        }
        next = nil
    }
}
