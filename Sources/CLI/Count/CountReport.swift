import ArgumentParser
import Collect
import Vocabulary

/// The counts as people and programs read them.
struct CountReport {
    enum Format: String, ExpressibleByArgument { case table, json, csv }

    let grouping: CountGrouping
    let counts: [GroupCount]

    private var columns: [String] {
        CountGrouping.names.filter { grouping.contains($0.1) }.map(\.0) + ["records", "distinct"]
    }

    private func cells(_ count: GroupCount) -> [String] {
        columns.map { column in
            switch column {
            case "platform": return count.group.platform
            case "kind": return count.group.kind
            case "month": return String(count.group.period.prefix(7))
            case "day": return count.group.period
            case "records": return "\(count.records)"
            default: return "\(count.distinct)"
            }
        }
    }

    func text(_ format: Format) -> String {
        switch format {
        case .json: return json
        case .csv: return ([columns] + counts.map(cells)).map(DelimitedText.line).joined()
        case .table: return table
        }
    }

    private var json: String {
        let numbers: Set = ["records", "distinct"]
        let rows = counts.map { count in
            let members = zip(columns, cells(count)).map { name, cell in
                "\"\(name)\": \(numbers.contains(name) ? cell : CountReport.quoted(cell))"
            }
            return "{" + members.joined(separator: ", ") + "}"
        }
        return rows.isEmpty ? "[]\n" : "[" + rows.joined(separator: ",\n ") + "]\n"
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }

    private var table: String {
        let rows = [columns] + counts.map(cells)
        let widths = columns.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return column >= row.count - 2 ? padding + row[column] : row[column] + padding
            }.joined(separator: "  ") + "\n"
        }.joined()
    }
}
