import ArgumentParser

/// `heng agent`: what runs at a platform's side of the port.
struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent",
        abstract: "Check and push records, watch a folder, commit to an inventory, answer challenges.",
        subcommands: [
            AgentCheckCommand.self, AgentPushCommand.self, AgentWatchCommand.self, AgentKeyCommand.self,
            AgentCommitCommand.self, AgentAnswerCommand.self,
        ])
}

/// Where to and as whom: the same for every command that speaks with a server.
struct AgentConnection: ParsableArguments {
    @Option(help: "Address of the server: https://heng.example.")
    var server: String
    @Option(help: "Port key; without it the environment's HENG_KEY.")
    var key: String?
    @Option(help: "File of a signing key, as made by heng agent key; requests are then signed (RFC 9421).")
    var signingKey: String?
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    /// - Throws: `agent.key_missing`, `agent.server_address`, `agent.signing_key_unreadable`.
    func client() throws -> PortClient {
        try PortClient(
            server: server, key: key, signer: signingKey.map { try RequestSigner(file: $0) },
            announce: Terminal.announcer(lang))
    }
}
