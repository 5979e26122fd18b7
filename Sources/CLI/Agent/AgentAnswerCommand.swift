import ArgumentParser
import Collect
import Foundation
import Vocabulary

/// `heng agent answer`: answers open challenges out of the committed list and a table of last samples.
struct AgentAnswerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer",
        abstract:
            "Answer open challenges from the inventory and a CSV of last samples (id,ts,sample,owner,region,place).")

    @OptionGroup var connection: AgentConnection
    @Option(help: "The list that was committed to.")
    var inventory = "inventory.txt"
    @Option(help: "CSV with the columns id, ts, sample, owner, region, place; without it the drawn devices are listed.")
    var samples: String?

    private struct Challenges: Decodable {
        struct One: Decodable {
            struct Leaf: Decodable {
                let place: Int
                let verdict: String?
            }
            struct Committed: Decodable {
                let size: Int
                let root: Digest
            }
            let id: Int
            let dueAt: Instant
            let inventory: Committed
            let leaves: [Leaf]
        }
        let items: [One]
    }

    private struct Answers: Encodable { let answers: [LeafAnswer] }

    private struct Verdicts: Decodable {
        struct Line: Decodable {
            let place: Int
            let verdict: String
        }
        let verdicts: [Line]
    }

    static let columns = ["id", "ts", "sample", "owner", "region", "place"]

    func run() async throws {
        try await Terminal.reporting(connection.lang) {
            let client = try connection.client()
            let list = try InventoryFile.read(inventory)
            let found = try await client.ask("GET", "/port/v1/challenges").decode(Challenges.self).items
            let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            var open = 0
            for challenge in found where challenge.dueAt > now {
                let places = challenge.leaves.filter { $0.verdict != "good" }.map(\.place)
                guard !places.isEmpty else { continue }
                guard challenge.inventory.root == list.root else {
                    throw Failure("agent.inventory_other", ["file": inventory, "challenge": "\(challenge.id)"])
                }
                open += try await answer(challenge.id, places, list, client)
            }
            if open > 0 { throw ExitCode(1) }
        }
    }

    /// - Returns: leaves that are still not answered for.
    private func answer(
        _ challenge: Int, _ places: [Int], _ list: Inventory, _ client: PortClient
    ) async throws -> Int {
        let language = Terminal.language(connection.lang)
        guard let samples else {
            for place in places { print(list.identifiers[place]) }
            return places.count
        }
        let rows = try table(samples)
        let ready = try places.compactMap { place in
            try rows[list.identifiers[place]].map { try leafAnswer(place, list, $0) }
        }
        var good = 0
        for start in stride(from: 0, to: ready.count, by: 200) {
            let part = Answers(answers: Array(ready[start..<min(start + 200, ready.count)]))
            let answer = try await client.ask(
                "POST", "/port/v1/challenges/\(challenge)/answers", body: try JSONEncoder().encode(part),
                headers: ["Content-Type": "application/json"])
            for line in try answer.decode(Verdicts.self).verdicts {
                if line.verdict == "good" {
                    good += 1
                } else {
                    Terminal.say(
                        language, "agent.leaf_refused",
                        ["id": list.identifiers[line.place], "verdict": line.verdict])
                }
            }
        }
        Terminal.say(
            language, "agent.answered",
            ["challenge": "\(challenge)", "good": "\(good)", "open": "\(places.count - good)"])
        return places.count - good
    }

    private func table(_ file: String) throws -> [String: [String: String]] {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: file)) else {
            throw Failure("collect.file_unreadable", ["file": file, "reason": ""])
        }
        let table = DelimitedText(utf8: Array(data))
        if let missing = Self.columns.first(where: { table.column($0) == nil }) {
            throw Failure(
                "agent.column_missing",
                ["column": missing, "field": missing, "header": table.header.joined(separator: ", ")])
        }
        return table.rows.reduce(into: [:]) { rows, row in
            let cells = Self.columns.reduce(into: [String: String]()) { cells, name in
                if let column = table.column(name), column < row.fields.count { cells[name] = row.fields[column] }
            }
            rows[cells["id"] ?? ""] = cells
        }
    }

    private func leafAnswer(_ place: Int, _ list: Inventory, _ row: [String: String]) throws -> LeafAnswer {
        let text = row["ts"] ?? ""
        guard let sampledAt = Int64(text).map({ Instant(milliseconds: $0 * 1000) }) ?? Instant(rfc3339: text) else {
            throw Failure("agent.sample_time", ["id": list.identifiers[place], "ts": text])
        }
        return LeafAnswer(
            leaf: try list.leaf(place), next: place + 1 < list.size ? try list.leaf(place + 1) : nil,
            sampledAt: sampledAt, sample: row["sample"] ?? "", owner: row["owner"] ?? "", region: row["region"] ?? "",
            place: row["place"] ?? "")
    }
}
