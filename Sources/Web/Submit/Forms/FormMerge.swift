import Scheme
import Submit
import Vocabulary
import Wording

/// What a form without JavaScript sent after somebody else had saved the same cell: merged field by field, and where both
/// changed the same field, put side by side for the person to choose.
struct FormMerge: Sendable {
    struct Field: Sendable {
        let figure: DeclaredFigure
        let mine: String
        let theirs: String
        /// Nil where both changed it.
        let merged: String?
    }

    let fields: [Field]

    var hasConflict: Bool { fields.contains { $0.merged == nil } }
    /// Value id → text, of everything that merges.
    var texts: [String: String] {
        fields.reduce(into: [:]) { texts, field in texts[field.figure.id] = field.merged }
    }

    /// - Parameters:
    ///   - book: read after the other person had saved.
    ///   - form: the fields, and under `was-` and their name what stood there when the page was made.
    init(_ indicator: Indicator, _ book: CellBook, _ form: FormBody) {
        fields = indicator.declaredFigures(in: book.access.scheme).filter { book.isTyped($0, indicator) }.map {
            figure in
            let (mine, was) = (form[figure.id], form["was-" + figure.id])
            let theirs = FormMerge.present(figure, indicator, book)
            let merged: String? =
                if FormMerge.isSame(mine, theirs) || FormMerge.isSame(theirs, was) {
                    mine
                } else if FormMerge.isSame(mine, was) {
                    theirs
                } else {
                    nil
                }
            return Field(figure: figure, mine: mine, theirs: theirs, merged: merged)
        }
    }

    /// What stands in the field now.
    private static func present(_ figure: DeclaredFigure, _ indicator: Indicator, _ book: CellBook) -> String {
        book.drafts[indicator.id]?[figure.id]?.text
            ?? book.declarations[indicator.id]?.values[figure.id]?.description ?? ""
    }

    /// `12.50` is `12.5`.
    private static func isSame(_ a: String, _ b: String) -> Bool {
        if a == b { return true }
        guard let first = ExactDecimal(a), let second = ExactDecimal(b) else { return false }
        return first == second
    }
}

/// Builds the page on which the conflicts of a form are settled.
struct MergePageBuilder: Sendable {
    let merge: FormMerge
    let book: CellBook
    let indicator: Indicator
    /// Account → name.
    let names: [AccountID: String]
    let href: String
    let backHref: String
    let language: Language

    private func say(_ key: String, _ values: [String: String] = [:]) -> String {
        Catalogue.of(language).text("forms.merge.\(key)", values)
    }

    func page() -> MergePage {
        let declaration = book.declarations[indicator.id]
        return MergePage(
            heading: Heading(
                indicator.title[language], kicker: book.access.participation.name, lead: say("lead")),
            href: href, backHref: backHref, version: "\(declaration?.version ?? 0)",
            kept: merge.fields.map { MergePage.Kept(name: "was-" + $0.figure.id, value: $0.theirs) }
                + merge.texts.sorted { $0.key < $1.key }.map { MergePage.Kept(name: $0.key, value: $0.value) },
            conflicts: merge.fields.filter { $0.merged == nil }.map(conflict))
    }

    private func conflict(_ field: FormMerge.Field) -> MergePage.Conflict {
        let figure = field.figure
        let draft = book.drafts[indicator.id]?[figure.id]
        let by = draft?.by ?? book.declarations[indicator.id]?.by
        let at = draft?.at ?? book.declarations[indicator.id]?.at
        let moments = MomentFormat(zoneName: book.access.scheme.zone, language)
        let id = "merge-" + figure.id.replacing(".", with: "-")
        return MergePage.Conflict(
            id: id, name: figure.id, title: figure.title[language], mine: field.mine, theirs: field.theirs,
            mineTitle: say("mine"), mineText: shown(field.mine, figure),
            theirsTitle: say(
                "theirs",
                ["name": by.map { names[$0] ?? $0.rawValue } ?? "", "at": at.map { moments.short($0) } ?? ""]),
            theirsText: shown(field.theirs, figure))
    }

    private func shown(_ text: String, _ figure: DeclaredFigure) -> String {
        if text.isEmpty { return say("blank") }
        if figure.source == .condition, let value = ExactDecimal(text) { return say(value == .zero ? "no" : "yes") }
        if let value = ExactDecimal(text), let step = figure.steps.first(where: { $0.at.value == value.doubleValue }),
            let title = step.title
        {
            return title[language]
        }
        return "\(text) \(figure.unit[language])"
    }
}
