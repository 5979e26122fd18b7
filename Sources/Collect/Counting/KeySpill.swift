/// A place outside memory for keys: what `heng count` puts into a temporary file when its memory is full.
public protocol KeySpill: Sendable {
    /// Appends the keys and answers where they went.
    func write(_ keys: UnsafeBufferPointer<RecordKey>) throws -> Int
    /// Fills the buffer with the keys from the place on.
    func read(at place: Int, into keys: UnsafeMutableBufferPointer<RecordKey>) throws
}

/// Keys of one group that were moved outside.
struct SpilledPiece: Sendable {
    /// Which part of the key space they are of; `KeyGroups.mixed` when of all.
    var part: Int
    var place: Int
    var count: Int
}
