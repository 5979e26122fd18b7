import Scheme
import Vocabulary

/// What evidence and completeness make of a cell's points.
///
/// Evidence: the factor of the indicator's class (stock, activity) at the cell's level; E0 raised by a reviewer counts
/// the scheme's raised factor. Completeness below the threshold: completeness ÷ threshold, no cliff.
struct CellFactors {
    let worth: EvidenceWorth

    func factors(_ evidence: CellEvidence, _ indicator: Indicator) -> [Factor] {
        guard let row = worth.factors[indicator.evidenceClass], indicator.evidenceClass != .none else { return [] }
        var out: [Factor] = []
        let level = "E\(evidence.level.rawValue)"
        let plain = row.isEmpty ? 1 : row[min(evidence.level.rawValue, row.count - 1)].value
        if evidence.level == .declared, evidence.isRaised, worth.raisedDeclared.value > plain {
            let value = worth.raisedDeclared.value
            out.append(
                Factor(
                    kind: .evidence, value: value,
                    sentence: Sentence("score.factor_raised", ["level": level, "factor": Figures.text(value)])))
        } else if plain != 1 {
            out.append(
                Factor(
                    kind: .evidence, value: plain,
                    sentence: Sentence("score.factor_evidence", ["level": level, "factor": Figures.text(plain)])))
        }
        let threshold = worth.completenessThreshold.value
        let complete = min(1, max(0, evidence.completeness))
        if complete < threshold {
            let value = complete / threshold
            let figures = [
                "percent": Figures.percent(complete), "threshold": Figures.percent(threshold),
                "factor": Figures.result(value),
            ]
            out.append(
                Factor(kind: .completeness, value: value, sentence: Sentence("score.factor_completeness", figures)))
        }
        return out
    }
}
