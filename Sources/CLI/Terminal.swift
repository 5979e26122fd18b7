import ArgumentParser
import Foundation
import Vocabulary
import Wording

/// What a command says to a person: always on standard error, in the reader's language.
enum Terminal {
    static func language(_ tag: String) -> Language { Language(tag: tag) ?? .zhHans }

    /// One sentence of the catalogue.
    static func say(_ language: Language, _ key: String, _ values: [String: String] = [:]) {
        write(Catalogue.of(language).text(key, values) + "\n")
    }

    static func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }

    static func announcer(_ tag: String) -> @Sendable (String, [String: String]) -> Void {
        let language = language(tag)
        return { say(language, $0, $1) }
    }

    /// Runs a command's work; a failure is said in the reader's language and becomes the exit status:
    /// 1 the input is wrong, 3 the system.
    static func reporting(_ tag: String, _ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let failure as Failure {
            let catalogue = Catalogue.of(language(tag))
            write(catalogue.text(failure) + "\n")
            for finding in failure.findings { write("  \(finding.place): \(catalogue.text(finding))\n") }
            throw ExitCode(ExitStatus.of(failure.code))
        }
    }
}

/// The one table from failure codes to exit status: 1 findings (the input is wrong), 2 usage, 3 system.
enum ExitStatus {
    static func of(_ code: String) -> Int32 {
        let system = ["store.", "common.", "web.", "serve."]
        return system.contains { code.hasPrefix($0) } ? 3 : 1
    }
}
