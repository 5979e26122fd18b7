import ArgumentParser
import Foundation
import Review
import Trust
import Vocabulary
import Wording

/// `heng sample`: verification by sample, for people who check it.
struct SampleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Check draws of verification by sample.",
        subcommands: [SampleRepeatCommand.self])
}

/// `heng sample repeat DRAW.json`: draws again from the published seed, offline and without a data folder.
struct SampleRepeatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repeat", abstract: "Draw again from the published seed and compare, offline.",
        discussion: """
            DRAW.json is what a list's page offers as its draw, or the API at .../samples/INDICATOR/draw. With \
            --checkpoint and --key the seed must be the root of exactly that checkpoint, which you kept. Exit status 1 \
            when anything differs.
            """)

    @Argument(help: "The draw; - reads standard input.")
    var file: String
    @Option(help: "A checkpoint that you kept; the seed must be its root.")
    var checkpoint: String?
    @Option(help: "The log's public key (name+id+base64), or a file that holds it.")
    var key: String?
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    func validate() throws {
        if (checkpoint == nil) != (key == nil) {
            throw ValidationError("--checkpoint and --key go together.")
        }
    }

    func run() async throws {
        try await Terminal.reporting(lang) {
            let draw: PublishedDraw
            do {
                draw = try JSONDecoder().decode(PublishedDraw.self, from: Data(LogFile.text(file).utf8))
            } catch let error as DecodingError {
                throw Failure("sampling.repeat.unreadable", ["path": file], cause: error)
            }
            let verifier = try key.map { try NoteVerifier(reading: LogFile.keyText($0)) }
            var kept: Checkpoint?
            if let checkpoint, let verifier {
                kept = try Checkpoint(verifying: LogFile.text(checkpoint), with: verifier)
            }
            let findings = draw.findings(against: kept)
            guard findings.isEmpty else {
                throw Failure("sampling.repeat.failed", ["name": draw.name], findings: findings)
            }
            let values = [
                "name": draw.name, "rows": "\(draw.rowCount)", "count": "\(draw.count)",
                "size": "\(draw.checkpointSize)", "drawn": draw.drawn,
            ]
            let key = kept == nil ? "sampling.repeat.same" : "sampling.repeat.same_and_kept"
            print(Catalogue.of(Terminal.language(lang)).text(key, values))
        }
    }
}
