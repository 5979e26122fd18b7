/// The keys of every group, in buckets by group and highest bits.
///
/// A small group has one bucket; one that has grown has a bucket for each value of the highest six bits, so that the
/// different keys of a bucket can be counted within the cache.
struct KeyGroups: ~Copyable {
    struct Group {
        var platform: Int32
        var kind: RecordKind
        var period: Int
        var records = 0
        /// Keys that may still come before the group is divided.
        var untilDivision = KeyGroups.largestWhole
        /// 0, or `KeyGroups.parts - 1`.
        var mask = 0
        var buckets: UnsafeMutablePointer<KeyBucket>
    }

    static let partBits = 6
    static let parts = 1 << partBits
    /// The part of keys that are of all parts.
    static let mixed = -1
    static let largestWhole = 4096

    private(set) var groups: UnsafeMutablePointer<Group>
    private(set) var count = 0
    private var capacity = 64
    var pool = KeyPool()
    /// What was moved outside, by group.
    private(set) var spilled: [Int: [SpilledPiece]] = [:]

    init() { groups = .allocate(capacity: capacity) }

    deinit {
        for index in 0..<count { groups[index].buckets.deallocate() }
        groups.deallocate()
    }

    /// Makes a group and answers its number.
    mutating func add(platform: Int, kind: RecordKind, period: Int) -> Int {
        if count == capacity {
            let old = groups
            groups = .allocate(capacity: capacity * 2)
            groups.moveInitialize(from: old, count: count)
            old.deallocate()
            capacity *= 2
        }
        let buckets = UnsafeMutablePointer<KeyBucket>.allocate(capacity: 1)
        buckets.initialize(to: KeyBucket())
        (groups + count).initialize(
            to: Group(platform: Int32(platform), kind: kind, period: period, buckets: buckets))
        count += 1
        return count - 1
    }

    @inline(__always)
    mutating func insert(_ key: RecordKey, into index: Int) {
        let group = groups + index
        group.pointee.records &+= 1
        let part = Int(truncatingIfNeeded: key.high &>> UInt64(64 - KeyGroups.partBits)) & group.pointee.mask
        group.pointee.buckets[part].append(key, &pool)
        group.pointee.untilDivision &-= 1
        if group.pointee.untilDivision == 0 { divide(index) }
    }

    @inline(never)
    private mutating func divide(_ index: Int) {
        var whole = groups[index].buckets[0]
        groups[index].buckets.deallocate()
        let buckets = UnsafeMutablePointer<KeyBucket>.allocate(capacity: KeyGroups.parts)
        buckets.initialize(repeating: KeyBucket(), count: KeyGroups.parts)
        groups[index].buckets = buckets
        groups[index].mask = KeyGroups.parts - 1
        var keys: [RecordKey] = []
        whole.pieces(pool) { keys.append(contentsOf: $0) }
        whole.clear(&pool)
        for key in keys { buckets[KeyGroups.part(of: key)].append(key, &pool) }
    }

    static func part(of key: RecordKey) -> Int { Int(truncatingIfNeeded: key.high &>> UInt64(64 - partBits)) }

    /// The buckets of a group: one, or one a part.
    func bucketCount(_ index: Int) -> Int { groups[index].mask + 1 }

    /// Bits that the keys of each of the group's buckets share.
    func sharedBits(_ index: Int) -> Int { groups[index].mask == 0 ? 0 : KeyGroups.partBits }

    // MARK: memory

    /// Keeps every key once.
    mutating func compact(_ tally: inout KeyTally) {
        var keys: [RecordKey] = []
        for index in 0..<count {
            for part in 0..<bucketCount(index) {
                keys.removeAll(keepingCapacity: true)
                groups[index].buckets[part].pieces(pool) { keys.append(contentsOf: $0) }
                let shared = sharedBits(index)
                let kept = keys.withUnsafeMutableBufferPointer { tally.unique($0, sharing: shared) }
                guard kept < keys.count else { continue }
                groups[index].buckets[part].clear(&pool)
                for key in keys[..<kept] { groups[index].buckets[part].append(key, &pool) }
                if shared == 0 { groups[index].untilDivision = max(1, KeyGroups.largestWhole - kept) }
            }
        }
    }

    /// Moves all keys outside, a bucket a piece.
    mutating func moveOut(to spill: some KeySpill) throws {
        var keys: [RecordKey] = []
        for index in 0..<count {
            for part in 0..<bucketCount(index) {
                keys.removeAll(keepingCapacity: true)
                groups[index].buckets[part].pieces(pool) { keys.append(contentsOf: $0) }
                guard !keys.isEmpty else { continue }
                let place = try keys.withUnsafeBufferPointer(spill.write)
                spilled[index, default: []].append(
                    SpilledPiece(
                        part: sharedBits(index) == 0 ? KeyGroups.mixed : part, place: place, count: keys.count))
                groups[index].buckets[part].clear(&pool)
            }
            if groups[index].mask == 0 { groups[index].untilDivision = KeyGroups.largestWhole }
        }
    }

    /// Appends the keys in memory of a part of a group to `keys`; of a group that is not divided those of that part.
    func gather(_ index: Int, part: Int, into keys: inout [RecordKey]) {
        if groups[index].mask != 0, part != KeyGroups.mixed {
            groups[index].buckets[part].pieces(pool) { keys.append(contentsOf: $0) }
            return
        }
        for bucket in 0..<bucketCount(index) {
            groups[index].buckets[bucket].pieces(pool) { piece in
                for key in piece where part == KeyGroups.mixed || KeyGroups.part(of: key) == part { keys.append(key) }
            }
        }
    }
}
