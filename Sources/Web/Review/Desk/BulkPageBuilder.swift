import Review
import Scheme
import Vocabulary
import Wording

/// Builds the page that says what an action on several items will do.
struct BulkPageBuilder: Sendable {
    let book: DeskBook
    let plan: DeskPlan
    let form: FormBody
    let language: Language

    private var catalogue: Catalogue { Catalogue.of(language) }
    private func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("web.desk.\(key)", values)
    }

    /// The most lines that the page shows; the confirmation sends all.
    static let mostLines = 200

    func page() -> BulkPage {
        let base = "/authority/rounds/\(book.cells.round.id)/queue"
        let back = DeskFilter(query: form["back"])
        let count = FigureFormat.grouped(plan.items.count)
        let companies = Set(plan.items.map(\.cell.platform)).count
        var effect = say("effect.\(plan.action.name)", ["count": count, "companies": "\(companies)"])
        if plan.items.isEmpty { effect = say("effect.nothing") }
        return BulkPage(
            heading: Heading(say("bulk_title"), kicker: book.cells.round.title[language]), notice: nil, effect: effect,
            hasItems: !plan.items.isEmpty, head: [say("bulk_item"), say("bulk_what")],
            items: plan.items.prefix(Self.mostLines).map { .init(item: title($0.cell), text: what($0)) },
            more: plan.items.count > Self.mostLines
                ? say("bulk_more", ["count": FigureFormat.grouped(plan.items.count - Self.mostLines)]) : nil,
            refusedSentence: say("bulk_refused", ["count": FigureFormat.grouped(plan.refused.count)]),
            hasRefused: !plan.refused.isEmpty,
            refused: plan.refused.prefix(Self.mostLines).map { finding in
                .init(item: title(finding.place), text: catalogue.text(finding))
            }, action: base + "/bulk", backHref: back.query.isEmpty ? base : base + "?" + back.query,
            fields: fields(), submitTitle: say("bulk_submit.\(plan.action.name)", ["count": count]))
    }

    private func fields() -> [BulkPage.Hidden] {
        var fields = ["action", "reasonCode", "reason", "to", "back", "all"].compactMap { name in
            form[name].isEmpty ? nil : BulkPage.Hidden(name: name, value: form[name])
        }
        if form["all"] != "1" { fields += form.all("item").map { BulkPage.Hidden(name: "item", value: $0) } }
        return fields + [BulkPage.Hidden(name: "plan", value: plan.digest)]
    }

    private func title(_ cell: CellAddress) -> String { title("\(cell.platform)/\(cell.indicator)") }

    private func title(_ name: String) -> String {
        let parts = name.split(separator: "/").map(String.init)
        guard parts.count == 2, let participation = book.participation(PlatformID(parts[0])),
            let indicator = book.cells.scheme.indicator(IndicatorID(parts[1]))
        else { return name }
        return say(
            "item_title",
            [
                "platform": participation.name, "number": "\(indicator.number)",
                "indicator": indicator.title[language],
            ])
    }

    private func what(_ item: DeskItem) -> String {
        guard let decision = item.decision else { return say("bulk_from.none") }
        return say("bulk_from.\(decision.verdict.rawValue)")
    }
}
