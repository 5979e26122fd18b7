import Scheme
import Vocabulary

/// Which titles earn what under `highestOnly` and `tiers`: the scheme's tiers with every way of writing them.
public struct TitleTable: Sendable {
    private let tiers: [String: Tier]

    /// Tiers by their code, their titles, and the titles and aliases of dictionary entries with their code; later
    /// tiers do not take a name from earlier ones.
    public init(_ indicator: Indicator, dictionaries: [Scheme.Dictionary]) {
        var tiers: [String: Tier] = [:]
        for tier in TitleTable.tiers(of: indicator.rule) {
            var names = [tier.title?.zh, tier.title?.en, tier.code].compactMap { $0 }
            if let code = tier.code {
                for entry in dictionaries.compactMap({ $0.entry(code) }) {
                    names += [entry.title.zh, entry.title.en] + entry.aliases
                }
            }
            for key in names.map({ NormalisedName(title: $0).key }) where !key.isEmpty && tiers[key] == nil {
                tiers[key] = tier
            }
        }
        self.tiers = tiers
    }

    public var isEmpty: Bool { tiers.isEmpty }

    /// The tier of a title, exact after normalisation; nil for a title that the scheme does not name.
    public func tier(of title: String) -> Tier? { tiers[NormalisedName(title: title).key] }

    private static func tiers(of rule: Rule) -> [Tier] {
        switch rule {
        case .highestOnly(let tiers), .tiers(let tiers): return tiers
        default: return []
        }
    }
}
