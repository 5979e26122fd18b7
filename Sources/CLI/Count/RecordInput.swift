import Collect
import Foundation
import Synchronization

/// A source of lines that several workers draw from, chunk by chunk.
protocol RecordInput: Sendable {
    /// Puts the next chunk's lines into the buffer; answers its number, ascending for every worker, and where the lines
    /// stand. Nil at the end.
    func next(_ buffer: borrowing LineBuffer) throws -> (chunk: Int, lines: UnsafeBufferPointer<UInt8>)?
}

/// A plain file: every worker reads its chunks by itself.
///
/// A chunk's lines are those that begin in it: after the first line feed at or after the byte before it, to the first
/// line feed at or after its last byte. So nothing is shared but the next chunk's number.
final class PlainInput: RecordInput {
    private let file: InputFile
    private let chunks: Int
    private let cursor = Atomic<Int>(0)

    init(_ file: consuming InputFile, length: Int) {
        self.file = file
        chunks = (length + LineBuffer.chunkLength - 1) / LineBuffer.chunkLength
    }

    func next(_ buffer: borrowing LineBuffer) throws -> (chunk: Int, lines: UnsafeBufferPointer<UInt8>)? {
        let index = cursor.wrappingAdd(1, ordering: .relaxed).oldValue
        return index < chunks ? (index, try read(index, buffer)) : nil
    }

    private func read(_ index: Int, _ buffer: borrowing LineBuffer) throws -> UnsafeBufferPointer<UInt8> {
        let bytes = buffer.bytes
        let start = index * LineBuffer.chunkLength
        let from = max(0, start - 1)
        let wanted = start - from + LineBuffer.chunkLength
        var count = try file.read(at: from, into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<wanted]))
        var end = count
        if count == wanted, bytes[count - 1] != 0x0a {
            // Look for the end of the last line piece by piece: mostly it is near.
            var room = 1024
            while true {
                let upper = min(bytes.count, count + room)
                let more = try file.read(
                    at: from + count, into: UnsafeMutableRawBufferPointer(rebasing: bytes[count..<upper]))
                let feed = bytes[count..<(count + more)].firstIndex(of: 0x0a)
                count += more
                end = feed.map { $0 + 1 } ?? count
                if feed != nil || more == 0 || count == bytes.count { break }
                room *= 4
            }
        }
        guard index > 0 else { return buffer.lines(0, end) }
        let first = UnsafeRawBufferPointer(rebasing: bytes[..<min(end, wanted)]).firstIndex(of: 0x0a)
        return first.map { buffer.lines($0 + 1, max($0 + 1, end)) } ?? buffer.lines(0, 0)
    }
}

/// A packed file or a pipe: one worker at a time unpacks its next chunk while others read theirs.
///
/// Safe because its state is only touched under the lock; it holds a pointer, so the compiler cannot see that.
final class StreamInput: RecordInput, @unchecked Sendable {
    private struct State: ~Copyable {
        var decoder: ContentDecoder?
        var chunk = 0
        /// What follows the last line feed of the chunk before.
        var carry: [UInt8] = []
        /// A line was cut: the rest of it is dropped.
        var isSkipping = false
        var packed: UnsafeMutableRawBufferPointer
        var input = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        var isEnded = false
        /// Of messages: unpacked, not yet written as lines.
        var messages: [UInt8] = []
        var rows = ProtobufRows()

        init() { packed = .allocate(byteCount: 256 * 1024, alignment: 64) }

        deinit { packed.deallocate() }
    }

    private let file: InputFile
    private let form: RecordForm
    private let lock = NSLock()
    private var state = State()

    init(_ file: consuming InputFile, form: RecordForm) {
        self.file = file
        self.form = form
    }

    func next(_ buffer: borrowing LineBuffer) throws -> (chunk: Int, lines: UnsafeBufferPointer<UInt8>)? {
        lock.lock()
        defer { lock.unlock() }
        if form == .protobuf { return try nextMessages(buffer) }
        while !state.isEnded {
            let count = try fill(buffer.bytes)
            var start = 0
            if state.isSkipping {
                guard let feed = buffer.bytes[..<count].firstIndex(of: 0x0a) else { continue }
                state.isSkipping = false
                start = feed + 1
            }
            var end = count
            if !state.isEnded {
                while end > start, buffer.bytes[end - 1] != 0x0a { end -= 1 }
                if end == start {
                    state.isSkipping = true
                    end = count
                }
                state.carry.append(contentsOf: buffer.bytes[end..<count])
            }
            state.chunk += 1
            return (state.chunk - 1, buffer.lines(start, end))
        }
        return nil
    }

    /// Messages as lines.
    private func nextMessages(
        _ buffer: borrowing LineBuffer
    ) throws -> (chunk: Int, lines: UnsafeBufferPointer<UInt8>)? {
        let room = ProtobufRows.longestMessage + 16
        while !state.isEnded || !state.messages.isEmpty {
            if state.messages.count < room, !state.isEnded {
                let count = try fill(buffer.bytes)
                state.messages.append(contentsOf: buffer.bytes[..<count])
            }
            let isLast = state.isEnded
            let done = state.messages.withUnsafeBufferPointer { messages in
                state.rows.write(messages, into: buffer.bytes.assumingMemoryBound(to: UInt8.self), isLast: isLast)
            }
            state.messages.removeFirst(done.used)
            guard done.written > 0 else { continue }
            state.chunk += 1
            return (state.chunk - 1, buffer.lines(0, done.written))
        }
        return nil
    }

    /// The carried bytes and new ones; sets `isEnded` at the end.
    private func fill(_ bytes: UnsafeMutableRawBufferPointer) throws -> Int {
        var count = state.carry.count
        state.carry.withUnsafeBytes { bytes.copyMemory(from: $0) }
        state.carry.removeAll(keepingCapacity: true)
        let wanted = count < LineBuffer.chunkLength / 2 ? LineBuffer.chunkLength : bytes.count
        while count < wanted {
            if state.input.isEmpty {
                let read = try file.next(into: state.packed)
                if read == 0 {
                    try state.decoder?.finish()
                    state.isEnded = true
                    break
                }
                state.input = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(state.packed)[..<read])
                    .assumingMemoryBound(to: UInt8.self)
                if state.decoder == nil {
                    state.decoder = try ContentDecoder(ContentCoding(firstBytes: Array(state.input.prefix(4))))
                }
            }
            let room = UnsafeMutableRawBufferPointer(rebasing: bytes[count..<wanted])
            var input = state.input
            count += try state.decoder?.decode(&input, into: room.assumingMemoryBound(to: UInt8.self)) ?? 0
            state.input = input
        }
        return count
    }
}
