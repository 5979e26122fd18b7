import Vocabulary

/// Item lists: the columns, and how accepted rows become the value.
enum ItemReading {
    static func fields(_ items: SchemeBlock) -> [ItemField] {
        let fields = items.blocks("fields", .field, required: true).map(field)
        items.recordSelf(fields.map(\.title.zh).joined(separator: "; "))
        return fields
    }

    private static func field(_ block: SchemeBlock) -> ItemField {
        ItemField(
            id: block.string("id") ?? "", title: block.text("title"), kind: kind(block),
            isRequired: block.flag("required", default: !block.has("required-unless")), isKey: block.flag("key"),
            requiredUnless: block.string("required-unless", required: false), isPersonal: block.flag("personal"))
    }

    private static let plainKinds: [String: ItemField.Kind] = [
        "text": .text, "number": .number, "year": .year, "date": .date, "credit-code": .creditCode,
        "country": .country, "region": .region,
    ]

    private static func kind(_ block: SchemeBlock) -> ItemField.Kind {
        guard let name = block.string("kind") else { return .text }
        if let kind = plainKinds[name] { return kind }
        switch name {
        case "choice": return .choice(dictionary: block.string("dictionary") ?? "")
        case "certificate": return .certificate(block.string("form") ?? "")
        default:
            let choices = (plainKinds.keys.sorted() + ["choice", "certificate"]).joined(separator: ", ")
            block.faults.add("expected_choice", at: block.path("kind"), ["value": name, "choices": choices])
            return .text
        }
    }

    static let counts: [SchemeKeys] = [.distinct, .weighted, .byPart, .highest]

    static func count(_ items: SchemeBlock) -> ItemCount? {
        guard let node = items.node("count") else {
            items.missing("count")
            return nil
        }
        let name = node.mapping?["kind"]?.scalar?.string ?? ""
        guard let kind = counts.first(where: { $0.rawValue == name }) else {
            let choices = counts.map(\.rawValue).joined(separator: ", ")
            items.faults.add("expected_choice", at: items.path("count.kind"), ["value": name, "choices": choices])
            return nil
        }
        guard let block = items.block("count", kind) else { return nil }
        switch kind {
        case .weighted: return weighted(block)
        case .byPart: return .byPart(field: block.string("field") ?? "")
        case .highest: return .highest(field: block.string("field") ?? "")
        default: return .distinct
        }
    }

    private static func weighted(_ block: SchemeBlock) -> ItemCount {
        let worth = block.namedNumbers("worth", required: true).map { ItemUnits(code: $0.name, units: $0.value) }
        let caps = block.blocks("caps", .unitCap).map { cap in
            UnitCap(
                codes: cap.strings("codes", required: true), units: cap.number("units") ?? Sourced(0, .default))
        }
        return .weighted(field: block.string("field") ?? "", worth: worth, caps: caps)
    }
}
