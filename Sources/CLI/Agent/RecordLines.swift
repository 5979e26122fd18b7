import Collect
import Foundation
import Paper
import Vocabulary

/// The records of a file as lines of NDJSON, whatever form the file has: NDJSON (plain, gzip, zstd), CSV or XLSX with a
/// column map.
enum RecordLines {
    /// Calls `take` with each line and its number in the file, in order.
    /// - Throws: `agent.map_needed` for tables without a map, `collect.file_unreadable`, `collect.content_damaged`, what
    ///   reading tables and `ColumnMap` throw, and what `take` throws.
    static func read(
        _ file: String, map: ColumnMap?, _ take: (_ line: Int, _ text: Substring.UTF8View) async throws -> Void
    ) async throws {
        let lower = file.lowercased()
        if lower.hasSuffix(".csv") || lower.hasSuffix(".xlsx") {
            guard let map else { throw Failure("agent.map_needed", ["file": file]) }
            let rows = lower.hasSuffix(".csv") ? try delimited(file) : try workbook(file, map)
            guard let header = rows.first else { throw Failure("agent.table_empty", ["file": file]) }
            let places = try map.places(in: header.cells)
            for row in rows.dropFirst() where !row.cells.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) {
                try await take(row.line, map.record(row.cells, places)[...].utf8)
            }
            return
        }
        try await newlineDelimited(file, take)
    }

    private static func bytes(_ file: String) throws -> [UInt8] {
        do { return Array(try Data(contentsOf: URL(fileURLWithPath: file))) } catch {
            throw Failure("collect.file_unreadable", ["file": file, "reason": error.localizedDescription])
        }
    }

    private static func delimited(_ file: String) throws -> [(line: Int, cells: [String])] {
        let table = DelimitedText(utf8: try bytes(file))
        if let fault = table.findings.first(where: { $0.severity == .error }) {
            throw Failure("agent.table_damaged", ["file": file], findings: [fault])
        }
        return [(1, table.header)] + table.rows.map { ($0.line, $0.fields) }
    }

    private static func workbook(_ file: String, _ map: ColumnMap) throws -> [(line: Int, cells: [String])] {
        let book = try Workbook(xlsx: bytes(file))
        guard let sheet = map.sheet.map({ name in book.sheets.first { $0.name == name } }) ?? book.sheets.first else {
            throw Failure("agent.sheet_missing", ["file": file, "sheet": map.sheet ?? ""])
        }
        return sheet.rows.enumerated().map { ($0.offset + 1, $0.element.map(\.plainText)) }
    }

    /// In pieces, so that a file of any size needs a few megabytes.
    private static func newlineDelimited(
        _ file: String, _ take: (_ line: Int, _ text: Substring.UTF8View) async throws -> Void
    ) async throws {
        let input = try InputFile(file)
        var carry: [UInt8] = []
        var line = 0
        var piece = try next(input)
        var decoder = try ContentDecoder(ContentCoding(firstBytes: piece ?? []))
        while let bytes = piece {
            var lines: [ArraySlice<UInt8>] = []
            try bytes.withUnsafeBufferPointer { packed in
                try decoder.feed(packed) { out in carry.append(contentsOf: out) }
            }
            if let last = carry.lastIndex(of: 0x0a) {
                lines = carry[...last].split(separator: 0x0a, omittingEmptySubsequences: false).dropLast()
                carry.removeSubrange(...last)
            }
            for text in lines {
                line += 1
                try await pass(line, text, take)
            }
            piece = try next(input)
        }
        try decoder.finish()
        if !carry.isEmpty { try await pass(line + 1, carry[...], take) }
    }

    /// The next megabyte; nil at the end.
    private static func next(_ input: borrowing InputFile) throws -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        let count = try piece.withUnsafeMutableBytes { try input.next(into: $0) }
        return count == 0 ? nil : Array(piece[..<count])
    }

    private static func pass(
        _ line: Int, _ bytes: ArraySlice<UInt8>,
        _ take: (_ line: Int, _ text: Substring.UTF8View) async throws -> Void
    ) async throws {
        guard bytes.contains(where: { $0 > 0x20 }) else { return }
        // Bytes that are no UTF-8 must reach the server as they are refused there, so they are shown as U+FFFD.
        try await take(line, String(decoding: bytes, as: UTF8.self)[...].utf8)
    }
}
