import Vocabulary

/// One edition's way of evaluating, as data: what is asked, how it is counted, what it is worth, how ties fall.
///
/// Read from YAML by `SchemeReader`; nothing about an indicator is written in Swift. Shape: sections → groups →
/// indicators, each in printed order.
public struct IndicatorScheme: Sendable, Hashable {
    public var id: SchemeID
    public var title: LocalizedText
    /// `2025`.
    public var edition: String
    /// The IANA name of the zone in which days and months are cut.
    public var zone: String
    /// Dates and windows; nil for a scheme without any (an index over given values).
    public var calendar: SchemeCalendar?
    /// How a VALUES file's columns are named, when they are not named by the scheme's own ids.
    public var values: ValuesMapping
    public var types: [PlatformType]
    public var sections: [Section]
    /// How sections become the total.
    public var aggregation: Aggregation
    public var precision: Precision
    /// The most that all bonus sections together may add.
    public var bonusCap: Sourced<ExactDecimal>?
    public var ranking: Ranking
    /// Highest first; empty when the scheme grades nothing.
    public var grades: [Grade]
    public var evidenceWorth: EvidenceWorth?
    public var sampling: Sampling?
    public var expertMarking: ExpertMarking?
    public var visibility: [VisibilityRule]
    public var dictionaries: [Dictionary]
    /// Forms of certificate numbers, by id; item fields name them.
    public var certificates: [CertificateForm]
    /// Integrity signals with their thresholds.
    public var signals: [IntegritySignal]
    /// Yes/no choices of the edition, such as `county-review` or `count-all-model-kinds`.
    public var switches: [Switch]
    /// What all sections without bonus add up to (100); nil where the total is no sum.
    public var basePoints: ExactDecimal?
    /// Every value of the file with who stands behind it, in the file's order.
    public var provenance: [Provenance]
    /// The version's digest over the file's bytes, SHA-256; what a round freezes.
    public var digest: Digest

    public var groups: [Group] { sections.flatMap(\.groups) }
    public var indicators: [Indicator] { groups.flatMap(\.indicators) }
    public func indicator(_ id: IndicatorID) -> Indicator? { indicators.first { $0.id == id } }
    /// Whether the edition's switch is on; false for one that it does not name.
    public func isOn(_ id: String) -> Bool { switches.first { $0.id == id }?.value.value ?? false }
    public func dictionary(_ id: String) -> Dictionary? { dictionaries.first { $0.id == id } }

    public init(
        id: SchemeID, title: LocalizedText, edition: String, zone: String, calendar: SchemeCalendar?,
        values: ValuesMapping, types: [PlatformType], sections: [Section], aggregation: Aggregation,
        precision: Precision, bonusCap: Sourced<ExactDecimal>?, ranking: Ranking, grades: [Grade],
        evidenceWorth: EvidenceWorth?, sampling: Sampling?, expertMarking: ExpertMarking?,
        visibility: [VisibilityRule], dictionaries: [Dictionary], digest: Digest,
        certificates: [CertificateForm] = [], signals: [IntegritySignal] = [],
        switches: [Switch] = [], basePoints: ExactDecimal? = nil, provenance: [Provenance] = []
    ) {
        self.certificates = certificates
        self.signals = signals
        self.switches = switches
        self.basePoints = basePoints
        self.provenance = provenance
        self.id = id
        self.title = title
        self.edition = edition
        self.zone = zone
        self.calendar = calendar
        self.values = values
        self.types = types
        self.sections = sections
        self.aggregation = aggregation
        self.precision = precision
        self.bonusCap = bonusCap
        self.ranking = ranking
        self.grades = grades
        self.evidenceWorth = evidenceWorth
        self.sampling = sampling
        self.expertMarking = expertMarking
        self.visibility = visibility
        self.dictionaries = dictionaries
        self.digest = digest
    }
}

/// Who stands behind a value of the scheme.
public enum Origin: String, Sendable, Codable, Hashable, CaseIterable {
    /// The authority's published text.
    case source
    /// A decision of the authority, with its document number.
    case decision
    /// Ours, until an approver confirms it; marked as ours wherever it is shown.
    case `default`
}

/// A value and who stands behind it.
public struct Sourced<Value: Sendable & Hashable>: Sendable, Hashable {
    public var value: Value
    public var origin: Origin
    /// The number of the notice, for `decision`.
    public var document: String?

    public init(_ value: Value, _ origin: Origin, document: String? = nil) {
        self.value = value
        self.origin = origin
        self.document = document
    }
}

/// The scheme's dates; a round may set another cut-off at its opening.
public struct SchemeCalendar: Sendable, Hashable {
    public var dataYear: Sourced<Int>
    /// The last day of submission in the province.
    public var cutOff: Sourced<CivilDay>
    /// How many whole calendar months before the cut-off are counted.
    public var portMonthCount: Sourced<Int>
    /// Batches may be late by this many days and still be on time.
    public var onTimeDays: Sourced<Int>
    /// Working days in which a query is answered.
    public var queryWorkingDays: Sourced<Int>?
    /// Working days of other steps; nil where the scheme leaves them to the system.
    public var steps = StepDays()

    /// Working days of the steps of a round.
    public struct StepDays: Sendable, Hashable {
        /// In which a level decides what it has before it.
        public var review: Sourced<Int>?
        /// In which a company answers a return or a request for supplements.
        public var `return`: Sourced<Int>?
        /// In which a company that was told its result may ask for a recheck.
        public var recheck: Sourced<Int>?
        /// Of the public notice.
        public var notice: Sourced<Int>?

        public init(
            review: Sourced<Int>? = nil, return: Sourced<Int>? = nil, recheck: Sourced<Int>? = nil,
            notice: Sourced<Int>? = nil
        ) {
            self.review = review
            self.return = `return`
            self.recheck = recheck
            self.notice = notice
        }
    }

    /// The port months, earliest first: the whole months before the month of the cut-off.
    public func portMonths(cutOff: CivilDay) -> [CivilMonth] {
        (1...max(1, portMonthCount.value)).reversed().map { cutOff.month.adding(months: -$0) }
    }

    public init(
        dataYear: Sourced<Int>, cutOff: Sourced<CivilDay>, portMonthCount: Sourced<Int>, onTimeDays: Sourced<Int>,
        queryWorkingDays: Sourced<Int>? = nil, steps: StepDays = StepDays()
    ) {
        self.steps = steps
        self.queryWorkingDays = queryWorkingDays
        self.dataYear = dataYear
        self.cutOff = cutOff
        self.portMonthCount = portMonthCount
        self.onTimeDays = onTimeDays
    }
}

/// How a VALUES file names its columns.
public struct ValuesMapping: Sendable, Hashable {
    /// Nil: the first column.
    public var unitColumn: String?
    public var typeColumn: String?
    /// Value id (`devices-connected`, `standards.national-led`) → the file's column.
    public var columns: [String: String]

    public init(unitColumn: String? = nil, typeColumn: String? = "type", columns: [String: String] = [:]) {
        self.unitColumn = unitColumn
        self.typeColumn = typeColumn
        self.columns = columns
    }
}

extension IndicatorScheme {
    /// The type by its id or by its title in either language, as VALUES files and people write it.
    public func type(named name: String) -> PlatformType? {
        types.first { $0.id == name } ?? types.first { $0.title.zh == name || $0.title.en == name }
    }
}

/// A type of platform: types are data.
public struct PlatformType: Sendable, Hashable {
    public var id: String
    public var title: LocalizedText
    /// Numbers that rules read by name, for instance how many scenarios are asked of the type.
    public var parameters: [String: Sourced<Double>]

    public init(id: String, title: LocalizedText, parameters: [String: Sourced<Double>] = [:]) {
        self.id = id
        self.title = title
        self.parameters = parameters
    }
}

/// A top-level section, worth the sum of its groups.
public struct Section: Sendable, Hashable {
    public var id: String
    public var title: LocalizedText
    /// A bonus: added above the base, up to the cap.
    public var isBonus: Bool
    /// Share in a weighted mean; nil where the total is a sum.
    public var weight: Sourced<Double>?
    public var aggregation: Aggregation
    public var groups: [Group]

    public init(
        id: String, title: LocalizedText, isBonus: Bool, weight: Sourced<Double>?, aggregation: Aggregation,
        groups: [Group]
    ) {
        self.id = id
        self.title = title
        self.isBonus = isBonus
        self.weight = weight
        self.aggregation = aggregation
        self.groups = groups
    }

    public var points: ExactDecimal { groups.reduce(.zero) { $0 + $1.points } }
}

/// A group of indicators within a section.
public struct Group: Sendable, Hashable {
    public var id: String
    public var title: LocalizedText
    public var aggregation: Aggregation
    public var indicators: [Indicator]

    public init(id: String, title: LocalizedText, aggregation: Aggregation, indicators: [Indicator]) {
        self.id = id
        self.title = title
        self.aggregation = aggregation
        self.indicators = indicators
    }

    public var points: ExactDecimal { indicators.reduce(.zero) { $0 + $1.points.value } }
}

/// How a level's parts become its value.
public enum Aggregation: String, Sendable, Hashable, Codable, CaseIterable {
    case sum
    case arithmeticMean = "arithmetic-mean"
    case geometricMean = "geometric-mean"
    case harmonicMean = "harmonic-mean"
}

/// Where rounding happens and how.
public struct Precision: Sendable, Hashable {
    public enum Level: String, Sendable, Hashable, Codable, CaseIterable {
        /// Each indicator's points are rounded; everything above is exact sums.
        case indicator
        /// Doubles up to the index, which alone is rounded.
        case index
    }
    public var level: Level
    public var places: Int

    public init(level: Level, places: Int) {
        self.level = level
        self.places = places
    }
}

/// How totals become ranks.
public struct Ranking: Sendable, Hashable {
    /// Keys in order, applied only to a limited list: a section id, `value:INDICATOR`, or `lot`.
    public var limitedListOrder: [Sourced<String>]
    /// The first so many make the limited list; nil when there is none.
    public var limitedListCount: Sourced<Int>?
    public var withinType: Bool

    public init(limitedListOrder: [Sourced<String>], limitedListCount: Sourced<Int>?, withinType: Bool) {
        self.limitedListOrder = limitedListOrder
        self.limitedListCount = limitedListCount
        self.withinType = withinType
    }
}

/// A grade: from so many points.
public struct Grade: Sendable, Hashable {
    public var id: String
    public var title: LocalizedText
    public var floor: Sourced<ExactDecimal>

    public init(id: String, title: LocalizedText, floor: Sourced<ExactDecimal>) {
        self.id = id
        self.title = title
        self.floor = floor
    }
}
