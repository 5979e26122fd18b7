import Collect
import Foundation
import Synchronization
import Vocabulary

/// Sorted keys in a temporary file that has no name any more, so that it is gone when the process is.
final class TemporarySpill: KeySpill {
    private struct File {
        var descriptor: Int32 = -1
        /// Keys written.
        var length = 0
    }

    private let file = Mutex(File())

    deinit { file.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }

    /// - Throws: `collect.spill_failed` when the temporary folder is full or cannot be written.
    func write(_ keys: UnsafeBufferPointer<RecordKey>) throws -> Int {
        try file.withLock { file in
            if file.descriptor < 0 { file.descriptor = try TemporarySpill.open() }
            let place = file.length
            let bytes = UnsafeRawBufferPointer(keys)
            var done = 0
            while done < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
                let count = pwrite(file.descriptor, rest.baseAddress, rest.count, off_t(place * 16 + done))
                guard count > 0 else { throw TemporarySpill.failure }
                done += count
            }
            file.length += keys.count
            return place
        }
    }

    func read(at place: Int, into keys: UnsafeMutableBufferPointer<RecordKey>) throws {
        let descriptor = file.withLock { $0.descriptor }
        let bytes = UnsafeMutableRawBufferPointer(keys)
        var done = 0
        while done < bytes.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[done...])
            let read = pread(descriptor, rest.baseAddress, rest.count, off_t(place * 16 + done))
            guard read > 0 else { throw TemporarySpill.failure }
            done += read
        }
    }

    private static var failure: Failure {
        Failure("collect.spill_failed", ["path": NSTemporaryDirectory(), "reason": String(cString: strerror(errno))])
    }

    private static func open() throws -> Int32 {
        var name = Array((NSTemporaryDirectory() + "/heng-count-XXXXXX").utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw failure }
        unlink(name)
        return descriptor
    }
}
