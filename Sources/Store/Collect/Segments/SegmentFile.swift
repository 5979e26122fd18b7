import Foundation
import Vocabulary

/// An open file of the port's folder; closed when nobody holds it any more.
final class SegmentFile: Sendable {
    let path: String
    private let descriptor: Int32

    /// - Throws: `store.segment_unusable` with path and reason, `collect.storage-full`.
    init(_ path: String, creating: Bool = false, writing: Bool = false) throws {
        self.path = path
        let flags = (writing ? O_RDWR : O_RDONLY) | (creating ? O_CREAT : 0) | O_CLOEXEC
        descriptor = open(path, flags, 0o600)
        if descriptor < 0 { throw SegmentFile.failure(path, errno) }
    }

    deinit { close(descriptor) }

    static func failure(_ path: String, _ code: Int32) -> Failure {
        if code == ENOSPC || code == EDQUOT { return Failure("collect.storage-full", ["retryAfterSeconds": "300"]) }
        return Failure("store.segment_unusable", ["path": path, "reason": String(cString: strerror(code))])
    }

    var length: Int { Int(lseek(descriptor, 0, SEEK_END)) }

    /// Takes the file for this process alone; false when another holds it.
    func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    func write(_ bytes: [UInt8], at place: Int) throws {
        try bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let written = pwrite(
                    descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(place + done))
                if written < 0, errno == EINTR { continue }
                if written <= 0 { throw SegmentFile.failure(path, written == 0 ? ENOSPC : errno) }
                done += written
            }
        }
    }

    /// Zeros over a span, in pieces.
    func erase(from: Int, to: Int) throws {
        let zeros = [UInt8](repeating: 0, count: min(max(0, to - from), 1 << 20))
        var at = from
        while at < to {
            let length = min(zeros.count, to - at)
            try write(length == zeros.count ? zeros : Array(zeros[..<length]), at: at)
            at += length
        }
    }

    /// The bytes of a span; shorter where the file ends.
    func read(at place: Int, length: Int) throws -> [UInt8] {
        var failed: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            while count < length {
                let got = pread(
                    descriptor, buffer.baseAddress.map { $0 + count }, length - count, off_t(place + count))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failed = errno }
                if got <= 0 { return }
                count += got
            }
        }
        if failed != 0 { throw SegmentFile.failure(path, failed) }
        return bytes
    }

    /// Waits until the data are on the disk.
    func sync() throws {
        if fdatasync(descriptor) != 0 { throw SegmentFile.failure(path, errno) }
    }

    /// Waits until a folder's names are on the disk.
    static func syncFolder(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0 { throw failure(path, errno) }
        defer { close(descriptor) }
        if fsync(descriptor) != 0 { throw failure(path, errno) }
    }
}

/// Where a frame lies.
struct FrameAddress: Sendable, Hashable {
    var segment: Int
    /// Bytes from the file's beginning.
    var place: Int
    var length: Int
}
