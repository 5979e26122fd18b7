import Scheme
import Submit
import Vocabulary

/// A list with its first rows, for the page.
struct SectionSheet: Sendable {
    let head: SheetHead
    let rows: [ListedRow]
    /// Those that were sent back one by one.
    var returned: [ListedRow] = []
}

/// What a reviewer would return, beyond what is missing: wrong entries, unlikely figures, rows that do not count.
struct PreCheck: Sendable {
    let book: CellBook
    /// Declared values of the company's last round.
    let earlier: [String: ExactDecimal]
    let head: SheetHead?

    /// A figure this many times larger or smaller than last round's is asked about.
    static let jump = ExactDecimal(3)

    /// In the order in which a reviewer meets them.
    func findings(_ indicator: Indicator, _ language: Language) -> [Finding] {
        let scheme = book.access.scheme
        var found = book.wrong(indicator).filter { $0.severity != .note }
        let figures = indicator.declaredFigures(in: scheme)
        if found.isEmpty, let declared = book.declarations[indicator.id],
            let reader = try? DeclarationReader(indicator: indicator, scheme: scheme)
        {
            let ids = Set(figures.filter(\.isTyped).map(\.id))
            let reading = reader.read(declared.values.filter { ids.contains($0.key) }, borrowed: book.values)
            found += reading.findings.filter { $0.severity != .note }
        }
        if let head, head.faulty > 0 {
            found.append(Finding(.warning, "forms.rows_faulty", at: indicator.id.rawValue, ["count": "\(head.faulty)"]))
        }
        if let head, head.repeated > 0 {
            found.append(
                Finding(.warning, "forms.rows_repeated", at: indicator.id.rawValue, ["count": "\(head.repeated)"]))
        }
        let declared = book.declarations[indicator.id]?.values ?? [:]
        for figure in figures where figure.source != .borrowed && figure.steps.isEmpty && figure.source != .condition {
            guard let now = declared[figure.id], let past = earlier[figure.id], now > .zero, past > .zero else {
                continue
            }
            let isJump = now.times(ExactDecimal(1), over: past, places: 6).map { $0 > Self.jump } ?? false
            let isFall = past.times(ExactDecimal(1), over: now, places: 6).map { $0 > Self.jump } ?? false
            guard isJump || isFall else { continue }
            found.append(
                Finding(
                    .warning, "forms.jump", at: figure.id, ["given": now.description, "before": past.description]))
        }
        for field in book.drafts[indicator.id, default: [:]].values.sorted(by: { $0.figure < $1.figure })
        where !field.isConfirmed && !field.text.isEmpty {
            let title = figures.first { $0.id == field.figure }?.title[language] ?? field.figure
            found.append(Finding(.warning, "forms.not_confirmed", at: field.figure, ["title": title]))
        }
        return found
    }
}
