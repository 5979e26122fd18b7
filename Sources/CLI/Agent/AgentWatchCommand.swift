import ArgumentParser
import Foundation
import Vocabulary
import Wording

/// `heng agent watch`: sends every file that comes to rest in a folder.
struct AgentWatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Watch a folder: send each file once it has stopped growing; done files move to sent/.")

    @Argument(help: "The folder.")
    var folder: String
    @OptionGroup var connection: AgentConnection
    @Option(help: "Column map of CSV and XLSX files.")
    var map: String?
    @Option(help: "Seconds between two looks; a file is sent when two looks found the same size and time.")
    var every = 10
    @Flag(help: "Look twice, send what there is, and end.")
    var once = false

    static let endings = [".ndjson", ".jsonl", ".csv", ".xlsx", ".gz", ".zst"]

    func validate() throws {
        if every < 1 { throw ValidationError("--every takes seconds, from 1") }
    }

    func run() async throws {
        try await Terminal.reporting(connection.lang) {
            let language = Terminal.language(connection.lang)
            let push = FilePush(
                client: try connection.client(), map: try map.map { try ColumnMap(file: $0) }, lateReason: nil,
                isSandbox: false, language: language)
            Terminal.say(language, "agent.watching", ["folder": folder])
            var before = try Self.files(in: folder)
            while true {
                try await Task.sleep(for: .seconds(once ? 1 : every))
                let now = try Self.files(in: folder)
                for (name, state) in now.sorted(by: { $0.key < $1.key }) where before[name] == state {
                    try await send(name, push, language)
                }
                if once { return }
                before = try Self.files(in: folder)
            }
        }
    }

    /// A file that cannot be sent stays, is named, and does not hold up the others.
    private func send(_ name: String, _ push: FilePush, _ language: Language) async throws {
        let path = folder + "/" + name
        do {
            _ = try await push.send(path)
            let sent = folder + "/sent"
            try FileManager.default.createDirectory(atPath: sent, withIntermediateDirectories: true)
            for (from, to) in [(path, name), (path + ".receipts", name + ".receipts")] {
                try FileManager.default.moveItem(atPath: from, toPath: "\(sent)/\(to)")
            }
        } catch let failure as Failure {
            Terminal.write("\(path): " + Catalogue.of(language).text(failure) + "\n")
        }
    }

    private struct State: Equatable {
        let size: Int
        let changed: Date
    }

    private static func files(in folder: String) throws -> [String: State] {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
            throw Failure("agent.folder_unreadable", ["folder": folder], cause: error)
        }
        return names.reduce(into: [:]) { found, name in
            guard endings.contains(where: name.lowercased().hasSuffix), !name.hasPrefix("."),
                let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name),
                let size = attributes[.size] as? Int, size > 0, let changed = attributes[.modificationDate] as? Date
            else { return }
            found[name] = State(size: size, changed: changed)
        }
    }
}
