import Foundation

/// A JSON value as the demonstration reads and writes it.
enum DemoJSON: Sendable, Hashable, Codable {
    case null
    case flag(Bool)
    /// Numbers keep their digits.
    case number(Decimal)
    case text(String)
    case list([DemoJSON])
    case object([String: DemoJSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .flag(value)
        } else if let value = try? container.decode(Decimal.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([DemoJSON].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: DemoJSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    /// Keys sorted, so that a repeated request has the same bytes.
    var data: Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)) ?? Data()
    }

    subscript(_ key: String) -> DemoJSON? {
        if case .object(let fields) = self { return fields[key] }
        return nil
    }

    var text: String? {
        if case .text(let value) = self { return value }
        return nil
    }

    var whole: Int? {
        if case .number(let value) = self { return NSDecimalNumber(decimal: value).intValue }
        return nil
    }

    var list: [DemoJSON] {
        if case .list(let values) = self { return values }
        return []
    }
}

extension DemoJSON: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    init(stringLiteral value: String) { self = .text(value) }
    init(arrayLiteral elements: DemoJSON...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, DemoJSON)...) {
        self = .object(Dictionary(elements) { first, _ in first })
    }
}
