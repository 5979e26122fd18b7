import Vocabulary

/// The levels of evidence E0–E4, as `docs/port.md` explains them.
public enum EvidenceLevel: Int, Sendable, Hashable, Codable, CaseIterable, Comparable {
    case declared = 0, inventory, live, challenged, confirmed
    public static func < (a: EvidenceLevel, b: EvidenceLevel) -> Bool { a.rawValue < b.rawValue }
}

/// What a level of evidence is worth, and what incompleteness costs.
public struct EvidenceWorth: Sendable, Hashable {
    /// Factor by class, for levels E0…E4 in order.
    public var factors: [EvidenceClass: [Sourced<Double>]]
    /// What a reviewer may raise E0 to.
    public var raisedDeclared: Sourced<Double>
    /// Below this share of complete data the points shrink in proportion (share ÷ threshold).
    public var completenessThreshold: Sourced<Double>
    /// Declared against counted beyond this share sends a query out.
    public var deviationTolerance: Sourced<Double>

    public init(
        factors: [EvidenceClass: [Sourced<Double>]], raisedDeclared: Sourced<Double>,
        completenessThreshold: Sourced<Double>, deviationTolerance: Sourced<Double>
    ) {
        self.factors = factors
        self.raisedDeclared = raisedDeclared
        self.completenessThreshold = completenessThreshold
        self.deviationTolerance = deviationTolerance
    }
}

/// Verification by sample: how many rows are drawn.
public struct Sampling: Sendable, Hashable {
    /// Lists up to this length are verified whole.
    public var wholeUpTo: Sourced<Int>
    public var draw: Sourced<Int>
    /// Drawn for indicators of `largeFrom` points and more.
    public var drawLarge: Sourced<Int>
    public var largeFrom: Sourced<ExactDecimal>
    /// Below this observed share the list is returned or cut by decision.
    public var returnBelow: Sourced<Double>
    public var workingDays: Sourced<Int>

    public init(
        wholeUpTo: Sourced<Int>, draw: Sourced<Int>, drawLarge: Sourced<Int>, largeFrom: Sourced<ExactDecimal>,
        returnBelow: Sourced<Double>, workingDays: Sourced<Int>
    ) {
        self.wholeUpTo = wholeUpTo
        self.draw = draw
        self.drawLarge = drawLarge
        self.largeFrom = largeFrom
        self.returnBelow = returnBelow
        self.workingDays = workingDays
    }
}

/// How experts mark, and the rubric beside the case.
public struct ExpertMarking: Sendable, Hashable {
    public var experts: Sourced<Int>
    public var atLeast: Sourced<Int>
    /// With so many marks the highest and the lowest are dropped.
    public var trimFrom: Sourced<Int>
    public var reasonBelow: Sourced<Double>
    public var reasonAbove: Sourced<Double>
    public var rubric: [RubricLine]
    /// The bands of a mark, highest first: from 90, 75, 60 and 0 in the edition of 2025.
    public var bands: [MarkBand]
    /// Above so many platforms parallel panels mark, sharing `anchorCases` cases; nil where one panel marks all.
    public var panelsAbove: Sourced<Int>?
    public var anchorCases: Sourced<Int>?
    /// The most characters and pages of evidence of one case.
    public var caseCharacters: Sourced<Int>?
    public var casePages: Sourced<Int>?

    public init(
        experts: Sourced<Int>, atLeast: Sourced<Int>, trimFrom: Sourced<Int>, reasonBelow: Sourced<Double>,
        reasonAbove: Sourced<Double>, rubric: [RubricLine], bands: [MarkBand] = [], panelsAbove: Sourced<Int>? = nil,
        anchorCases: Sourced<Int>? = nil, caseCharacters: Sourced<Int>? = nil, casePages: Sourced<Int>? = nil
    ) {
        self.bands = bands
        self.panelsAbove = panelsAbove
        self.anchorCases = anchorCases
        self.caseCharacters = caseCharacters
        self.casePages = casePages
        self.experts = experts
        self.atLeast = atLeast
        self.trimFrom = trimFrom
        self.reasonBelow = reasonBelow
        self.reasonAbove = reasonAbove
        self.rubric = rubric
    }
}

/// A band of marks: from this mark on.
public struct MarkBand: Sendable, Hashable {
    public var title: LocalizedText
    public var from: Sourced<Double>

    public init(title: LocalizedText, from: Sourced<Double>) {
        self.title = title
        self.from = from
    }
}

/// One line of the rubric with its described steps.
public struct RubricLine: Sendable, Hashable {
    public var title: LocalizedText
    public var points: Sourced<ExactDecimal>
    /// What earns each band, in the order of the bands.
    public var steps: [LocalizedText]

    public init(title: LocalizedText, points: Sourced<ExactDecimal>, steps: [LocalizedText]) {
        self.title = title
        self.points = points
        self.steps = steps
    }
}

/// Who sees what from which stage on.
public struct VisibilityRule: Sendable, Hashable {
    /// `names`, `ranks`, `totals`, `sections`, `values`, `rank-intervals`.
    public var what: String
    /// `public`, `company`, `authority`.
    public var who: String
    /// The round's state from which on it is seen: `open`, `notice`, `published`, `never`.
    public var from: Sourced<String>

    public init(what: String, who: String, from: Sourced<String>) {
        self.what = what
        self.who = who
        self.from = from
    }
}

/// A dictionary of coded choices.
public struct Dictionary: Sendable, Hashable {
    public var id: String
    public var title: LocalizedText
    public var origin: Origin
    public var entries: [Entry]

    public struct Entry: Sendable, Hashable {
        public var code: String
        public var title: LocalizedText
        /// The code above it: the county's city.
        public var parent: String?
        /// False for entries that are known and rejected: a sensor is no device.
        public var isCounted: Bool
        /// Other ways of writing the title that mean the same.
        public var aliases: [String]
        public init(
            code: String, title: LocalizedText, parent: String? = nil, isCounted: Bool = true, aliases: [String] = []
        ) {
            self.code = code
            self.title = title
            self.parent = parent
            self.isCounted = isCounted
            self.aliases = aliases
        }
    }

    public init(id: String, title: LocalizedText, origin: Origin, entries: [Entry]) {
        self.id = id
        self.title = title
        self.origin = origin
        self.entries = entries
    }

    public func entry(_ code: String) -> Entry? { entries.first { $0.code == code } }
}
