import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// Fills the page of what is held and deleted.
struct PrivacyPageBuilder {
    let round: Round
    let scheme: IndicatorScheme
    let facts: RetentionFacts
    let names: [PlatformID: String]
    let schedule: RetentionSchedule
    let mayRead: Bool
    let language: Language
    private var catalogue: Catalogue { Catalogue.of(language) }

    func page() -> PrivacyPage {
        func say(_ key: String, _ values: [String: String] = [:]) -> String {
            catalogue.text("web.privacy.\(key)", values)
        }
        return PrivacyPage(
            heading: Heading(say("title"), kicker: round.title[language], lead: say("lead")),
            schedule: say(
                "schedule",
                ["personal": "\(schedule.personalListMonths)", "port": "\(schedule.portRowMonths)"]),
            held: facts.holdings.map { holding in
                PrivacyPage.Held(
                    kind: say("kind_\(holding.kind.rawValue)"), platform: name(holding.platform),
                    indicator: title(holding.indicator), rows: FigureFormat.grouped(holding.rowCount),
                    due: facts.due(holding.kind)?.description ?? say("due_unknown"),
                    href: mayRead && holding.kind == .personalList
                        ? "/authority/rounds/\(round.id)/privacy/\(holding.platform)/\(holding.indicator?.rawValue ?? "")"
                        : nil)
            },
            isEmpty: facts.holdings.isEmpty, none: EmptyState(say("none")),
            deleted: facts.deletions.map { deletion in
                PrivacyPage.Deleted(
                    kind: say("kind_\(deletion.holding.kind.rawValue)"), platform: name(deletion.holding.platform),
                    indicator: title(deletion.holding.indicator),
                    rows: FigureFormat.grouped(deletion.holding.rowCount),
                    at: DayCutter(zoneName: scheme.zone)?.clockText(deletion.at) ?? deletion.at.description,
                    digest: String(deletion.digest.hex.prefix(16)), proof: ProofChip(index: deletion.logIndex))
            },
            hasDeleted: !facts.deletions.isEmpty)
    }

    private func name(_ platform: PlatformID) -> String {
        platform.rawValue.isEmpty ? "\u{2013}" : names[platform] ?? platform.rawValue
    }
    private func title(_ indicator: IndicatorID?) -> String {
        indicator.flatMap { scheme.indicator($0)?.title[language] } ?? ""
    }
}

/// Fills the page of one list that tells of persons.
struct PersonalRowsPageBuilder {
    let rows: [ItemRow]
    let indicator: Indicator
    let access: CellAccess
    /// The entry of the look; nil while the rows are masked.
    let openedIndex: Int?
    let language: Language
    private var catalogue: Catalogue { Catalogue.of(language) }

    /// As many as are read on one page; the rest is in the export.
    private static let mostRows = 500

    func page() -> PersonalRowsPage {
        func say(_ key: String, _ values: [String: String] = [:]) -> String {
            catalogue.text("web.privacy.\(key)", values)
        }
        let address =
            "/authority/rounds/\(access.round.id)/privacy/\(access.participation.platform)/\(indicator.id)"
        let count = FigureFormat.grouped(rows.count)
        let notice: Notice
        if openedIndex == nil {
            notice = Notice(say("masked", ["count": count]), .plain)
        } else {
            notice = Notice(say("opened", ["count": count]), .watch)
        }
        return PersonalRowsPage(
            heading: Heading(indicator.title[language], kicker: access.participation.name, lead: say("rows_lead")),
            notice: rows.isEmpty ? nil : notice,
            head: indicator.items.map { $0.title[language] },
            rows: rows.prefix(Self.mostRows).map { row in
                PersonalRowsPage.Row(
                    number: "\(row.number)", cells: indicator.items.map { row.fields[$0.id] ?? "" })
            },
            isEmpty: rows.isEmpty, none: EmptyState(say("no_rows")),
            ask: openedIndex == nil && !rows.isEmpty ? PersonalRowsPage.Ask(href: address) : nil,
            proof: openedIndex.map { ProofChip(index: $0) })
    }
}
