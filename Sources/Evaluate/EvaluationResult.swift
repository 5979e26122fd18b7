import Scheme
import Score
import Trust
import Vocabulary

/// A scored field together with what it was scored from; made anew from the frozen inputs whenever it is asked for.
public struct EvaluationResult: Sendable {
    public let scheme: IndicatorScheme
    public let inputs: FrozenInputs
    public let field: ScoreField

    /// Scores the inputs. Pure: the same inputs and scheme give the same digits on every machine.
    public init(scheme: IndicatorScheme, inputs: FrozenInputs, evidenceCounts: Bool = true) {
        self.scheme = scheme
        self.inputs = inputs
        let options = ScoringOptions(evidenceCounts: evidenceCounts, lotSeed: inputs.lotSeed)
        self.field = ScoreEngine(scheme: scheme, options: options).score(inputs.units)
    }

    public var document: ScoreDocument { ScoreDocument(scheme: scheme, field: field) }

    /// The result as far as it may be seen.
    public func document(seeing visibility: ResultVisibility) -> ScoreDocument {
        var parts: ScoreDocument.Parts = []
        if visibility.ranks { parts.insert(.ranks) }
        if visibility.totals { parts.insert(.totals) }
        if visibility.sections { parts.insert(.sections) }
        if visibility.points { parts.insert(.points) }
        return ScoreDocument(scheme: scheme, field: field, parts: parts)
    }
    /// The JSON form of `docs/cli.md`.
    public var json: String { document.json() }
    /// SHA-256 of the JSON form.
    public var digest: Digest { Digest.sha256(of: Array(json.utf8)) }
    /// The inputs as a VALUES file; `heng score` of it gives the same bytes.
    public var values: String { ValuesFile.text(inputs.units, scheme: scheme) }

    /// What must hold before a result is recorded: the lines of every sheet add up to groups, sections and total as
    /// printed, and the inputs read back out of their VALUES file give the same bytes.
    /// - Throws: `evaluate.sums_differ` with the unit, `evaluate.not_repeatable`: faults of ours.
    public func check() throws(Failure) {
        for unit in field.units {
            let sheet = unit.sheet
            guard let total = sheet.total, scheme.precision.level == .indicator else { continue }
            let areGroups = sheet.groups.allSatisfy { group in
                group.points == group.indicators.reduce(.zero) { $0 + $1.points }
            }
            let areSections = sheet.sections.allSatisfy { section in
                section.beforeCap == section.groups.reduce(.zero) { $0 + $1.points }
            }
            let isTotal = total == sheet.sections.reduce(.zero) { $0 + $1.points }
            guard areGroups && areSections && isTotal || !isSum else {
                throw Failure("evaluate.sums_differ", ["unit": unit.unit])
            }
        }
        let again = ValuesFile(reading: Array(values.utf8), scheme: scheme)
        let options = ScoringOptions(lotSeed: inputs.lotSeed)
        let repeated = ScoreEngine(scheme: scheme, options: options).score(again.units)
        guard field.units.isEmpty || ScoreDocument(scheme: scheme, field: repeated).json() == json else {
            throw Failure("evaluate.not_repeatable")
        }
    }

    /// True when points add up at every level.
    private var isSum: Bool {
        scheme.aggregation == .sum && scheme.sections.allSatisfy { $0.aggregation == .sum }
            && scheme.groups.allSatisfy { $0.aggregation == .sum }
    }
}
