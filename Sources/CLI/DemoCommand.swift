import ArgumentParser
import Demonstration
import Foundation
import Scheme
import Vocabulary

/// `heng demo`: drives a running server through its public interfaces, as forty platforms, their offices, experts and
/// the authority would.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Drive a running server through a whole demonstration round.")

    @Option(help: "Address of the running server.")
    var server = "http://127.0.0.1:8080"
    @Option(help: "How many platforms take part, 1 to 400.")
    var platforms = 40
    @Option(help: "The same seed gives the same round to the last digit.")
    var seed: UInt64 = 2025
    @Option(help: "The round's id; by default demo- and the seed.")
    var round: String?
    @Option(help: "The scheme that the round runs on, as the server knows it.")
    var scheme = "jiangsu-2025"
    @Option(help: "Password of the account admin, used for all demonstration accounts (or HENG_ADMIN_PASSWORD).")
    var adminPassword: String?
    @Option(help: "Port on which the demonstration's registry answers; by default the server's port and one.")
    var registryPort: Int?
    @Flag(help: "Stop before the computation, so that a person can do it in the browser.")
    var leaveComputing = false
    @Option(help: "How many seconds to wait for a server that is away.")
    var patience: Double = 120
    @Option(help: "How many requests are under way at once.")
    var connections = 4
    @Option(help: "Write everything that would be handed in to this folder, and drive no server.")
    var files: String?
    @Option(help: "With --files: the scheme's file.")
    var schemeFile = "Schemes/jiangsu-2025.yaml"
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    func validate() throws {
        guard (1...400).contains(platforms) else { throw ValidationError("--platforms takes 1 to 400") }
        guard (1...64).contains(connections) else { throw ValidationError("--connections takes 1 to 64") }
        guard let url = URL(string: server), url.host != nil, url.scheme == "http" || url.scheme == "https" else {
            throw ValidationError("--server takes an address such as http://127.0.0.1:8080")
        }
    }

    func run() async throws {
        try await Terminal.reporting(lang) {
            if let files { return try write(files) }
            let environment = ProcessInfo.processInfo.environment
            guard let base = URL(string: server) else { throw Failure("demo.server_address", ["server": server]) }
            guard let password = adminPassword ?? environment["HENG_ADMIN_PASSWORD"] else {
                throw Failure("demo.password_missing")
            }
            let progress = DemoProgress(language: Terminal.language(lang))
            let client = DemoClient(base: base, patienceSeconds: patience, connections: connections) {
                progress.say("demo.server_waiting", ["server": server])
            }
            let setting = DemoSetting(
                round: RoundID(round ?? "demo-\(seed)"), scheme: scheme, platforms: platforms, seed: seed,
                password: password, registryPort: registryPort ?? (base.port ?? 80) + 1, connections: connections,
                leavesComputing: leaveComputing)
            let office = DemoOffice(client: client, password: password)
            try await DemoDriver(setting: setting, office: office, progress: progress).run()
        }
    }
}

extension DemoCommand {
    /// Writes the field's material without any server.
    private func write(_ folder: String) throws {
        guard let data = FileManager.default.contents(atPath: schemeFile),
            let scheme = SchemeReader.read(bytes: Array(data)).scheme
        else { throw Failure("demo.scheme_unreadable", ["scheme": schemeFile]) }
        try DemoFiles.write(
            try DemonstrationField.make(platforms: platforms, seed: seed, scheme: scheme), to: folder)
        Terminal.say(Terminal.language(lang), "demo.files_written", ["folder": folder])
    }
}

/// What the demonstration was asked for.
struct DemoSetting: Sendable {
    var round: RoundID
    var scheme: String
    var platforms: Int
    var seed: UInt64
    /// Of the administrator, and of every account that the demonstration creates.
    var password: String
    var registryPort: Int
    var connections: Int
    /// A person computes in the browser; the drive ends before.
    var leavesComputing = false
}
