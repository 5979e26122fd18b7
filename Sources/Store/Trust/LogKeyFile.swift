import Foundation
import Trust
import Vocabulary

/// The key that signs a log's checkpoints, in a folder of its own that only the server's user may read.
public enum LogKeyFile {
    private static let secretName = "log.key"
    private static let publicName = "log.pub"

    /// Reads the key, or makes one for a new log: `log.key` (mode 600) and `log.pub`, which may be given away.
    /// - Parameter folder: Created with mode 700 when it is missing.
    /// - Throws: `store.folder_unusable`, `trust.key_unreadable`.
    public static func open(folder: String, random: any RandomSource) throws -> NoteSigner {
        let secretPath = folder + "/" + secretName
        if let text = try? String(contentsOfFile: secretPath, encoding: .utf8) {
            return try NoteSigner(reading: text.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        // A key that stands there but cannot be read is never replaced: its log would lose its signer.
        guard !FileManager.default.fileExists(atPath: secretPath) else {
            throw Failure("store.folder_unusable", ["path": secretPath])
        }
        let seed = random.bytes(32)
        // The public key's first digits tell the logs of two installations apart.
        let mark = try NoteSigner(name: "heng", seed: seed).verifier.keyID
        let signer = try NoteSigner(name: "heng/log-\(Hexadecimal.text(mark))", seed: seed)
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try write(signer.secretText, to: secretPath, permissions: 0o600)
            try write(signer.verifier.description, to: folder + "/" + publicName, permissions: 0o644)
        } catch { throw Failure("store.folder_unusable", ["path": folder], cause: error) }
        return signer
    }

    private static func write(_ text: String, to path: String, permissions: Int) throws {
        let made = FileManager.default.createFile(
            atPath: path, contents: Data((text + "\n").utf8), attributes: [.posixPermissions: permissions])
        if !made { throw Failure("store.folder_unusable", ["path": path]) }
    }
}
