import Foundation
import GRDB
import Trust
import Vocabulary

/// The keys of personal data, in a file that is not in the data folder: who copies the one has not the other.
///
/// One key a line, 64 hexadecimal digits, newest first; empty lines and lines that begin with `#` are skipped.
public enum PersonalKeyFile {
    /// Reads the keys, or makes the first one where nothing is sealed yet.
    ///
    /// - Parameters:
    ///   - path: of the file; it may not lie in the data folder.
    ///   - folder: the data folder.
    ///   - holdsSealed: whether the database has anything sealed; then a missing file is a fault and never replaced.
    /// - Throws: `privacy.key_in_folder`, `privacy.key_missing`, `privacy.key_unreadable`, each with the path.
    public static func open(
        path: String, folder: String, holdsSealed: Bool, random: any RandomSource
    ) throws -> DataSeal {
        let inside = URL(filePath: folder).standardizedFileURL.path() + "/"
        if URL(filePath: path).standardizedFileURL.path().hasPrefix(inside) {
            throw Failure("privacy.key_in_folder", ["path": path, "folder": folder])
        }
        if !FileManager.default.fileExists(atPath: path) {
            if holdsSealed { throw Failure("privacy.key_missing", ["path": path]) }
            let line = Hexadecimal.text(random.bytes(32)) + "\n"
            let made = FileManager.default.createFile(
                atPath: path, contents: Data(line.utf8), attributes: [.posixPermissions: 0o600])
            if !made { throw Failure("privacy.key_unreadable", ["path": path]) }
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Failure("privacy.key_unreadable", ["path": path])
        }
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
        do {
            let keys = try lines.map { try DataSeal.Key(bytes: Hexadecimal.bytes($0) ?? []) }
            return try DataSeal(keys: keys, random: random)
        } catch { throw Failure("privacy.key_unreadable", ["path": path]) }
    }

    /// Where the file is when nobody says: beside the data folder, under its name with `.personal-key`.
    public static func path(beside folder: String) -> String {
        var path = URL(filePath: folder).standardizedFileURL.path()
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path + ".personal-key"
    }

    /// Whether anything in the database is sealed.
    public static func isNeeded(by database: AuditedDatabase) async throws -> Bool {
        try await database.read { db in
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (
                        SELECT 1 FROM sheet_row WHERE sealed IS NOT NULL UNION SELECT 1 FROM second_factor
                        UNION SELECT 1 FROM objector UNION SELECT 1 FROM expert WHERE sealed IS NOT NULL)
                    """
            ) ?? false
        }
    }
}
