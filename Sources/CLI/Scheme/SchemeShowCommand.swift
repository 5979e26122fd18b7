import ArgumentParser
import Publish
import Scheme

/// `heng scheme show`: the scheme as people read it.
struct SchemeShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print a scheme as people read it.")

    @Argument(help: "The scheme file; - reads standard input.")
    var file: String
    @Option(help: "Language: zh or en.")
    var lang = "zh"

    func run() async throws {
        try await Terminal.reporting(lang) {
            let language = Terminal.language(lang)
            let method = MethodWriter(try SchemeFile.scheme(file), language).method()
            SchemeFile.write(MethodText(method, language).text())
        }
    }
}
