import ArgumentParser
import Foundation
import Store
import Trust
import Vocabulary
import Wording

/// `heng log verify FILE --key KEY`: checks a proof file or a checkpoint, offline and without a data folder.
struct LogVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check a proof file or a checkpoint offline, with the log's public key.",
        discussion: """
            FILE is what `heng log prove`, `heng log checkpoint` or the server gave. With --checkpoint the proof must \
            lead to exactly that checkpoint, which you kept from another time or place.
            """)

    @Argument(help: "Proof file or checkpoint; - reads standard input.")
    var file: String
    @Option(help: "The log's public key (name+id+base64), or a file that holds it.")
    var key: String
    @Option(help: "A checkpoint that you kept; the proof must belong to it.")
    var checkpoint: String?
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    func run() async throws {
        try await Terminal.reporting(lang) {
            let verifier = try NoteVerifier(reading: LogFile.keyText(key))
            let text = try LogFile.text(file)
            let catalogue = Catalogue.of(Terminal.language(lang))
            guard text.hasPrefix("c2sp.org/tlog-proof") else {
                let head = try Checkpoint(verifying: text, with: verifier)
                print(catalogue.text("trust.checkpoint_good", LogFile.values(head)))
                return
            }
            let proof = try LogProof(reading: text)
            let (leaf, head) = try proof.verify(with: verifier)
            if let kept = try checkpoint.map({ try Checkpoint(verifying: LogFile.text($0), with: verifier) }) {
                guard kept.size == head.size, kept.root == head.root else { throw Failure("trust.other_checkpoint") }
            }
            var values = LogFile.values(head)
            values["index"] = "\(proof.inclusion.index)"
            print(catalogue.text("trust.proof_good", values))
            print(String(decoding: leaf.bytes, as: UTF8.self))
        }
    }
}

/// `heng log recount`: recomputes a data folder's whole log and believes no stored hash.
struct LogRecountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recount", abstract: "Recompute the whole log of a data folder and compare it with checkpoints.",
        discussion: "Exit status 1 when an entry was changed or deleted, or a kept checkpoint does not fit.")

    @Argument(help: "Checkpoints that were kept: each must be the beginning of the log.")
    var checkpoints: [String] = []
    @Option(help: "Folder that holds everything the server keeps.")
    var data = "data"
    @Option(help: "The log's public key, or a file that holds it; without it the folder's own.")
    var key: String?
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    func run() async throws {
        try await Terminal.reporting(lang) {
            let folder = try DataFolder(data, creating: false)
            let verifier = try key.map { try NoteVerifier(reading: LogFile.keyText($0)) } ?? folder.log.verifier
            let kept = try checkpoints.map { try Checkpoint(verifying: LogFile.text($0), with: verifier) }
            let recount = try await LogRecount(folder.database, against: kept)
            guard recount.findings.isEmpty else {
                throw Failure("trust.recount_failed", ["size": "\(recount.size)"], findings: recount.findings)
            }
            let values = [
                "size": "\(recount.size)", "root": recount.root.hex, "openings": "\(recount.openings)",
                "checkpoints": "\(kept.count)",
            ]
            print(Catalogue.of(Terminal.language(lang)).text("trust.recount_good", values))
        }
    }
}

/// The small files that `heng log` reads.
enum LogFile {
    /// - Throws: `trust.file_unreadable`.
    static func text(_ path: String) throws -> String {
        if path == "-" {
            return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
        }
        do { return try String(contentsOfFile: path, encoding: .utf8) } catch {
            throw Failure("trust.file_unreadable", ["path": path], cause: error)
        }
    }

    /// A key given as text, or the text of a file of that name.
    static func keyText(_ given: String) throws -> String {
        if FileManager.default.fileExists(atPath: given) {
            return try text(given).trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return given
    }

    static func values(_ head: Checkpoint) -> [String: String] {
        ["origin": head.origin, "size": "\(head.size)", "root": head.root.hex]
    }
}
