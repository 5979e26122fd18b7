import Scheme
import Vocabulary

/// Ranks, grades and the limited list of a field whose sheets are made.
struct FieldRanking {
    let scheme: IndicatorScheme
    let options: ScoringOptions
    let units: [RatedUnit]
    let sheets: [ScoreSheet]

    func field() -> ScoreField {
        let ranks = Ranks.competition(sheets.map(\.total))
        let plainRanks = Ranks.competition(sheets.map(\.totalWithoutBonus))
        let typeRanks = ranksInType()
        var scores: [UnitScore] = []
        for (index, unit) in units.enumerated() {
            scores.append(
                UnitScore(
                    unit: unit.id, type: unit.type, sheet: sheets[index], rank: ranks[index],
                    rankInType: typeRanks[index], rankWithoutBonus: plainRanks[index],
                    grade: grade(sheets[index].total)))
        }
        let list = LimitedList(scheme: scheme, options: options, units: units, sheets: sheets).entries()
        return ScoreField(scheme: scheme.id, units: scores, limitedList: list, findings: findings(scores))
    }

    private func ranksInType() -> [Int?] {
        var out = [Int?](repeating: nil, count: units.count)
        guard scheme.ranking.withinType else { return out }
        var members: [String: [Int]] = [:]
        for (index, unit) in units.enumerated() {
            guard let name = unit.type else { continue }
            members[scheme.platformType(named: name)?.id ?? name, default: []].append(index)
        }
        for indices in members.values {
            let ranks = Ranks.competition(indices.map { sheets[$0].total })
            for (index, rank) in zip(indices, ranks) { out[index] = rank }
        }
        return out
    }

    private func grade(_ total: ExactDecimal?) -> String? {
        guard let total else { return nil }
        let reached = scheme.grades.filter { total >= $0.floor.value }
        return reached.max { $0.floor.value < $1.floor.value }?.id
    }

    /// What a person should look at: everything but plain missing values and caps, which the sheets say.
    private func findings(_ scores: [UnitScore]) -> [Finding] {
        let silent: Set<String> = ["score.missing_value", "score.part_missing", "score.capped", "score.scaled_port"]
        var out: [Finding] = []
        for score in scores {
            for line in score.sheet.indicators {
                for note in line.notes where !silent.contains(note.code) {
                    out.append(Finding(note.severity, note.code, at: "\(score.unit) › \(note.place)", note.values))
                }
            }
            if scheme.precision.level == .index, let unrounded = score.sheet.unroundedTotal,
                let code = Rounding.halfUp(unrounded, places: scheme.precision.places).boundary?.code
            {
                let values = [
                    "unrounded": Figures.result(unrounded), "places": "\(scheme.precision.places)",
                    "points": score.total?.description ?? "",
                ]
                out.append(Finding(.note, code, at: score.unit, values))
            }
        }
        return out
    }
}

/// Places by value, the largest first.
public enum Ranks {
    /// 1, 2, 2, 4: equals share the smaller number; nil stays without a rank.
    public static func competition(_ values: [ExactDecimal?]) -> [Int?] {
        var out = [Int?](repeating: nil, count: values.count)
        let order = values.indices.compactMap { index in values[index].map { (index, $0) } }.sorted { $0.1 > $1.1 }
        var previous: ExactDecimal?
        var rank = 0
        for (position, (index, value)) in order.enumerated() {
            if value != previous { rank = position + 1 }
            previous = value
            out[index] = rank
        }
        return out
    }
}
