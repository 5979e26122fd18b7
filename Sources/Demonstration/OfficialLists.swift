import Scheme
import Vocabulary

/// An official list as a file, with what stands above it.
public struct DemonstrationList: Sendable, Hashable {
    public var title: String
    public var issuer: String
    public var document: String
    public var date: CivilDay
    public var indicator: IndicatorID
    /// What its rows earn: the id of the list in the scheme.
    public var award: String
    /// CSV with a header row.
    public var table: String
}

extension DemonstrationField {
    /// One invented list for every list that the scheme's list indicators name: winners of the field, companies that
    /// are no applicants, a platform of the same name under another operator, grades below the one that counts.
    public var officialLists: [DemonstrationList] {
        scheme.indicators.filter { $0.mode == .list }.flatMap { indicator in
            indicator.lists.enumerated().map { order, source in
                DemonstrationList(
                    title: book.listPrefix + source.title.zh, issuer: source.issuer.zh,
                    document: "\(book.listDocument)\(source.year)-\(order + 1)",
                    date: CivilDay(year: source.year, month: 11, day: 5 + order) ?? cutOff, indicator: indicator.id,
                    award: source.id, table: table(of: source, order: order))
            }
        }
    }

    /// The platforms that stand in the list with a title that counts.
    public func winners(of source: OfficialListSource) -> [PlatformID] {
        let order = scheme.indicators.flatMap(\.lists).firstIndex { $0.id == source.id } ?? 0
        return listed(order: order).filter { $0.counts }.map { platforms[$0.index].id }
    }

    private struct Listed {
        var index: Int
        var counts: Bool
    }

    /// Larger platforms are listed more often; of the listed ones one in four bears a grade below.
    private func listed(order: Int) -> [Listed] {
        platforms.compactMap { platform in
            let drawn = Mixing.hash(Mixing.hash(seed, "list/\(order)"), UInt64(platform.index))
            let chance = Int(platform.figures.size * platform.figures.size * 45)
            guard Int(drawn % 100) < chance else { return nil }
            return Listed(index: platform.index, counts: (drawn >> 20) % 4 != 0)
        }
    }

    private func table(of source: OfficialListSource, order: Int) -> String {
        var rows: [[String]] = []
        for entry in listed(order: order) {
            let platform = platforms[entry.index]
            let good = source.awards.isEmpty ? "" : source.awards[entry.index % source.awards.count]
            // A list without grades has no lower ones: the row names the operator without its platform.
            let level = entry.counts ? good : source.awards.isEmpty ? "" : "D"
            let name = source.awards.isEmpty && !entry.counts ? platform.tradeName + book.otherPlatform : platform.name
            rows.append([platform.operator.name, platform.operator.code.text, name, level, caseTitle(platform, order)])
        }
        for number in 0..<12 {
            guard let company = universe.company(70_000 + order * 100 + number) else { continue }
            let level = source.awards.isEmpty ? "" : source.awards[number % source.awards.count]
            // The first bears an applicant's platform name: the operator tells them apart.
            let platform = number == 0 ? platforms[0].name : String(company.name.prefix(6)) + book.otherPlatform
            rows.append([company.name, company.code.text, platform, level, caseTitle(platforms[0], number)])
        }
        var generator = SeededGenerator(seed: seed, stream: "list-order/\(order)")
        let numbered = generator.shuffled(rows).enumerated().map { ["\($0.offset + 1)"] + $0.element }
        return DelimitedText.line(book.listColumns) + numbered.map { DelimitedText.line($0) }.joined()
    }

    private func caseTitle(_ platform: DemonstrationPlatform, _ number: Int) -> String {
        let drawn = Mixing.hash(seed, "case/\(platform.index)/\(number)")
        return book.entry(book.subjects, drawn) + book.entry(book.solutionKinds, drawn >> 16)
    }
}

extension DemonstrationField {
    /// The rows of the outside registry that answers for the registry indicator: operators of the field with titles
    /// valid or expired on the cut-off, and companies that are no applicants. CSV.
    public var registryTable: String {
        var lines = [DelimitedText.line(book.registryColumns)]
        for platform in platforms {
            for tier in registryTitles(of: platform) {
                lines.append(
                    DelimitedText.line([
                        platform.operator.name, platform.operator.code.text, tier.title, tier.from.description,
                        tier.until.description,
                    ]))
            }
        }
        for number in 0..<60 {
            guard let company = universe.company(90_000 + number), let tier = registryTiers.last else { continue }
            let from = cutOff.adding(days: -500)
            lines.append(
                DelimitedText.line([
                    company.name, company.code.text, tier.title?.zh ?? tier.code ?? "", from.description,
                    from.adding(days: 1095).description,
                ]))
        }
        return lines.joined()
    }

    /// A title of an operator with its validity.
    struct RegistryTitle: Sendable, Hashable {
        var value: Double
        var title: String
        var from: CivilDay
        var until: CivilDay
    }

    /// The value that the registry indicator must come to: the highest title valid on the cut-off, 0 without one.
    public func registryValue(of platform: DemonstrationPlatform) -> Int {
        registryTitles(of: platform).filter { $0.from <= cutOff && $0.until >= cutOff }.map { Int($0.value) }.max() ?? 0
    }

    private var registryTiers: [Tier] {
        for indicator in scheme.indicators where indicator.mode == .registry {
            switch indicator.rule {
            case .highestOnly(let tiers), .tiers(let tiers): return tiers.sorted { $0.at.value > $1.at.value }
            default: continue
            }
        }
        return []
    }

    func registryTitles(of platform: DemonstrationPlatform) -> [RegistryTitle] {
        let drawn = Mixing.hash(Mixing.hash(seed, "registry"), UInt64(platform.index))
        var result: [RegistryTitle] = []
        for (order, tier) in registryTiers.enumerated() {
            let own = Mixing.hash(drawn, UInt64(order))
            guard Int(own % 100) < [12, 26, 45][min(order, 2)] else { continue }
            // One title in five ended before the cut-off.
            let from = cutOff.adding(days: (own >> 20) % 5 == 0 ? -1200 : -400 - order * 30)
            result.append(
                RegistryTitle(
                    value: tier.at.value, title: tier.title?.zh ?? tier.code ?? "", from: from,
                    until: from.adding(days: 1095)))
        }
        return result
    }
}
