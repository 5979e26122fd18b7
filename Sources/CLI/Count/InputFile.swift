import Collect
import Foundation
import Vocabulary

/// A file of records, or standard input.
struct InputFile: ~Copyable, Sendable {
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
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw InputFile.failure(name) }
            if count == 0 { break }
            done += count
        }
        return done
    }

    /// The next bytes in order; 0 at the end.
    func next(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw InputFile.failure(name) }
            return count
        }
    }
}
