import ArgumentParser
import Foundation
import Scheme
import Vocabulary
import Wording

/// `heng scheme`: check, show, compare and print scheme files.
struct SchemeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scheme", abstract: "Check, show, compare and print scheme files.",
        subcommands: [
            SchemeAnchorsCommand.self, SchemeAnnexCommand.self, SchemeCheckCommand.self, SchemeDiffCommand.self,
            SchemeShowCommand.self,
        ])
}

/// Scheme files at the edge of the command line.
enum SchemeFile {
    /// - Throws: `scheme.file_unreadable`.
    static func bytes(_ path: String) throws -> [UInt8] {
        do {
            if path == "-" { return Array(try FileHandle.standardInput.readToEnd() ?? Data()) }
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw Failure("scheme.file_unreadable", ["file": path], cause: error)
        }
    }

    /// - Throws: `scheme.file_unreadable`; `scheme.file_invalid` with every finding.
    static func scheme(_ path: String) throws -> IndicatorScheme {
        let (scheme, findings) = SchemeReader.read(bytes: try bytes(path))
        guard let scheme else { throw Failure("scheme.file_invalid", ["file": path], findings: findings) }
        return scheme
    }

    static func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}
