import CCrypt
import Trust
import Vocabulary

/// A password as it is kept: a yescrypt hash with its salt and cost (`$y$…`), never the password.
///
/// yescrypt is the password hash of current Linux distributions (crypt(5)): slow and memory-hard on purpose. Hashing
/// takes some tens of milliseconds and 16 MiB; callers bound how many run at once.
public struct PasswordHash: Sendable, Hashable {
    /// What crypt(3) gives and takes.
    public let text: String

    /// Longest password in bytes; crypt(3) reads no more than 511.
    public static let byteLimit = 256
    /// The size of `struct crypt_data`, fixed by its library.
    private static let workspaceBytes = 32_768
    private static let settingBytes = 192

    /// A stored hash; nil unless it is one of yescrypt.
    public init?(stored text: String) {
        guard text.hasPrefix("$y$") else { return nil }
        self.text = text
    }

    /// Hashes a new password.
    /// - Parameter cost: 1…11, each step doubles time and memory; 5 is the distributions' default.
    /// - Throws: `access.password_unusable` for more than 256 bytes or a NUL; `access.hash_failed`.
    public init(of password: String, random: any RandomSource, cost: Int = 5) throws {
        guard PasswordHash.isUsable(password) else { throw Failure("access.password_unusable") }
        let entropy = random.bytes(32).map { CChar(bitPattern: $0) }
        let setting = withUnsafeTemporaryAllocation(of: CChar.self, capacity: PasswordHash.settingBytes) { out in
            crypt_gensalt_rn(
                "$y$", UInt(cost), entropy, Int32(entropy.count), out.baseAddress, Int32(PasswordHash.settingBytes)
            ).map { String(cString: $0) }
        }
        guard let setting, let hash = PasswordHash.crypt(password, setting), hash.hasPrefix("$y$") else {
            throw Failure("access.hash_failed")
        }
        self.text = hash
    }

    /// Whether the password is the one that was hashed; compares in time that does not depend on where they differ.
    public func matches(_ password: String) -> Bool {
        guard PasswordHash.isUsable(password), let hash = PasswordHash.crypt(password, text) else { return false }
        let (a, b) = (Array(hash.utf8), Array(text.utf8))
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func isUsable(_ password: String) -> Bool {
        password.utf8.count <= byteLimit && !password.utf8.contains(0)
    }

    /// crypt(3) with a workspace of its own, so any number of threads may call it.
    private static func crypt(_ password: String, _ setting: String) -> String? {
        let workspace = UnsafeMutableRawBufferPointer.allocate(byteCount: workspaceBytes, alignment: 16)
        defer {
            workspace.initializeMemory(as: UInt8.self, repeating: 0)
            workspace.deallocate()
        }
        workspace.initializeMemory(as: UInt8.self, repeating: 0)
        return crypt_rn(password, setting, workspace.baseAddress, Int32(workspaceBytes)).map { String(cString: $0) }
    }
}
