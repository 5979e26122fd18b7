/// An exact set of keys: a sorted run without doubles, and a tail not sorted yet.
struct KeySet128: Sendable {
    private(set) var sorted: [RecordKey] = []
    private var tail: [RecordKey] = []

    /// Keys held, doubles in the tail included; 16 bytes each.
    var held: Int { sorted.count + tail.count }

    @inline(__always)
    mutating func insert(_ key: RecordKey) {
        tail.append(key)
        if tail.count >= 8192, tail.count >= sorted.count { compact() }
    }

    /// Sorts the tail in; afterwards `sorted` is the whole set.
    mutating func compact() {
        guard !tail.isEmpty else { return }
        tail.sort()
        var out: [RecordKey] = []
        out.reserveCapacity(sorted.count + tail.count)
        var (i, j) = (0, 0)
        while i < sorted.count || j < tail.count {
            let takesSorted = j >= tail.count || (i < sorted.count && sorted[i] < tail[j])
            let key = takesSorted ? sorted[i] : tail[j]
            if takesSorted { i += 1 } else { j += 1 }
            if out.last != key { out.append(key) }
        }
        sorted = out
        tail.removeAll(keepingCapacity: true)
    }

    /// Takes the keys away, sorted.
    mutating func drain() -> [RecordKey] {
        compact()
        defer { sorted = [] }
        return sorted
    }
}

/// A place outside memory for sorted keys: what `heng count` puts into a temporary file when its memory is full.
public protocol KeySpill: Sendable {
    /// Appends the keys and answers where they went.
    func write(_ keys: [RecordKey]) throws -> Int
    /// At most `count` keys from the place on.
    func read(at place: Int, count: Int) throws -> [RecordKey]
}

/// A sorted run of keys, in memory or spilled, read block by block.
struct KeyCursor {
    private var block: [RecordKey]
    private var at = 0
    private var place: Int
    private var remaining: Int
    private let spill: (any KeySpill)?

    static let blockLength = 4096

    init(_ keys: [RecordKey]) {
        block = keys
        place = 0
        remaining = 0
        spill = nil
    }

    init(spilled spill: any KeySpill, at place: Int, count: Int) {
        block = []
        self.place = place
        remaining = count
        self.spill = spill
    }

    mutating func peek() throws -> RecordKey? {
        if at < block.count { return block[at] }
        guard remaining > 0, let spill else { return nil }
        block = try spill.read(at: place, count: min(remaining, KeyCursor.blockLength))
        guard !block.isEmpty else { return nil }
        at = 0
        place += block.count
        remaining -= block.count
        return block[0]
    }

    mutating func advance() { at += 1 }

    /// Different keys over all the runs; memory is a block a run.
    static func distinct(_ cursors: [KeyCursor]) throws -> Int {
        var cursors = cursors
        var count = 0
        while true {
            var least: RecordKey?
            for index in cursors.indices {
                if let key = try cursors[index].peek(), least.map({ key < $0 }) ?? true { least = key }
            }
            guard let least else { return count }
            count += 1
            for index in cursors.indices {
                while try cursors[index].peek() == least { cursors[index].advance() }
            }
        }
    }
}
