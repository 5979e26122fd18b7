import ArgumentParser
import Publish
import Scheme

/// `heng scheme annex`: the annex of the notice, indicators and how they are marked.
struct SchemeAnnexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "annex", abstract: "Print the notice's annex: indicators and how they are marked, as Markdown.")

    @Argument(help: "The scheme file; - reads standard input.")
    var file: String
    @Option(help: "Language: zh or en.")
    var lang = "zh"

    func run() async throws {
        try await Terminal.reporting(lang) {
            let language = Terminal.language(lang)
            let method = MethodWriter(try SchemeFile.scheme(file), language).method()
            SchemeFile.write(MethodMarkdown(method, language).text())
        }
    }
}
