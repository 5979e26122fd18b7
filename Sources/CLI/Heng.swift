import ArgumentParser

/// The one binary: server, command line and agent.
@main
struct Heng: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "heng",
        abstract: "Evaluate industrial-internet platforms: collect, verify, score, rank, explain, publish, prove.",
        version: "0.1.0",
        subcommands: [
            CountCommand.self,
            ServeCommand.self,
        ])
}
