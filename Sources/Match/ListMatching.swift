import Scheme
import Vocabulary

/// Settles an indicator from official lists: the ladder on every list, validity on the cut-off, then the values.
///
/// Parts: the number of different lists with at least one row that counts (several cases, or batches, of one list
/// count once). Without parts: the highest tier among the titles that count, no stacking. Pure and deterministic.
public struct ListMatching: Sendable {
    private let indicator: Indicator
    private let titles: TitleTable
    private let lists: [ListIndex]
    private let cutOff: CivilDay

    /// - Parameters:
    ///   - lists: those that serve the indicator, in the order in which they are shown.
    ///   - cutOff: the day on which an award must be valid, itself included.
    public init(
        indicator: Indicator, dictionaries: [Scheme.Dictionary], lists: [ListIndex], cutOff: CivilDay
    ) {
        self.indicator = indicator
        self.titles = TitleTable(indicator, dictionaries: dictionaries)
        self.lists = lists
        self.cutOff = cutOff
    }

    /// Whether rows must name the platform itself, or the company is enough.
    private var asksPlatform: Bool { indicator.subject == .platform }

    public func settle(_ subject: MatchSubject) -> MatchedAwards {
        var decisions: [MatchDecision] = []
        var awards: [MatchedAward] = []
        var counted: [String: Set<String>] = [:]
        var highest: Tier?
        for index in lists {
            let decision = MatchLadder(index).decide(subject, asksPlatform: asksPlatform)
            decisions.append(decision)
            for accepted in decision.accepted {
                let award = award(accepted, in: index.list)
                awards.append(award)
                guard award.standing == .counts else { continue }
                if let part = award.earns, !indicator.parts.isEmpty {
                    counted[part, default: []].insert(identity(of: index.list.header))
                } else if let tier = title(of: accepted.row, index.list.header),
                    tier.at.value > (highest?.at.value ?? -.infinity)
                {
                    highest = tier
                }
            }
        }
        return MatchedAwards(
            subject: subject.id, indicator: indicator.id, values: values(counted, highest), awards: awards,
            decisions: decisions, missingLists: missingLists)
    }

    private func values(_ counted: [String: Set<String>], _ highest: Tier?) -> [String: ExactDecimal] {
        guard indicator.parts.isEmpty else {
            return indicator.parts.reduce(into: [:]) { values, part in
                values["\(indicator.id).\(part.id)"] = ExactDecimal(counted[part.id]?.count ?? 0)
            }
        }
        return [indicator.id.rawValue: highest.flatMap { ExactDecimal(rounding: $0.at.value, places: 4) } ?? .zero]
    }

    /// Lists that the scheme names and nobody has imported yet, by their ids in the scheme.
    public var missingLists: [String] {
        let there = Set(lists.compactMap { source(of: $0.list.header)?.id })
        return indicator.lists.map(\.id).filter { !there.contains($0) }
    }

    // MARK: One row

    private func award(_ accepted: AcceptedRow, in list: OfficialList) -> MatchedAward {
        let header = list.header
        let from = accepted.row.validFrom ?? header.validFrom ?? header.date
        let until = accepted.row.validUntil ?? header.validUntil
        let (standing, earns) = standing(accepted.row, header, from, until)
        let title = accepted.row.title ?? header.title
        let values = [
            "title": title, "list": header.title, "level": accepted.row.level ?? "", "from": from.description,
            "until": until?.description ?? "", "cutOff": cutOff.description, "year": header.year.map(String.init) ?? "",
        ]
        let isOpen = until == nil && standing == .counts ? "_open" : ""
        let key = standing.rawValue.replacing("-", with: "_") + isOpen
        return MatchedAward(
            list: list.id, listTitle: header.title, match: accepted, standing: standing, earns: earns,
            explanation: Statement("match.standing_\(key)", values))
    }

    private func standing(
        _ row: ListRow, _ header: ListHeader, _ from: CivilDay, _ until: CivilDay?
    ) -> (Standing, String?) {
        if row.isRevoked { return (.revoked, nil) }
        if from > cutOff { return (.notYetValid, nil) }
        if let until, until < cutOff { return (.expired, nil) }
        if case .listYear(let year) = indicator.window.value, let stated = source(of: header)?.year ?? header.year,
            stated != year
        {
            return (.otherYear, nil)
        }
        if indicator.parts.isEmpty {
            guard let tier = title(of: row, header) else { return (.titleNotNamed, nil) }
            return (.counts, tier.code ?? tier.title?.zh)
        }
        guard let part = part(of: header) else { return (.titleNotNamed, nil) }
        if let grades = source(of: header)?.awards, !grades.isEmpty {
            let named = Set(grades.map { NormalisedName(title: $0).key })
            let own = [row.level, row.title].compactMap { $0 }.map { NormalisedName(title: $0).key }
            if named.isDisjoint(with: own) { return (.gradeNotNamed, nil) }
        }
        return (.counts, part)
    }

    // MARK: What a list is, by the scheme

    /// The scheme's entry for the list: by the id that the header states, or by its title.
    private func source(of header: ListHeader) -> OfficialListSource? {
        if let award = header.award, let found = indicator.lists.first(where: { $0.id == award }) { return found }
        let keys = Set(([header.title] + header.aliases).map { NormalisedName(title: $0).key })
        let byTitle = indicator.lists.first { source in
            keys.contains(NormalisedName(title: source.title.zh).key)
                || keys.contains(NormalisedName(title: source.title.en).key)
        }
        if let byTitle { return byTitle }
        // A part with one list only: its grades are that list's grades.
        let ofPart = indicator.lists.filter { $0.part == header.award }
        return ofPart.count == 1 ? ofPart.first : nil
    }

    private func part(of header: ListHeader) -> String? {
        source(of: header)?.part ?? indicator.parts.first { $0.id == header.award }?.id
    }

    /// Batches of one list share it; two lists do not.
    private func identity(of header: ListHeader) -> String {
        source(of: header)?.id ?? NormalisedName(title: header.title).key
    }

    private func title(of row: ListRow, _ header: ListHeader) -> Tier? {
        if let title = row.title { return titles.tier(of: title) }
        for name in [header.award, header.title].compactMap({ $0 }) + header.aliases {
            if let tier = titles.tier(of: name) { return tier }
        }
        return nil
    }
}
