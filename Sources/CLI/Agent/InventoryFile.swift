import Collect
import Foundation
import Vocabulary

/// The committed list on the platform's disk: one identifier a line, sorted by bytes. Keep it: challenges are answered
/// from it.
enum InventoryFile {
    /// - Throws: `agent.inventory_unreadable`.
    static func read(_ file: String) throws -> Inventory {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw Failure("agent.inventory_unreadable", ["file": file])
        }
        return Inventory(text.split(separator: "\n").map(String.init))
    }

    /// - Throws: `agent.journal_unwritable`.
    static func write(_ inventory: Inventory, to file: String) throws {
        let text = inventory.identifiers.map { $0 + "\n" }.joined()
        do { try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic) } catch {
            throw Failure("agent.journal_unwritable", ["file": file], cause: error)
        }
    }

    private struct DeviceRow: Decodable {
        let kind: String?
        let id: String?
    }

    /// The device identifiers of files of records, or of lists of one identifier a line (`.txt`).
    static func gather(_ files: [String], map: ColumnMap?) async throws -> Inventory {
        var identifiers: Set<String> = []
        let decoder = JSONDecoder()
        for file in files {
            if file.lowercased().hasSuffix(".txt") {
                identifiers.formUnion(try read(file).identifiers)
                continue
            }
            try await RecordLines.read(file, map: map) { _, text in
                guard let row = try? decoder.decode(DeviceRow.self, from: Data(text)), row.kind ?? "device" == "device",
                    let id = row.id
                else { return }
                identifiers.insert(id)
            }
        }
        return Inventory(identifiers)
    }
}
