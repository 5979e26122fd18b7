import Foundation
import Hummingbird
import Logging
import Match
import Transports
import Vocabulary

/// The demonstration's registry: serves the invented titles over HTTP while the server asks for them.
enum DemoRegistry {
    /// Runs the work while the registry answers on the port of this machine. Where something answers there already,
    /// that is left to serve.
    static func serving(
        _ table: String, title: String, asOf: CivilDay, port: Int, _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        let header = ListHeader(title: title, issuer: "", document: "", date: asOf)
        let reading = OfficialListReader().read(Array(table.utf8), header: header)
        let errors = reading.findings.filter { $0.severity == .error }
        guard errors.isEmpty else { throw Failure("match.file_wrong", ["path": title], findings: errors) }
        var logger = Logger(label: "heng.demo.registry")
        logger.logLevel = .critical
        let (ready, announce) = AsyncStream.makeStream(of: Bool.self)
        let app = Application(
            router: ReferenceRegistry(reading.list, asOf: asOf).router(),
            configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: "heng-registry"),
            onServerRunning: { _ in announce.yield(true) }, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await app.run()
                } catch {
                    // The port is taken: another registry, of an earlier run or of whoever set one up, answers there.
                    announce.yield(false)
                }
            }
            for await _ in ready { break }
            try await work()
            group.cancelAll()
        }
    }
}
