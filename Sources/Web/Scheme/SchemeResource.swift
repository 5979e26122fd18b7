import Scheme
import Vocabulary

/// A scheme in a list.
struct SchemeSummary: Encodable {
    let id: String
    let edition: String
    let title: LocalizedText
    let digest: String
    let indicators: Int
    /// Values that nobody but us stands behind.
    let defaults: Int

    init(_ scheme: IndicatorScheme) {
        id = scheme.id.rawValue
        edition = scheme.edition
        title = scheme.title
        digest = scheme.digest.hex
        indicators = scheme.indicators.count
        defaults = scheme.unconfirmed.count
    }
}

/// A scheme in full: what is asked and what it is worth. The file has every convention besides.
struct SchemeResource: Encodable {
    let id: String
    let edition: String
    let title: LocalizedText
    let digest: String
    let zone: String
    let cutOff: CivilDay?
    let dataYear: Int?
    let bonusCap: ExactDecimal?
    let types: [TypeItem]
    let sections: [SectionItem]
    let dictionaries: [DictionaryItem]
    let defaults: Int

    struct TypeItem: Encodable {
        let id: String
        let title: LocalizedText
        let parameters: [String: Double]
    }

    struct SectionItem: Encodable {
        let id: String
        let title: LocalizedText
        let isBonus: Bool
        let points: ExactDecimal
        let groups: [GroupItem]
    }

    struct GroupItem: Encodable {
        let id: String
        let title: LocalizedText
        let points: ExactDecimal
        let indicators: [IndicatorItem]
    }

    struct DictionaryItem: Encodable {
        let id: String
        let title: LocalizedText
        let origin: Origin
        let entries: [EntryItem]
    }

    struct EntryItem: Encodable {
        let code: String
        let title: LocalizedText
        let parent: String?
        let isCounted: Bool
    }

    init(_ scheme: IndicatorScheme) {
        id = scheme.id.rawValue
        edition = scheme.edition
        title = scheme.title
        digest = scheme.digest.hex
        zone = scheme.zone
        cutOff = scheme.calendar?.cutOff.value
        dataYear = scheme.calendar?.dataYear.value
        bonusCap = scheme.bonusCap?.value
        types = scheme.types.map {
            TypeItem(id: $0.id, title: $0.title, parameters: $0.parameters.mapValues(\.value))
        }
        sections = scheme.sections.map { section in
            SectionItem(
                id: section.id, title: section.title, isBonus: section.isBonus, points: section.points,
                groups: section.groups.map { group in
                    GroupItem(
                        id: group.id, title: group.title, points: group.points,
                        indicators: group.indicators.map { IndicatorItem($0) })
                })
        }
        dictionaries = scheme.dictionaries.map { dictionary in
            DictionaryItem(
                id: dictionary.id, title: dictionary.title, origin: dictionary.origin,
                entries: dictionary.entries.map {
                    EntryItem(code: $0.code, title: $0.title, parent: $0.parent, isCounted: $0.isCounted)
                })
        }
        defaults = scheme.unconfirmed.count
    }
}

/// One indicator of the scheme, with what a client needs to declare and to understand it.
struct IndicatorItem: Encodable {
    let number: Int
    let id: String
    let title: LocalizedText
    let definition: LocalizedText
    let unit: LocalizedText
    let places: Int
    let mode: CollectionMode
    let subject: Subject
    /// As the scheme file writes it: `port-months-mean`, `years 2022-2024`.
    let window: String
    let points: Stated<ExactDecimal>
    /// The ids under which values are declared.
    let values: [ValueItem]
    /// Figures declared beside, not scored.
    let auxiliaries: [ValueItem]
    let fields: [FieldItem]
    let evidence: [EvidenceItem]
    let isSampled: Bool

    struct Stated<Value: Encodable>: Encodable {
        let value: Value
        let origin: Origin
        let document: String?
    }

    struct ValueItem: Encodable {
        let id: String
        let title: LocalizedText
        let unit: LocalizedText
        let places: Int
        let kind: Part.Kind
    }

    struct FieldItem: Encodable {
        let id: String
        let title: LocalizedText
        let kind: String
        let dictionary: String?
        let form: String?
        let isRequired: Bool
        let requiredUnless: String?
        let isKey: Bool
    }

    struct EvidenceItem: Encodable {
        let id: String
        let title: LocalizedText
        let isRequired: Bool
    }

    init(_ indicator: Indicator) {
        number = indicator.number
        id = indicator.id.rawValue
        title = indicator.title
        definition = indicator.definition
        unit = indicator.unit
        places = indicator.valuePlaces
        mode = indicator.mode
        subject = indicator.subject
        window = WindowReading.text(indicator.window.value)
        points = Stated(
            value: indicator.points.value, origin: indicator.points.origin, document: indicator.points.document)
        let own = ValueItem(
            id: indicator.id.rawValue, title: indicator.title, unit: indicator.unit, places: indicator.valuePlaces,
            kind: .number)
        values = indicator.parts.isEmpty ? [own] : indicator.parts.map { Self.value($0, of: indicator) }
        auxiliaries = indicator.auxiliaries.map { Self.value($0, of: indicator) }
        fields = indicator.items.map { Self.field($0) }
        evidence = indicator.evidence.map { EvidenceItem(id: $0.id, title: $0.title, isRequired: $0.isRequired) }
        isSampled = indicator.isSampled
    }

    private static func value(_ part: Part, of indicator: Indicator) -> ValueItem {
        ValueItem(
            id: "\(indicator.id).\(part.id)", title: part.title, unit: part.unit, places: part.valuePlaces,
            kind: part.kind)
    }

    private static func field(_ field: ItemField) -> FieldItem {
        var (kind, dictionary, form): (String, String?, String?) = ("text", nil, nil)
        switch field.kind {
        case .text: kind = "text"
        case .number: kind = "number"
        case .year: kind = "year"
        case .date: kind = "date"
        case .creditCode: kind = "credit-code"
        case .country: kind = "country"
        case .region: kind = "region"
        case .choice(let id): (kind, dictionary) = ("choice", id)
        case .certificate(let id): (kind, form) = ("certificate", id)
        }
        return FieldItem(
            id: field.id, title: field.title, kind: kind, dictionary: dictionary, form: form,
            isRequired: field.isRequired, requiredUnless: field.requiredUnless, isKey: field.isKey)
    }
}
