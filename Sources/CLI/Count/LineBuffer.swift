/// One worker's buffer of whole lines.
struct LineBuffer: ~Copyable {
    static let chunkLength = 256 * 1024
    /// Room for the rest of the last line; longer lines are cut and so rejected.
    static let overhang = 512 * 1024

    let bytes: UnsafeMutableRawBufferPointer

    init() { bytes = .allocate(byteCount: 1 + LineBuffer.chunkLength + LineBuffer.overhang, alignment: 64) }

    deinit { bytes.deallocate() }

    /// The bytes from `start` up to `end`.
    func lines(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start..<end]).assumingMemoryBound(to: UInt8.self)
    }
}
