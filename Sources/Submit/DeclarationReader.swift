import Scheme
import Vocabulary

/// Reads what a company declares in one cell: checks every figure, computes what follows from it.
public struct DeclarationReader {
    /// The declared side that would be kept, and what is wrong with it.
    public struct Reading: Sendable, Hashable {
        /// Typed, counted and computed figures by value id, with the figure's places.
        public let values: [String: ExactDecimal]
        /// `place` is the value id. Errors keep the declaration from being saved; warnings and notes do not.
        public let findings: [Finding]
        public var isAcceptable: Bool { !findings.contains { $0.severity == .error } }
    }

    public let indicator: Indicator
    private let figures: [DeclaredFigure]

    /// - Throws: `submit.not_declared` for an indicator that is not declared in a form (port, list, registry).
    public init(indicator: Indicator, scheme: IndicatorScheme) throws(Failure) {
        let figures = indicator.declaredFigures(in: scheme)
        guard !figures.isEmpty else { throw Failure("submit.not_declared", ["indicator": indicator.id.rawValue]) }
        self.indicator = indicator
        self.figures = figures
    }

    /// - Parameters:
    ///   - typed: By value id. Computed figures may be given too and must then agree with what they are computed from.
    ///   - rows: The accepted rows of the list; nil while there is none.
    ///   - borrowed: Declared values of the platform's other indicators, by value id.
    public func read(
        _ typed: [String: ExactDecimal], rows: [ItemRow]? = nil, borrowed: [String: ExactDecimal] = [:]
    ) -> Reading {
        var values: [String: ExactDecimal] = [:]
        var findings: [Finding] = []
        for id in typed.keys.sorted() where !figures.contains(where: { $0.id == id && $0.source != .borrowed }) {
            findings.append(Finding(.error, "submit.figure.unknown", at: id, ["given": id]))
        }
        let counted = rows.map { ItemTally.values($0, of: indicator) } ?? [:]
        for figure in figures {
            let given = typed[figure.id]
            switch figure.source {
            case .typed, .condition:
                guard let given else { continue }
                findings += faults(of: given, figure)
                values[figure.id] = given.rounded(places: max(figure.places, 0))
            case .list:
                if let count = counted[figure.id] {
                    values[figure.id] = count.rounded(places: figure.places)
                    if let given, given != count {
                        let both = ["given": given.description, "expected": count.description]
                        findings.append(Finding(.error, "submit.figure.differs_from_list", at: figure.id, both))
                    }
                } else if let given {
                    findings += faults(of: given, figure)
                    values[figure.id] = given.rounded(places: figure.places)
                }
            case .marked:
                guard given != nil else { continue }
                findings.append(Finding(.error, "submit.figure.marked", at: figure.id))
            case .computed, .borrowed: continue
            }
        }
        for figure in figures where figure.source == .computed {
            let known = borrowed.merging(values) { _, own in own }
            let result = computed(figure, known, &findings)
            values[figure.id] = result
            if let given = typed[figure.id], given != result {
                let both = ["given": given.description, "expected": result?.description ?? "–"]
                findings.append(Finding(.error, "submit.figure.differs_from_parts", at: figure.id, both))
            }
        }
        return Reading(values: values, findings: findings)
    }

    // MARK: - Checks

    private func faults(of given: ExactDecimal, _ figure: DeclaredFigure) -> [Finding] {
        var found: [Finding] = []
        let values = ["given": given.description]
        if given < .zero { found.append(Finding(.error, "submit.figure.negative", at: figure.id, values)) }
        if given.rounded(places: figure.places) != given {
            let limit = values.merging(["places": "\(figure.places)"]) { own, _ in own }
            found.append(Finding(.error, "submit.figure.places", at: figure.id, limit))
        }
        if figure.source == .condition, given != ExactDecimal(0), given != ExactDecimal(1) {
            found.append(Finding(.error, "submit.figure.condition", at: figure.id, values))
        }
        if figure.unit.en == "%", given > ExactDecimal(100) {
            found.append(Finding(.error, "submit.figure.above_hundred", at: figure.id, values))
        }
        if figure.source == .typed, !figure.steps.isEmpty, given != .zero,
            !figure.steps.contains(where: { $0.at.value == given.doubleValue })
        {
            let steps = figure.steps.map { Self.plain($0.at.value) }.joined(separator: ", ")
            let both = values.merging(["steps": steps]) { own, _ in own }
            found.append(Finding(.error, "submit.figure.no_step", at: figure.id, both))
        }
        if figure.id == indicator.id.rawValue, let target = indicator.rule.target, given.doubleValue > 50 * target {
            found.append(Finding(.warning, "submit.figure.check_unit", at: figure.id, values))
        }
        return found
    }

    private func computed(
        _ figure: DeclaredFigure, _ known: [String: ExactDecimal], _ findings: inout [Finding]
    ) -> ExactDecimal? {
        guard let ratio = indicator.ratio else { return allConditions(known) }
        guard let numerator = known[indicator.ratioValueID(ratio.numerator)],
            let denominator = known[indicator.ratioValueID(ratio.denominator)]
        else { return nil }
        if denominator <= .zero {
            findings.append(Finding(.warning, "submit.figure.denominator_zero", at: figure.id))
            return nil
        }
        if numerator > denominator {
            let both = ["numerator": numerator.description, "denominator": denominator.description]
            findings.append(Finding(.error, "submit.figure.part_above_whole", at: figure.id, both))
        }
        let least = ratio.denominatorAtLeast.flatMap { ExactDecimal(rounding: $0.value, places: 6) }
        if let least, denominator < least {
            let both = ["denominator": denominator.description, "least": least.rounded(places: 0).description]
            findings.append(Finding(.note, "submit.figure.denominator_raised", at: figure.id, both))
        }
        return RatioFigure.percent(numerator, of: denominator, atLeast: least, places: figure.places)
    }

    /// 1 when every condition is answered yes, 0 when one is answered no, nil while answers are missing.
    private func allConditions(_ known: [String: ExactDecimal]) -> ExactDecimal? {
        let answers = figures.filter { $0.source == .condition }.map { known[$0.id] }
        if answers.contains(where: { $0 == .zero }) { return .zero }
        return answers.contains { $0 == nil } ? nil : ExactDecimal(1)
    }

    private static func plain(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\(number)"
    }
}

extension Rule {
    /// The value that earns full points; nil for rules without one.
    var target: Double? {
        switch self {
        case .linear(let floor, let target): return target.value > floor.value ? target.value : nil
        case .log(_, let target, _): return target.value
        case .efficacy(_, let high): return high.value
        default: return nil
        }
    }
}
