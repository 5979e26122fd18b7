import ArgumentParser
import Foundation
import Hummingbird
import Logging
import Match
import Transports
import Vocabulary
import Wording

/// `heng registry`: the reference registry that the adapter is tested against.
struct RegistryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registry", abstract: "The reference registry of titles (docs/api/registry.yaml).",
        subcommands: [Serve.self])

    /// `heng registry serve`.
    struct Serve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "serve",
            abstract: "Serve a register of titles: a row an award (company, code, title, validity).")

        @Argument(help: "The register (CSV, UTF-8).")
        var list: String
        @Option(help: "Address to listen on.")
        var host = "127.0.0.1"
        @Option(help: "Port to listen on; 0 takes a free one and prints it.")
        var port = 8090
        @Option(help: "What the register is called; the file's name unless given.")
        var title: String?
        @Option(help: "The day up to which the register is complete (2025-11-30); the file's own day unless given.")
        var asOf: String?
        @Option(help: "Language of what people read: zh or en.")
        var lang = "zh"

        func validate() throws {
            if let asOf, CivilDay(asOf) == nil { throw ValidationError("--as-of is a day such as 2025-11-30") }
        }

        func run() async throws {
            try await Terminal.reporting(lang) {
                let language = Terminal.language(lang)
                let title = title ?? URL(filePath: list).deletingPathExtension().lastPathComponent
                let header = ListHeader(
                    title: title, issuer: "", document: "", date: CivilDay(daysSince1970: 0))
                let reading = OfficialListReader().read(try PlainTable.bytes(of: list), header: header)
                let errors = reading.findings.filter { $0.severity == .error }
                guard errors.isEmpty else { throw Failure("match.file_wrong", ["path": list], findings: errors) }
                for finding in reading.findings.prefix(100) {
                    Terminal.write("\(list): \(finding.place): \(Catalogue.of(language).text(finding))\n")
                }
                let registry = ReferenceRegistry(reading.list, asOf: asOf.flatMap { CivilDay($0) } ?? fileDay())
                try await serve(registry, title, reading.list.rows.count, language)
            }
        }

        private func serve(_ registry: ReferenceRegistry, _ title: String, _ rows: Int, _ language: Language)
            async throws
        {
            var logger = Logger(label: "heng.registry")
            logger.logLevel = .notice
            let host = host
            let app = Application(
                router: registry.router(),
                configuration: .init(address: .hostname(host, port: port), serverName: "heng-registry"),
                onServerRunning: { channel in
                    let address = "http://\(host):\(channel.localAddress?.port ?? 0)"
                    Terminal.say(
                        language, "match.registry_serving", ["title": title, "rows": "\(rows)", "address": address])
                },
                logger: logger)
            try await app.runService()
        }

        /// The day on which the file was last written.
        private func fileDay() -> CivilDay {
            let attributes = try? FileManager.default.attributesOfItem(atPath: list)
            let date = attributes?[.modificationDate] as? Date ?? Date()
            return DayCutter(zoneName: "Asia/Shanghai")?.day(of: Instant(date)) ?? CivilDay(daysSince1970: 0)
        }
    }
}
