import Foundation
import Review
import Scheme
import Score
import Vocabulary
import Wording

/// Builds the public result out of a scored field, showing only what the reader may see.
struct ResultPageBuilder: Sendable {
    let result: PublishedResult
    let sight: Sight
    let query: ResultQuery
    let language: Language
    let checkpoint: CheckpointMark?
    /// How many corrections of the published result were decided.
    let corrections: Int

    private var catalogue: Catalogue { Catalogue.of(language) }
    private var scheme: IndicatorScheme { result.scheme }
    private var path: String { "/rounds/\(result.round.id)/result" }
    private func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("web.result.\(key)", values)
    }

    func page() -> ResultPage {
        let all = result.field.byRank.filter { result.participations[$0.unit] != nil }
        let rows = sorted(all.filter(matches))
        return ResultPage(
            heading: Heading(
                say("title"), kicker: result.round.title[language],
                lead: say("lead", ["count": "\(scheme.indicators.count)"]), acts: acts()),
            notice: notice(), facts: facts(all), isHidden: false, hidden: nil, address: path, query: query.text,
            choices: choices(all), isFiltered: query.isFiltered,
            shown: say("shown", ["shown": "\(rows.count)", "all": "\(all.count)"]),
            sections: sight.sections ? sectionMarks : [], csvName: "ranking-\(result.round.id)", columns: columns(),
            rows: rows.map(row), isEmpty: rows.isEmpty,
            none: rows.isEmpty
                ? EmptyState(say("none"), act: .init(title: say("clear"), href: path)) : nil,
            note: note(), explanation: explanation(), methodHref: "/rounds/\(result.round.id)/method",
            verifySentence: say("verify_sentence"),
            verification: checkpoint.map {
                .init(size: FigureFormat.grouped($0.size), root: $0.root, digest: result.digest.hex)
            }, downloads: downloads(all.count))
    }

    /// What the public reads before there is anything to see.
    static func hidden(
        _ round: Round, _ scheme: IndicatorScheme, applicants: Int, isComputed: Bool, _ language: Language
    ) -> ResultPage {
        let catalogue = Catalogue.of(language)
        let values = [
            "applicants": "\(applicants)", "state": catalogue.text("web.round_state.\(round.state.rawValue)"),
            "cutOff": "\(round.cutOff)",
        ]
        let why = catalogue.text(isComputed ? "web.result.hidden" : "web.result.not_computed", values)
        let method = "/rounds/\(round.id)/method"
        return ResultPage(
            heading: Heading(
                catalogue.text("web.result.title"), kicker: round.title[language],
                lead: catalogue.text("web.result.lead", ["count": "\(scheme.indicators.count)"])),
            notice: nil, facts: [], isHidden: true,
            hidden: EmptyState(why, act: .init(title: catalogue.text("web.result.read_method"), href: method)),
            address: "/rounds/\(round.id)/result", query: "", choices: [], isFiltered: false, shown: "",
            sections: [], csvName: "", columns: [], rows: [], isEmpty: true, none: nil, note: "", explanation: [],
            methodHref: method, verifySentence: "", verification: nil, downloads: [])
    }

    // MARK: Rows

    private func row(_ unit: UnitScore) -> ResultPage.Row {
        let participation = result.participations[unit.unit]
        let sheet = unit.sheet
        return ResultPage.Row(
            rank: unit.rank.map(String.init) ?? say("unrated"), isTied: isTied(unit),
            isLimited: sight.ranks && result.field.limitedList.contains { $0.unit == unit.unit },
            href: "/rounds/\(result.round.id)/platforms/\(unit.unit)", platform: participation?.name ?? unit.unit,
            operator: participation?.company.name ?? "",
            city: participation.map { result.city($0, language) } ?? "",
            type: participation.map { result.type($0, language) } ?? "",
            bar: bar(sight.sections ? sheet.sections : []),
            sectionPoints: sight.sections
                ? sheet.sections.enumerated().map { .init(n: "\($0 + 1)", points: $1.points.description) } : [],
            total: sight.totals ? unit.total?.description ?? say("unrated") : "",
            grade: sight.totals
                ? unit.grade.flatMap { id in scheme.grades.first { $0.id == id }?.title[language] } : nil)
    }

    private func bar(_ sections: [SectionScore]) -> StackedBar {
        let full = fullPoints
        let parts = sections.map {
            say("bar_part", ["title": unnumbered($0.title[language]), "points": "\($0.points)"])
        }
        return StackedBar(
            shares: sections.map { full > 0 ? $0.points.doubleValue / full : 0 },
            sentence: parts.joined(separator: catalogue.text("web.list.separator")))
    }

    private var fullPoints: Double {
        scheme.sections.reduce(0) { sum, section in
            sum
                + (section.isBonus ? min(section.points, scheme.bonusCap?.value ?? section.points) : section.points)
                .doubleValue
        }
    }

    private func isTied(_ unit: UnitScore) -> Bool {
        guard let rank = unit.rank else { return false }
        return result.field.units.contains { $0.unit != unit.unit && $0.rank == rank }
    }

    private func matches(_ unit: UnitScore) -> Bool {
        guard let participation = result.participations[unit.unit] else { return false }
        let names = [participation.name, participation.company.name] + participation.aliases
        return (query.text.isEmpty || names.contains { $0.localizedCaseInsensitiveContains(query.text) })
            && (query.type.isEmpty || participation.type == query.type)
            && (query.city.isEmpty || participation.company.region.city.rawValue == query.city)
            && (query.grade.isEmpty || unit.grade == query.grade)
    }

    private func sorted(_ units: [UnitScore]) -> [UnitScore] {
        let keyed = units.enumerated().map { (offset: $0, unit: $1, key: sortKey($1)) }
        let ordered = keyed.sorted { a, b in
            if a.key != b.key { return query.isDescending ? a.key > b.key : a.key < b.key }
            return a.offset < b.offset
        }
        return ordered.map(\.unit)
    }

    /// Text that sorts as the column reads: figures are padded.
    private func sortKey(_ unit: UnitScore) -> String {
        func padded(_ value: ExactDecimal?) -> String {
            let digits = value.map { "\($0.rounded(places: 4).coefficient)" } ?? ""
            return String(repeating: "0", count: max(0, 12 - digits.count)) + digits
        }
        let participation = result.participations[unit.unit]
        switch query.sort {
        case "name": return participation?.name ?? ""
        case "city": return participation?.company.region.city.rawValue ?? ""
        case "type": return participation?.type ?? ""
        case "total" where sight.totals: return padded(unit.total)
        case let key where key.hasPrefix("s") && sight.sections:
            let index = (Int(key.dropFirst()) ?? 1) - 1
            return padded(unit.sheet.sections.indices.contains(index) ? unit.sheet.sections[index].points : nil)
        default: return padded(ExactDecimal(unit.rank ?? 99_999))
        }
    }

    // MARK: Around the table

    private var sectionMarks: [ResultPage.SectionMark] {
        scheme.sections.enumerated().map { .init(n: "\($0 + 1)", title: unnumbered($1.title[language])) }
    }

    /// A section's title without the numeral that Chinese headings begin with (U+3001 ends it).
    private func unnumbered(_ title: String) -> String {
        let parts = title.split(separator: "\u{3001}", maxSplits: 1)
        return parts.count == 2 && parts[0].count <= 2 ? String(parts[1]) : title
    }

    private func columns() -> [Column] {
        func column(_ key: String, _ title: String, isFigure: Bool = false, firstDescending: Bool = false) -> Column {
            let isSorted = query.sort == key
            return Column(
                title: title, isFigure: isFigure,
                href: query.address(path, sortedBy: key, firstDescending: firstDescending),
                sorted: isSorted ? (query.isDescending ? "descending" : "ascending") : nil,
                sign: isSorted ? (query.isDescending ? "↓" : "↑") : nil)
        }
        var all = [
            column("rank", say("column_rank"), isFigure: true), column("name", say("column_platform")),
            column("city", say("column_city")), column("type", say("column_type")),
            Column(
                title: say("column_bars", ["full": FigureFormat.trimmedText(fullPoints)]), isFigure: false, href: nil,
                sorted: nil, sign: nil),
        ]
        if sight.sections {
            for (index, section) in scheme.sections.enumerated() {
                all.append(
                    column("s\(index + 1)", unnumbered(section.title[language]), isFigure: true, firstDescending: true))
            }
        }
        all.append(column("total", say("column_total"), isFigure: true, firstDescending: true))
        all.append(Column(title: say("column_grade"), isFigure: false, href: nil, sorted: nil, sign: nil))
        return all
    }

    private func choices(_ units: [UnitScore]) -> [Choice] {
        let cities = Set(units.compactMap { result.participations[$0.unit]?.company.region.city.rawValue }).sorted()
        var all = [
            Choice(
                "type", label: say("column_type"),
                options: [("", say("all_types"))] + scheme.types.map { ($0.id, $0.title[language]) },
                selected: query.type),
            Choice(
                "city", label: say("column_city"),
                options: [("", say("all_cities"))] + cities.map { ($0, scheme.regionTitle(RegionCode($0), language)) },
                selected: query.city),
        ]
        if sight.totals, !scheme.grades.isEmpty {
            all.append(
                Choice(
                    "grade", label: say("column_grade"),
                    options: [("", say("all_grades"))] + scheme.grades.map { ($0.id, $0.title[language]) },
                    selected: query.grade))
        }
        all.append(order())
        return all
    }

    /// The order as a choice too: on a phone the columns have no heads.
    private func order() -> Choice {
        var options = [("rank", say("column_rank"))]
        if sight.sections {
            options += scheme.sections.enumerated().map { ("-s\($0 + 1)", unnumbered($1.title[language])) }
        }
        options += [
            ("name", say("column_platform")), ("city", say("column_city")), ("type", say("column_type")),
        ]
        if !options.contains(where: { $0.0 == query.sortText }) {
            let key = query.sort.hasPrefix("s") ? Int(query.sort.dropFirst()) : nil
            let section = key.flatMap { scheme.sections.indices.contains($0 - 1) ? scheme.sections[$0 - 1] : nil }
            let title = section?.title[language] ?? say("column_total")
            options.append((query.sortText, title))
        }
        return Choice("sort", label: say("order"), options: options, selected: query.sortText)
    }

    private func facts(_ units: [UnitScore]) -> [Fact] {
        var all = [Fact(label: say("fact_platforms"), figure: Figure(count: units.count, language), note: nil)]
        let totals = units.compactMap(\.total)
        if sight.totals, let best = totals.max(), let median = totals.map(\.doubleValue).median {
            all.append(Fact(label: say("fact_best"), figure: Figure(text: best.description), note: nil))
            all.append(
                Fact(
                    label: say("fact_median"),
                    figure: Figure(text: FigureFormat.fixed(median, places: scheme.precision.places)), note: nil))
        }
        return all
    }

    private func notice() -> Notice? {
        let moments = MomentFormat(zoneName: scheme.zone, language)
        let values = [
            "state": catalogue.text("web.round_state.\(result.round.state.rawValue)"), "number": "\(result.number)",
            "at": moments.minute(result.finishedAt),
        ]
        if result.field.isProvisional { return Notice(say("provisional", values), .watch) }
        return Notice(say("standing", values), result.round.state.order >= RoundState.notice.order ? .good : .plain)
    }

    private func note() -> String {
        var parts: [String] = []
        if let count = scheme.ranking.limitedListCount?.value {
            parts.append(say("note_limited", ["count": "\(count)"]))
        }
        if sight.totals, scheme.grades.contains(where: { $0.floor.origin == .default }) {
            let list = scheme.grades.map {
                say("grade_from", ["title": $0.title[language], "floor": FigureFormat.trimmed($0.floor.value)])
            }
            parts.append(say("note_grades", ["grades": list.joined(separator: catalogue.text("web.list.separator"))]))
        }
        return parts.joined(separator: catalogue.text("web.list.space"))
    }

    private func acts() -> [HeadAct] {
        let api = "/api/v1/rounds/\(result.round.id)/result"
        var acts = [
            HeadAct(say("download_csv"), href: api + ".csv", isMain: true, isDownload: true),
            HeadAct("JSON", href: api, isDownload: true),
        ]
        if corrections > 0 {
            acts.append(
                HeadAct(
                    catalogue.text("web.panel.result_corrections", ["count": "\(corrections)"]),
                    href: "/rounds/\(result.round.id)/corrections"))
        }
        return acts
    }

    private func downloads(_ count: Int) -> [ResultPage.Download] {
        let api = "/api/v1/rounds/\(result.round.id)/result"
        return [
            .init(href: api + ".csv", title: say("download_csv"), note: say("csv_note", ["count": "\(count)"])),
            .init(href: api, title: say("download_json"), note: say("json_note")),
            .init(
                href: "/api/v1/schemes/\(scheme.id)/file", title: say("download_scheme"),
                note: say("scheme_note", ["count": "\(scheme.indicators.count)"])),
        ]
    }

    private func explanation() -> [String] {
        let separator = catalogue.text("web.list.separator")
        let sections = scheme.sections.map {
            let full = $0.isBonus ? min($0.points, scheme.bonusCap?.value ?? $0.points) : $0.points
            return say(
                $0.isBonus ? "explain_bonus" : "explain_section",
                ["title": unnumbered($0.title[language]), "points": FigureFormat.trimmed(full)])
        }
        let keys = scheme.ranking.limitedListOrder.map { key -> String in
            if key.value == "lot" { return say("by_lot") }
            if key.value.hasPrefix("value:") {
                let id = IndicatorID(String(key.value.dropFirst(6)))
                return scheme.indicator(id)?.title[language] ?? id.rawValue
            }
            return scheme.sections.first { $0.id == key.value }?.title[language] ?? key.value
        }
        let ports = scheme.indicators.filter { $0.mode == .port }.count
        return [
            say(
                "explain_1",
                ["count": "\(scheme.indicators.count)", "sections": sections.joined(separator: separator)]),
            say("explain_2"), say("explain_3", ["ports": "\(ports)"]),
            say("explain_4", ["places": "\(scheme.precision.places)"]),
            say("explain_5", ["keys": keys.joined(separator: separator)]),
        ]
    }
}
