import Scheme
import Vocabulary

/// What of the declared side is there and what is missing, cell by cell; the meter and the list beside the form.
public struct Completeness: Sendable, Hashable {
    /// One thing that a reviewer would ask for.
    public struct Missing: Sendable, Hashable {
        public enum Kind: Sendable, Hashable {
            /// A typed figure or an answer, by value id.
            case figure(String)
            /// The item list behind the figure.
            case list
            /// A required piece of evidence, by its id in the scheme.
            case evidence(String)
        }
        public let indicator: IndicatorID
        public let kind: Kind
    }

    /// How far one section is.
    public struct SectionProgress: Sendable, Hashable {
        public let section: String
        /// Steps done and asked: figures, lists, required evidence of the section's uploaded indicators.
        public let done: Int
        public let asked: Int
        public let missing: [Missing]
    }

    /// In the scheme's order; a section without anything to fill in has `asked` 0.
    public let sections: [SectionProgress]

    public var done: Int { sections.reduce(0) { $0 + $1.done } }
    public var asked: Int { sections.reduce(0) { $0 + $1.asked } }
    public var missing: [Missing] { sections.flatMap(\.missing) }

    /// Done ÷ asked in whole per cent, never 100 while something is missing; 100 when nothing is asked.
    public var percent: Int {
        guard asked > 0 else { return 100 }
        return done == asked ? 100 : min(99, done * 100 / asked)
    }

    /// - Parameters:
    ///   - values: Declared values of all cells of the platform, by value id.
    ///   - listed: Indicators with at least one accepted row.
    ///   - emptied: Indicators whose list was handed in without any row: nothing of the kind is claimed.
    ///   - evidence: Indicator → the requirements that are answered by at least one file.
    public init(
        scheme: IndicatorScheme, values: [String: ExactDecimal], listed: Set<IndicatorID>,
        emptied: Set<IndicatorID> = [], evidence: [IndicatorID: Set<String>]
    ) {
        self.sections = scheme.sections.map { section in
            var done = 0
            var missing: [Missing] = []
            for indicator in section.groups.flatMap(\.indicators) where indicator.mode == .upload {
                for (step, isDone) in Completeness.steps(
                    indicator, scheme, values, listed, emptied, evidence)
                {
                    if isDone { done += 1 } else { missing.append(Missing(indicator: indicator.id, kind: step)) }
                }
            }
            return SectionProgress(section: section.id, done: done, asked: done + missing.count, missing: missing)
        }
    }

    /// What is asked of one indicator, and whether it is there. Who declares 0 owes neither list nor evidence.
    private static func steps(
        _ indicator: Indicator, _ scheme: IndicatorScheme, _ values: [String: ExactDecimal],
        _ listed: Set<IndicatorID>, _ emptied: Set<IndicatorID>, _ evidence: [IndicatorID: Set<String>]
    ) -> [(Missing.Kind, Bool)] {
        let figures = indicator.declaredFigures(in: scheme)
        var steps = figures.filter { $0.isTyped && $0.isRequired }.map {
            (Missing.Kind.figure($0.id), values[$0.id] != nil)
        }
        let own = figures.filter { $0.source != .borrowed }.compactMap { values[$0.id] }
        let isZero = own.allSatisfy { $0 == .zero }
        let declaresNothing = isZero && (!own.isEmpty || emptied.contains(indicator.id))
        if figures.contains(where: { $0.source == .list }) {
            steps.append((.list, declaresNothing || listed.contains(indicator.id)))
        }
        guard !declaresNothing else { return steps }
        let answered = evidence[indicator.id, default: []]
        return steps + indicator.evidence.filter(\.isRequired).map { (.evidence($0.id), answered.contains($0.id)) }
    }
}
