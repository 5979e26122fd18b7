import Collect
import Foundation
import Synchronization
import Vocabulary

/// A file of records, or standard input.
final class InputFile: Sendable {
    private let descriptor: Int32
    private let name: String
    /// The length of a plain file that can be read anywhere; nil for packed files and pipes.
    let plainLength: Int?

    /// - Throws: `collect.file_unreadable`.
    init(_ name: String) throws {
        self.name = name
        let descriptor = name == "-" ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            throw InputFile.failure(name)
        }
        self.descriptor = descriptor
        var first = [UInt8](repeating: 0, count: 4)
        let isRegular = status.st_mode & S_IFMT == S_IFREG && name != "-"
        let known = isRegular ? pread(descriptor, &first, 4, 0) : 0
        let isPlain = isRegular && ContentCoding(firstBytes: Array(first.prefix(max(0, known)))) == .identity
        plainLength = isPlain ? Int(status.st_size) : nil
    }

    deinit { if descriptor > STDERR_FILENO { close(descriptor) } }

    private static func failure(_ name: String) -> Failure {
        Failure("collect.file_unreadable", ["file": name, "reason": String(cString: strerror(errno))])
    }

    /// Fills the buffer from the place on; fewer bytes only at the end of the file.
    func read(at place: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = pread(descriptor, rest.baseAddress, rest.count, off_t(place + done))
            if count < 0 { throw InputFile.failure(name) }
            if count == 0 { break }
            done += count
        }
        return done
    }

    /// The next piece in order; nil at the end.
    func next() throws -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        let count = piece.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
        if count < 0 { throw InputFile.failure(name) }
        return count == 0 ? nil : Array(piece[..<count])
    }
}

/// Hands out chunks, ascending for every taker.
final class ChunkCursor: Sendable {
    private let value = Atomic<Int>(0)

    func next(below end: Int) -> Int? {
        let index = value.wrappingAdd(1, ordering: .relaxed).oldValue
        return index < end ? index : nil
    }
}

/// One worker's buffer: a chunk with the line that straddles its end.
struct ChunkBuffer: ~Copyable {
    private let file: InputFile
    private let chunkLength: Int
    private let buffer: UnsafeMutableRawBufferPointer
    /// Room for the rest of the straddling line; longer lines are cut and so rejected.
    private static let overhang = 512 * 1024

    init(file: InputFile, chunkLength: Int) {
        self.file = file
        self.chunkLength = chunkLength
        buffer = .allocate(byteCount: 1 + chunkLength + ChunkBuffer.overhang, alignment: 64)
    }

    deinit { buffer.deallocate() }

    /// The lines that begin in the chunk: after the first line feed at or after the byte before it, to the first line
    /// feed at or after its last byte.
    mutating func read(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        let start = index * chunkLength
        let from = max(0, start - 1)
        let wanted = start - from + chunkLength
        var count = try file.read(at: from, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
        var end = count
        if count == wanted, buffer[count - 1] != 0x0a {
            // Look for the end of the last line piece by piece: mostly it is near.
            var room = 4096
            while true {
                let upper = min(buffer.count, count + room)
                let more = try file.read(
                    at: from + count, into: UnsafeMutableRawBufferPointer(rebasing: buffer[count..<upper]))
                let feed = buffer[count..<(count + more)].firstIndex(of: 0x0a)
                count += more
                end = feed ?? count
                if feed != nil || more == 0 || count == buffer.count { break }
                room *= 4
            }
        }
        var begin = 0
        if index > 0 {
            guard let feed = buffer[..<min(end, wanted)].firstIndex(of: 0x0a) else { return }
            begin = feed + 1
        }
        guard begin < end else { return }
        try body(
            UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[begin..<end]).assumingMemoryBound(
                to: UInt8.self))
    }
}
