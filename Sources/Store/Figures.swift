import Foundation
import Vocabulary

/// Values by id as a JSON object of strings: exact, with their places, keys sorted.
enum Figures {
    static func json(_ values: [String: ExactDecimal]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(values.mapValues(\.description)), as: UTF8.self)
    }

    /// - Throws: `store.row_damaged` when the text holds anything but figures.
    static func values(_ json: String, table: String) throws -> [String: ExactDecimal] {
        let texts = try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
        return try texts.mapValues { text in
            guard let value = ExactDecimal(text) else {
                throw Failure("store.row_damaged", ["table": table, "row": text])
            }
            return value
        }
    }
}
