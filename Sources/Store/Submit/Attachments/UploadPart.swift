import Foundation
import Submit
import Vocabulary

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The pieces of one upload in a file that only grows; its length is the offset.
///
/// A piece counts once `commit` has returned. After a power cut the file may be shorter than what was appended and never
/// holds bytes that were not sent (file systems in ordered mode extend a file only after its data).
actor UploadPart {
    private let path: String
    private var turn = 0
    private var handle: Int32 = -1
    private var length = 0

    init(path: String) { self.path = path }

    /// Opens the file for a new writer and shuts the one before out.
    func take() throws -> (turn: Int, length: Int) {
        turn += 1
        if handle < 0 {
            handle = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
            guard handle >= 0 else { throw failure() }
        }
        let end = lseek(handle, 0, SEEK_END)
        guard end >= 0 else { throw failure() }
        length = Int(end)
        return (turn, length)
    }

    func append(_ bytes: [UInt8], turn asked: Int) throws {
        guard asked == turn, handle >= 0 else { throw Failure("submit.upload_taken_over") }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                pwrite(handle, buffer.baseAddress?.advanced(by: done), buffer.count - done, off_t(length + done))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                let fault = failure()
                // What a full disk took half is given back, so that the offset is that of whole appends.
                _ = ftruncate(handle, off_t(length))
                throw fault
            }
            done += count
        }
        length += done
    }

    func commit(turn asked: Int) throws -> Int {
        guard asked == turn, handle >= 0 else { throw Failure("submit.upload_taken_over") }
        guard fsync(handle) == 0 else { throw failure() }
        return length
    }

    func lay(turn asked: Int) {
        guard asked == turn, handle >= 0 else { return }
        close(handle)
        handle = -1
    }

    private func failure() -> Failure {
        if errno == ENOSPC || errno == EDQUOT { return Failure("submit.upload_no_space") }
        return Failure("store.cannot_write", ["path": path, "cause": String(cString: strerror(errno))])
    }
}

/// All parts under way; a part lives as long as somebody holds a pen on it.
actor UploadParts {
    private var parts: [String: (part: UploadPart, holders: Int)] = [:]
    private let folder: String

    init(folder: String) { self.folder = folder }

    func hold(_ id: UploadID) throws -> UploadPart {
        if let known = parts[id.rawValue] {
            parts[id.rawValue] = (known.part, known.holders + 1)
            return known.part
        }
        try makeFolder()
        let part = UploadPart(path: UploadParts.path(folder, id))
        parts[id.rawValue] = (part, 1)
        return part
    }

    func release(_ id: UploadID) {
        guard let known = parts[id.rawValue] else { return }
        parts[id.rawValue] = known.holders > 1 ? (known.part, known.holders - 1) : nil
    }

    static func path(_ folder: String, _ id: UploadID) -> String { folder + "/" + id.rawValue + ".part" }

    private func makeFolder() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw Failure("store.cannot_write", ["path": folder], cause: error) }
    }
}

/// The pen of one writer on one part.
struct PartPen: UploadPen {
    let id: UploadID
    let part: UploadPart
    let parts: UploadParts
    let turn: Int
    let start: Int

    func append(_ bytes: [UInt8]) async throws { try await part.append(bytes, turn: turn) }
    func commit() async throws -> Int { try await part.commit(turn: turn) }
    func lay() async {
        await part.lay(turn: turn)
        await parts.release(id)
    }
}
