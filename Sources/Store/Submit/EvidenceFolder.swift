import Foundation
import Trust
import Vocabulary

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files by digest in a folder: `ab/cdef….` Written to a temporary name, synced, renamed, the folder synced; what is
/// there under a digest is whole.
struct EvidenceFolder: Sendable {
    let path: String

    /// Puts the bytes on disk; does nothing when they are there already.
    ///
    /// - Parameter temporary: A name that nobody else uses at this moment.
    /// - Throws: `store.cannot_write` with the path.
    func put(_ bytes: [UInt8], digest: Digest, temporary: String) throws {
        let folder = path + "/" + String(digest.hex.prefix(2))
        let final = file(digest)
        if FileManager.default.fileExists(atPath: final), (try? read(digest)) != nil { return }
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure("store.cannot_write", ["path": folder], cause: error)
        }
        let draft = folder + "/" + temporary + ".part"
        try writeSynced(bytes, to: draft)
        guard rename(draft, final) == 0 else {
            unlink(draft)
            throw cannotWrite(final)
        }
        try syncFolder(folder)
        try syncFolder(path)
    }

    /// Nil when there is no such file.
    /// - Throws: `submit.evidence_lost` when its bytes are not those of the digest any more.
    func read(_ digest: Digest) throws -> [UInt8]? {
        guard let data = FileManager.default.contents(atPath: file(digest)) else { return nil }
        let bytes = [UInt8](data)
        guard Digest.sha256(of: bytes) == digest else { throw Failure("submit.evidence_lost", ["digest": digest.hex]) }
        return bytes
    }

    private func file(_ digest: Digest) -> String {
        path + "/" + String(digest.hex.prefix(2)) + "/" + String(digest.hex.dropFirst(2))
    }

    private func writeSynced(_ bytes: [UInt8], to path: String) throws {
        let handle = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw cannotWrite(path) }
        var done = 0
        var failed = false
        bytes.withUnsafeBytes { buffer in
            while done < buffer.count {
                let count = write(handle, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                if count < 0 && errno == EINTR { continue }
                if count <= 0 {
                    failed = true
                    return
                }
                done += count
            }
        }
        if failed || fsync(handle) != 0 {
            let failure = cannotWrite(path)
            close(handle)
            unlink(path)
            throw failure
        }
        close(handle)
    }

    private func syncFolder(_ path: String) throws {
        let handle = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw cannotWrite(path) }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw cannotWrite(path) }
    }

    private func cannotWrite(_ path: String) -> Failure {
        Failure("store.cannot_write", ["path": path, "cause": String(cString: strerror(errno))])
    }
}
