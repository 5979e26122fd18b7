import ArgumentParser
import Foundation
import Vocabulary

/// How a command writes its data.
enum DataFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv

    /// A table on a terminal, else JSON.
    static func chosen(_ given: DataFormat?) -> DataFormat { given ?? (isatty(STDOUT_FILENO) == 1 ? .table : .json) }
}

/// Rows for people: columns aligned to the left, the last one as long as it is.
enum PlainTable {
    static func text(_ rows: [[String]]) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? TerminalWidth.of($0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            row.enumerated().map { column, cell in
                column + 1 == row.count
                    ? cell : cell + String(repeating: " ", count: widths[column] - TerminalWidth.of(cell))
            }.joined(separator: "  ") + "\n"
        }.joined()
    }

    static func print(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }

    /// - Throws: `match.file_unreadable`.
    static func bytes(of path: String) throws -> [UInt8] {
        do {
            if path == "-" { return Array(try FileHandle.standardInput.readToEnd() ?? Data()) }
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw Failure("match.file_unreadable", ["path": path], cause: error)
        }
    }
}
