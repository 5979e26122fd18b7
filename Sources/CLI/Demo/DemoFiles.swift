import Demonstration
import Foundation
import Vocabulary

/// Everything that the demonstration hands in, as files: for a look at it, and for other programs to count.
///
/// Shape: `records/P01.ndjson` (with the platform in every record, as `heng count` asks), `P01/*.csv` and `P01/*.pdf`,
/// `lists/*.csv`, `registry.csv`.
enum DemoFiles {
    /// - Throws: `demo.file_unwritable`.
    static func write(_ field: DemonstrationField, to folder: String) throws {
        for platform in field.platforms {
            let records = field.traffic(of: platform).batches.naming(platform).reduce(into: Data()) { $0 += $1.body }
            try write(records, to: "\(folder)/records/\(platform.id).ndjson")
            for cell in field.cells(of: platform) {
                if let items = cell.items {
                    try write(Data(items.table.utf8), to: "\(folder)/\(platform.id)/\(cell.indicator).csv")
                }
                for document in cell.evidence {
                    try write(Data(document.bytes), to: "\(folder)/\(platform.id)/\(document.name)")
                }
            }
        }
        for list in field.officialLists {
            try write(Data(list.table.utf8), to: "\(folder)/lists/\(list.award).csv")
        }
        try write(Data(field.registryTable.utf8), to: "\(folder)/registry.csv")
    }

    private static func write(_ data: Data, to path: String) throws {
        do {
            let file = URL(filePath: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try data.write(to: file)
        } catch {
            throw Failure("demo.file_unwritable", ["path": path], cause: error)
        }
    }
}
