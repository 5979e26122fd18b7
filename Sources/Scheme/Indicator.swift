import Vocabulary

/// One indicator: what it is, how it is collected, and how its value becomes points.
public struct Indicator: Sendable, Hashable {
    /// The number in the authority's text, 1…32.
    public var number: Int
    public var id: IndicatorID
    /// Word for word as in the source.
    public var title: LocalizedText
    /// Our own words: what is counted and what is not.
    public var definition: LocalizedText
    public var unit: LocalizedText
    public var mode: CollectionMode
    public var subject: Subject
    public var window: Sourced<Window>
    public var points: Sourced<ExactDecimal>
    /// Share in a weighted mean; nil where points add up.
    public var weight: Sourced<Double>?
    public var rule: Rule
    /// Digits after the point in which values are declared and shown.
    public var valuePlaces: Int
    public var missing: MissingPolicy
    /// Parts that a reader types or that machines fill, for indicators made of several figures; empty: one value.
    public var parts: [Part]
    /// The columns of the item list behind the value; empty: none is asked.
    public var items: [ItemField]
    /// Evidence asked of the company, in words; empty: none.
    public var evidence: [EvidenceRequirement]
    /// The measure of the port that counts it, such as `distinct-devices`; nil for other modes.
    public var portMeasure: String?
    public var evidenceClass: EvidenceClass
    /// Verified by sample of its rows.
    public var isSampled: Bool
    /// Values another indicator supplies, for ratios: `core-talent`.
    public var ratio: Ratio?
    /// Figures declared beside the value and not scored themselves: the parts of a ratio, the conditions of a yes/no,
    /// figures that are only shown. Their value ids are `indicator.figure`, as for parts.
    public var auxiliaries: [Part]
    /// How accepted rows of the item list become the value; nil where there is no list.
    public var itemCount: ItemCount?
    /// The most rows that may be handed in (18: nine cases); nil without limit.
    public var itemLimit: Sourced<Int>?
    /// Official lists that are matched (mode `list`); open-ended data.
    public var lists: [OfficialListSource]
    /// What the experts look at, in words.
    public var aspects: [LocalizedText]
    /// Circumstances that shrink the points (8: a filing without test report counts half).
    public var reductions: [Reduction]
    /// A value id; when its value is 0 or missing the indicator earns nothing (18: no accepted case).
    public var zeroWithout: String?

    public init(
        number: Int, id: IndicatorID, title: LocalizedText, definition: LocalizedText, unit: LocalizedText,
        mode: CollectionMode, subject: Subject, window: Sourced<Window>, points: Sourced<ExactDecimal>,
        weight: Sourced<Double>? = nil, rule: Rule, valuePlaces: Int = 0, missing: MissingPolicy = .zero,
        parts: [Part] = [], items: [ItemField] = [], evidence: [EvidenceRequirement] = [], portMeasure: String? = nil,
        evidenceClass: EvidenceClass = .none, isSampled: Bool = false, ratio: Ratio? = nil,
        auxiliaries: [Part] = [], itemCount: ItemCount? = nil, itemLimit: Sourced<Int>? = nil,
        lists: [OfficialListSource] = [], aspects: [LocalizedText] = [], reductions: [Reduction] = [],
        zeroWithout: String? = nil
    ) {
        self.number = number
        self.id = id
        self.title = title
        self.definition = definition
        self.unit = unit
        self.mode = mode
        self.subject = subject
        self.window = window
        self.points = points
        self.weight = weight
        self.rule = rule
        self.valuePlaces = valuePlaces
        self.missing = missing
        self.parts = parts
        self.items = items
        self.evidence = evidence
        self.portMeasure = portMeasure
        self.evidenceClass = evidenceClass
        self.isSampled = isSampled
        self.ratio = ratio
        self.auxiliaries = auxiliaries
        self.itemCount = itemCount
        self.itemLimit = itemLimit
        self.lists = lists
        self.aspects = aspects
        self.reductions = reductions
        self.zeroWithout = zeroWithout
    }

    /// The ids of the figures declared beside the value: `core-talent-share.employees`.
    public var auxiliaryIDs: [String] { auxiliaries.map { "\(id).\($0.id)" } }

    /// The ids under which values are keyed: the indicator's own, or `indicator.part` for each part.
    public var valueIDs: [String] { parts.isEmpty ? [id.rawValue] : parts.map { "\(id).\($0.id)" } }
}

/// How figures reach the system.
public enum CollectionMode: String, Sendable, Hashable, Codable, CaseIterable {
    /// By port, by upload, by list, by registry; `given` for an index over given values.
    case port, upload, list, registry, given
}

/// Whose indicator it is.
public enum Subject: String, Sendable, Hashable, Codable, CaseIterable { case platform, `operator` }

/// The time a value speaks of.
public enum Window: Sendable, Hashable {
    /// Mean of the port months.
    case portMonthsMean
    /// Median over the days of the last port month of the day-end stock.
    case end
    case dataYear
    case onCutOff
    case upToCutOff
    /// First and last year, both included.
    case years(Int, Int)
    case listYear(Int)
    /// The scheme says nothing of time (an index over given values).
    case given
}

/// What a cell without a value is worth.
public enum MissingPolicy: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing declared: 0 points.
    case zero
    /// Left out; the others carry its weight.
    case excluded
    /// The unit is not rated at all.
    case unrated
}

/// One figure of an indicator that is made of several.
public struct Part: Sendable, Hashable {
    public var id: String
    public var title: LocalizedText
    public var unit: LocalizedText
    public var valuePlaces: Int
    /// How the part's value is obtained: typed, counted from items, or the experts' mark.
    public var kind: Kind
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable { case number, condition, mark }

    public init(id: String, title: LocalizedText, unit: LocalizedText, valuePlaces: Int, kind: Kind) {
        self.id = id
        self.title = title
        self.unit = unit
        self.valuePlaces = valuePlaces
        self.kind = kind
    }
}

/// One column of an item list.
public struct ItemField: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case text, number, year, date, creditCode, country, region
        /// One of the dictionary's codes or titles.
        case choice(dictionary: String)
        /// A form of certificate number: `patent`, `software-copyright`, `standard`, `mlps-filing`.
        case certificate(String)
    }
    public var id: String
    public var title: LocalizedText
    public var kind: Kind
    public var isRequired: Bool
    /// Rows equal in all key fields count once.
    public var isKey: Bool
    /// Required where the named field of the row is empty (a credit code, or else country and number).
    public var requiredUnless: String?
    /// Tells something of a person: encrypted where it is kept, masked where it is shown, deleted on schedule.
    public var isPersonal: Bool

    public init(
        id: String, title: LocalizedText, kind: Kind, isRequired: Bool, isKey: Bool, requiredUnless: String? = nil,
        isPersonal: Bool = false
    ) {
        self.requiredUnless = requiredUnless
        self.isPersonal = isPersonal
        self.id = id
        self.title = title
        self.kind = kind
        self.isRequired = isRequired
        self.isKey = isKey
    }
}

/// One piece of evidence asked for.
public struct EvidenceRequirement: Sendable, Hashable {
    public var id: String
    public var title: LocalizedText
    public var isRequired: Bool
    /// Kinds of certificate that answer it and are held against the form (`dcmm-certificate`); empty for any paper.
    public var documents: [String]

    public init(id: String, title: LocalizedText, isRequired: Bool, documents: [String] = []) {
        self.id = id
        self.title = title
        self.isRequired = isRequired
        self.documents = documents
    }
}

/// A value that is a quotient: numerator ÷ denominator × 100.
public struct Ratio: Sendable, Hashable {
    /// A value id of the scheme, or a part of this indicator.
    public var numerator: String
    public var denominator: String
    /// Below it the denominator is raised to it (12: at least 20 employees).
    public var denominatorAtLeast: Sourced<Double>?

    public init(numerator: String, denominator: String, denominatorAtLeast: Sourced<Double>? = nil) {
        self.numerator = numerator
        self.denominator = denominator
        self.denominatorAtLeast = denominatorAtLeast
    }
}

/// Which row of the evidence table applies.
public enum EvidenceClass: String, Sendable, Hashable, Codable, CaseIterable { case stock, activity, none }
