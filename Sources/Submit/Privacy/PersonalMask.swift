import Scheme

/// What of a personal value is shown to those who need not read it: enough to talk about the row, too little to know
/// the person.
public enum PersonalMask {
    /// The first character of short texts; the first two and the last two of texts from eight characters on. The length
    /// of long texts is not told.
    public static func masked(_ value: String) -> String {
        switch value.count {
        case 0: ""
        case 1: "*"
        case 2...7: String(value.prefix(1)) + String(repeating: "*", count: min(value.count - 1, 3))
        default: String(value.prefix(2)) + "****" + String(value.suffix(2))
        }
    }

    /// The row with its personal fields masked, the others as they are.
    public static func masked(_ row: ItemRow, personal: Set<String>) -> ItemRow {
        guard !personal.isEmpty else { return row }
        let fields = row.fields.reduce(into: [:]) { shown, field in
            shown[field.key] = personal.contains(field.key) ? masked(field.value) : field.value
        }
        return ItemRow(number: row.number, fields: fields)
    }
}

extension Indicator {
    /// Ids of the list's fields that tell something of a person.
    public var personalFields: Set<String> { Set(items.filter(\.isPersonal).map(\.id)) }
}
