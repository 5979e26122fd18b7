import ArgumentParser
import Foundation

/// The one binary: server, command line and agent.
@main
struct Heng: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "heng",
        abstract: "Evaluate industrial-internet platforms: collect, verify, score, rank, explain, publish, prove.",
        version: "0.1.0",
        subcommands: [
            AgentCommand.self,
            CodeCommand.self,
            CountCommand.self,
            LogCommand.self,
            DemoCommand.self,
            DoctorCommand.self,
            MatchCommand.self,
            RegistryCommand.self,
            SampleCommand.self,
            SchemeCommand.self,
            ScoreCommand.self,
            ServeCommand.self,
            UserCommand.self,
        ])

    /// Like the library's own, but wrong usage ends with 2, as `docs/cli.md` promises.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            let code = exitCode(for: error)
            if code == .validationFailure {
                Terminal.write(fullMessage(for: error) + "\n")
                Foundation.exit(2)
            }
            exit(withError: error)
        }
    }
}
