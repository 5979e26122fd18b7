import Access
import ArgumentParser
import Foundation
import Vocabulary

/// `heng user list`: every account with its roles.
struct UserListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the accounts.")

    @Option(help: "Folder that holds everything the server keeps.")
    var data = "data"
    @Option(help: "table, json or csv; table on a terminal, json otherwise.")
    var format: String?
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    struct Line: Encodable {
        let id: String
        let displayName: String
        let roles: [String]
        let company: String?
        let region: String?
        let locked: Bool

        init(_ account: Account) {
            id = account.id.rawValue
            displayName = account.displayName
            roles = account.roles.sorted().map(\.rawValue)
            company = account.company?.text
            region = account.region?.rawValue
            locked = account.lock != nil
        }

        var fields: [String] {
            [id, displayName, roles.joined(separator: " "), company ?? "", region ?? "", locked ? "locked" : ""]
        }
    }

    func validate() throws {
        if let format, !["table", "json", "csv"].contains(format) {
            throw ValidationError("--format is table, json or csv")
        }
    }

    func run() async throws {
        try await Terminal.reporting(lang) {
            let folder = try DataFolder(data, creating: false)
            var lines: [Line] = []
            var after: AccountID?
            repeat {
                let page = try await folder.accounts.accounts(after: after, limit: 500)
                lines += page.map(Line.init)
                after = page.count == 500 ? page.last?.id : nil
            } while after != nil
            switch format ?? (isatty(STDOUT_FILENO) == 1 ? "table" : "json") {
            case "json":
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
                print(String(decoding: try encoder.encode(lines), as: UTF8.self))
            case "csv":
                print("id,displayName,roles,company,region,locked")
                for line in lines { print(line.fields.map(Self.csv).joined(separator: ",")) }
            default:
                for line in lines { print(line.fields.joined(separator: "\t")) }
            }
        }
    }

    private static func csv(_ field: String) -> String {
        guard field.contains(where: { ",\"\n\r".contains($0) }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
