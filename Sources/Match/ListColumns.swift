import Foundation

/// What a column of an official list, a register or a file of names can carry.
public enum ListColumn: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
    case company, code, formerNames, formerCodes, platform, platformAliases, title, level, region, project, document,
        batch, validFrom, validUntil, status
}

/// The tables of `Data/list-columns.json`: how columns are headed in practice.
struct ColumnTables: Sendable {
    /// Normalised header → column.
    let columns: [String: ListColumn]
    /// Normalised headers that carry nothing for us (the serial number).
    let ignored: Set<String>
    /// Normalised words of the status column that take an award back.
    let revokedWords: Set<String>

    static let shared = ColumnTables()

    private init() {
        let data = Data(PackageResources.list_columns_json)
        let raw = (try? JSONDecoder().decode([String: [String]].self, from: data)) ?? [:]
        var columns: [String: ListColumn] = [:]
        for (key, headers) in raw {
            guard let column = ListColumn(rawValue: key) else { continue }
            for header in headers { columns[NormalisedName(title: header).key] = column }
        }
        self.columns = columns
        self.ignored = Set((raw["ignored"] ?? []).map { NormalisedName(title: $0).key })
        self.revokedWords = Set((raw["revokedWords"] ?? []).map { NormalisedName(title: $0).key })
    }
}

/// Which column of a file carries what.
public struct ListMapping: Sendable, Hashable {
    /// Column → its index in the file, from 0.
    public var indexes: [ListColumn: Int]

    public init(indexes: [ListColumn: Int]) { self.indexes = indexes }

    /// By the headers' usual wordings; the first of two columns that mean the same wins, the others are unused.
    public init(header: [String]) {
        var indexes: [ListColumn: Int] = [:]
        for (index, name) in header.enumerated() {
            guard let column = ColumnTables.shared.columns[NormalisedName(title: name).key] else { continue }
            if indexes[column] == nil { indexes[column] = index }
        }
        self.indexes = indexes
    }

    /// Enough to find anybody by.
    public var isUsable: Bool { indexes[.company] != nil || indexes[.code] != nil }

    func text(_ column: ListColumn, _ fields: [String]) -> String? {
        guard let index = indexes[column], index < fields.count else { return nil }
        let text = fields[index].trimmingWhitespace()
        return text.isEmpty ? nil : text
    }
}
