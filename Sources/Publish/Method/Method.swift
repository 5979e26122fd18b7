/// How an edition evaluates, in one language, every figure formatted: what the method page, `heng scheme show` and the
/// notice's annex print.
public struct Method: Sendable, Equatable {
    public var title: String
    public var edition: String
    /// SHA-256 of the scheme file.
    public var digest: String
    /// How many values nobody but us stands behind; 0 once the authority has confirmed all.
    public var ownValues: Int
    /// How many values there are in all.
    public var allValues: Int
    public var sections: [MethodSection]
    public var conventions: [MethodConvention]
    public var rubric: MethodRubric?
    public var dictionaries: [MethodDictionary]
}

/// A section and its groups, in printed order.
public struct MethodSection: Sendable, Equatable {
    public var id: String
    public var title: String
    public var points: String
    public var isBonus: Bool
    public var groups: [MethodGroup]
}

/// A group and its indicators, in printed order.
public struct MethodGroup: Sendable, Equatable {
    public var id: String
    public var title: String
    public var points: String
    public var indicators: [MethodIndicator]
}

/// One indicator as people read it.
public struct MethodIndicator: Sendable, Equatable {
    public var number: Int
    public var id: String
    public var title: String
    public var definition: String
    public var unit: String
    public var mode: String
    public var subject: String
    public var window: String
    public var windowIsOurs: Bool
    public var points: String
    public var pointsAreOurs: Bool
    /// The rule in a sentence or two.
    public var rule: String
    public var ruleIsOurs: Bool
    /// What else decides the points: evidence, sampling, reductions, aspects, the columns of the list.
    public var details: [String]
    /// Points over the value, for a picture: both axes 0…1, the value axis as the rule sees it; nil for rules that have
    /// no curve.
    public var curve: MethodCurve?
}

/// The picture of a rule.
public struct MethodCurve: Sendable, Equatable {
    public struct Point: Sendable, Equatable {
        /// Share of the way from 0 to the target, and share of the points.
        public var x: Double
        public var y: Double
    }
    public var points: [Point]
    /// What stands at the end of the value axis.
    public var end: String
}

/// One convention of the edition.
public struct MethodConvention: Sendable, Equatable {
    public var title: String
    public var text: String
    public var isOurs: Bool
}

/// How experts mark.
public struct MethodRubric: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        public var title: String
        public var points: String
        /// One for each band.
        public var steps: [String]
        public var isOurs: Bool
    }
    /// Title and range of each band, highest first.
    public var bands: [String]
    public var lines: [Line]
}

/// A dictionary with its titles, in order.
public struct MethodDictionary: Sendable, Equatable {
    public var id: String
    public var title: String
    public var isOurs: Bool
    public var entries: [String]
}
