import ArgumentParser
import Collect
import Foundation
import Vocabulary

/// `heng agent commit`: commits to the list of devices; the list stays here.
struct AgentCommitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commit",
        abstract: "Commit to the inventory of devices by its Merkle root. The list is written to --inventory; keep it.")

    @Argument(
        help: "Files of device records (NDJSON, CSV or XLSX with --map) or lists of one identifier a line (.txt).")
    var files: [String]
    @OptionGroup var connection: AgentConnection
    @Option(help: "Where the sorted list is kept.")
    var inventory = "inventory.txt"
    @Option(help: "Column map of CSV and XLSX files.")
    var map: String?

    private struct Commitment: Encodable {
        let size: Int
        let root: Digest
    }

    private struct Kept: Decodable { let logIndex: Int }

    func run() async throws {
        try await Terminal.reporting(connection.lang) {
            let client = try connection.client()
            let list = try await InventoryFile.gather(files, map: try map.map { try ColumnMap(file: $0) })
            guard list.size > 0 else { throw Failure("agent.inventory_empty") }
            // The list is on disk before the server hears of it: a commitment without its list cannot be answered for.
            try InventoryFile.write(list, to: inventory)
            let body = try JSONEncoder().encode(Commitment(size: list.size, root: list.root))
            let answer = try await client.ask(
                "POST", "/port/v1/inventories", body: body, headers: ["Content-Type": "application/json"])
            Terminal.say(
                Terminal.language(connection.lang), "agent.committed",
                [
                    "size": "\(list.size)", "root": list.root.hex, "file": inventory,
                    "index": "\(try answer.decode(Kept.self).logIndex)",
                ])
        }
    }
}
