import ArgumentParser
import Foundation
import Hummingbird
import Logging
import Vocabulary
import Web

/// `heng serve`: the server, embedded storage.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the server on one data folder.")

    @Option(help: "Folder that holds everything the server keeps.")
    var data = "data"
    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"
    @Option(help: "Port to listen on; 0 takes a free one and prints it.")
    var port = 8080
    @Option(help: "Folder with scheme files (*.yaml).")
    var schemes = "Schemes"
    @Option(help: "Base address of the specialised-and-new registry (see docs/api/registry.yaml).")
    var registry: String?
    @Option(help: "Address of a work chat's robot that gets the messages (secret: HENG_WEBHOOK_SECRET).")
    var webhook: String?
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    func run() async throws {
        try await Terminal.reporting(lang) {
            let house = try await House.open(
                data: data, schemes: schemes, registry: registry, webhook: webhook, announce: Terminal.announcer(lang))
            var logger = Logger(label: "heng")
            logger.logLevel = .notice
            let language = Terminal.language(lang)
            let app = Application(
                router: try Site(services: house.services).router(),
                configuration: .init(address: .hostname(host, port: port), serverName: "heng"),
                onServerRunning: { channel in
                    let bound = channel.localAddress?.port ?? 0
                    Terminal.say(language, "common.serving", ["address": "http://\(host):\(bound)/"])
                },
                logger: logger)
            // The server and its computations end together, whichever ends first.
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await house.services.computations.run() }
                for work in house.services.people.background { group.addTask { try await work.run() } }
                group.addTask { try await house.keepPort() }
                group.addTask { try await app.runService() }
                try await group.next()
                group.cancelAll()
            }
            try house.close()
        }
    }
}
