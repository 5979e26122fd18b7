import Review
import Scheme
import Score
import Vocabulary

/// A finished computation with everything a page says about it.
struct PublishedResult: Sendable {
    let round: Round
    let scheme: IndicatorScheme
    let field: ScoreField
    /// By platform id.
    let participations: [String: Participation]
    /// 1, 2, 3 … within the round.
    let number: Int
    let finishedAt: Instant
    /// SHA-256 of the result's JSON form.
    let digest: Digest

    /// The prefecture-level city of a platform's operator, in words.
    func city(_ participation: Participation, _ language: Language) -> String {
        scheme.regionTitle(participation.company.region.city, language)
    }

    /// The type's title.
    func type(_ participation: Participation, _ language: Language) -> String {
        scheme.types.first { $0.id == participation.type }?.title[language] ?? participation.type
    }

    /// Units of one type, for medians.
    func units(ofType type: String) -> [UnitScore] {
        field.units.filter { participations[$0.unit]?.type == type && $0.total != nil }
    }
}

extension IndicatorScheme {
    /// The region's name out of the scheme's dictionary; its code where the dictionary does not know it.
    func regionTitle(_ region: RegionCode, _ language: Language) -> String {
        dictionary("regions")?.entry(region.rawValue)?.title[language] ?? region.rawValue
    }
}

extension Array where Element == Double {
    /// The middle value, or the mean of the two middle ones; nil when there is none.
    var median: Double? {
        guard !isEmpty else { return nil }
        let ordered = sorted()
        return (ordered[(count - 1) / 2] + ordered[count / 2]) / 2
    }
}
