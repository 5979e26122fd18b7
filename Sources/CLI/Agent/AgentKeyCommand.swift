import ArgumentParser
import Foundation
import Trust
import Vocabulary

/// `heng agent key`: makes a signing key; its private half never leaves the machine.
struct AgentKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make an Ed25519 signing key; prints the public half, which you register at the port page.")

    @Argument(help: "File to write; it is readable by you alone and never overwritten.")
    var file: String
    @Option(help: "The key's id, as the server gave it when the public half was registered (set it in the file later).")
    var id = "KEYID"
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    func run() async throws {
        try await Terminal.reporting(lang) {
            let seed = SystemRandomSource().bytes(32)
            let key = try SignatureKey.ed25519(seed: seed)
            let text = "ed25519 \(id) \(Data(seed).base64EncodedString())\n"
            let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw Failure("agent.key_file_exists", ["file": file]) }
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
            print(Data(key.publicKey ?? []).base64EncodedString())
        }
    }
}
