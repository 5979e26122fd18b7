import ArgumentParser
import Foundation
import Store
import Trust
import Vocabulary
import Wording

/// `heng log`: checkpoints and proofs of the audit log.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Print checkpoints and proofs of the audit log, and check them offline.",
        subcommands: [
            LogCheckpointCommand.self, LogKeyCommand.self, LogProveCommand.self, LogRecountCommand.self,
            LogVerifyCommand.self,
        ])
}

/// `heng log checkpoint`: the log as it stands, signed.
struct LogCheckpointCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint", abstract: "Print the signed checkpoint of a data folder's log.")

    @Option(help: "Folder that holds everything the server keeps.")
    var data = "data"
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    func run() async throws {
        try await Terminal.reporting(lang) {
            let folder = try DataFolder(data, creating: false)
            print(try await folder.log.checkpoint().note, terminator: "")
        }
    }
}

/// `heng log key`: the public key that checkpoints are checked with.
struct LogKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Print the public key of a data folder's log.")

    @Option(help: "Folder that holds everything the server keeps.")
    var data = "data"
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    func run() async throws {
        try await Terminal.reporting(lang) { print(try DataFolder(data, creating: false).log.verifier.description) }
    }
}

/// `heng log prove INDEX`: a proof file, which needs nothing but the public key to be checked.
struct LogProveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove", abstract: "Print the proof file (C2SP tlog-proof) of an entry.")

    @Argument(help: "Index of the entry, from 0.")
    var index: Int
    @Option(help: "Folder that holds everything the server keeps.")
    var data = "data"
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    func run() async throws {
        try await Terminal.reporting(lang) {
            print(try await DataFolder(data, creating: false).log.proof(index).text, terminator: "")
        }
    }
}
