import Foundation

/// A picture with the finding as its title and the table behind it; `charts.js` draws it.
struct ChartView: Sendable, Decodable {
    /// The name of downloaded files.
    let name: String
    /// What `charts.js` draws, as JSON.
    let data: String
    let finding: String
    let unit: String
    let summary: String
    let head: [String]
    let rows: [Row]
    struct Row: Sendable, Decodable {
        let cells: [String]
    }

    /// The radar's data: one value in percent an axis.
    struct Radar: Encodable {
        let kind = "radar"
        let axes: [String]
        let series: [Series]
        struct Series: Encodable {
            let name: String
            let values: [Double]
        }
    }

    /// Columns over a row of days.
    struct Columns: Encodable {
        let kind = "columns"
        let axis: [String]
        let unit: String
        let series: [Series]
        struct Series: Encodable {
            let name: String
            let tone: String
            let values: [Int]
        }
    }

    static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
