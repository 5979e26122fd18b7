import Scheme
import Vocabulary

/// Scores a field by a scheme: the same inputs give the same published digits on every machine.
///
/// Pure: waits for nothing, reads nothing, writes nothing. Cost: linear in units × indicators, plus a sort.
public struct ScoreEngine: Sendable {
    public let scheme: IndicatorScheme
    public let options: ScoringOptions

    public init(scheme: IndicatorScheme, options: ScoringOptions = ScoringOptions()) {
        self.scheme = scheme
        self.options = options
    }

    /// Sheets, totals, ranks, grades and the limited list, in the order of `units`.
    public func score(_ units: [RatedUnit]) -> ScoreField {
        let sheets = units.map { SheetBuilder(scheme: scheme, options: options, unit: $0).sheet() }
        return FieldRanking(scheme: scheme, options: options, units: units, sheets: sheets).field()
    }
}
