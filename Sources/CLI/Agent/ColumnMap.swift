import Foundation
import Vocabulary
import Yams

/// How the columns of a table become fields of records: a YAML file that the platform's engineer writes once.
///
/// ```yaml
/// kind: device
/// sheet: Devices         # of a workbook; the first one without it
/// columns: {id: Serial, ts: Date, cloud: Deployment, company: Customer code}
/// constants: {id_basis: serial}
/// values: {cloud: {Shared: public, Own: private}}
/// ```
struct ColumnMap: Decodable, Sendable {
    var kind: String
    var sheet: String?
    /// Field of the record: header of the column.
    var columns: [String: String]
    /// Field: what stands there in every row.
    var constants: [String: String]?
    /// Field: what a cell says, and what is sent for it.
    var values: [String: [String: String]]?

    /// - Throws: `agent.map_unreadable`.
    init(file: String) throws {
        do {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            self = try YAMLDecoder().decode(ColumnMap.self, from: text)
        } catch { throw Failure("agent.map_unreadable", ["file": file, "reason": "\(error)"]) }
    }

    /// Fields that are numbers on the wire.
    private static let numbers: Set = ["n", "points", "vcpu", "storage_bytes", "value", "min", "max", "distinct"]

    /// Where the mapped columns stand. Throws: `agent.column_missing`.
    func places(in header: [String]) throws -> [(field: String, column: Int)] {
        try columns.sorted { $0.key < $1.key }.map { field, title in
            guard let column = header.firstIndex(where: { $0.trimmingCharacters(in: .whitespaces) == title }) else {
                throw Failure(
                    "agent.column_missing", ["column": title, "field": field, "header": header.joined(separator: ", ")])
            }
            return (field, column)
        }
    }

    /// A row as one line of NDJSON. Empty cells are left out, so that the server says which field is missing.
    func record(_ cells: [String], _ places: [(field: String, column: Int)]) -> String {
        var fields: [(String, String)] = [("kind", kind)]
        fields += (constants ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        for (field, column) in places where column < cells.count {
            let cell = cells[column].trimmingCharacters(in: .whitespaces)
            if !cell.isEmpty { fields.append((field, values?[field]?[cell] ?? cell)) }
        }
        let members = fields.map { name, value in
            "\(Self.quoted(name)):\(Self.isNumber(name, value) ? value : Self.quoted(value))"
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    private static func isNumber(_ field: String, _ value: String) -> Bool {
        (numbers.contains(field) || field == "ts") && value.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?/) != nil
    }

    private static func quoted(_ text: String) -> String {
        let data = try? JSONEncoder().encode(text)
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
