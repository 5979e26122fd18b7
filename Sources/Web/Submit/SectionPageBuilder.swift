import Access
import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// What a post of the form left to be shown: what was typed, and what is wrong with it.
struct SectionDraft: Sendable {
    let indicator: IndicatorID
    /// Value id → as typed.
    var typed: [String: String] = [:]
    /// By value id.
    var findings: [Finding] = []
    /// What came of a list.
    var reading: ItemReading?
    var notice: Notice?
}

/// Builds the form of one section out of the scheme and what is filled in.
struct SectionPageBuilder: Sendable {
    let book: CellBook
    let section: Section
    /// Lists of the section's indicators, with their first rows.
    let sheets: [IndicatorID: SectionSheet]
    let words: CompanyWords
    let draft: SectionDraft?
    /// The cell that was just saved.
    let saved: IndicatorID?
    /// What the company declared in an earlier round; nil when it took part in none.
    let earlier: EarlierRound?
    /// The authority has a ledger that serves the section.
    let hasLedger: Bool

    private var access: CellAccess { book.access }
    private var scheme: IndicatorScheme { access.scheme }
    private var language: Language { words.language }
    private var base: String { "/company/rounds/\(access.round.id)" }
    private var api: String { "/api/v1/rounds/\(access.round.id)/platforms/\(access.participation.platform)/cells" }
    private var moments: MomentFormat { MomentFormat(zoneName: scheme.zone, language) }

    func page() -> SectionFormPage {
        let completeness = book.completeness
        let indicators = section.groups.flatMap(\.indicators)
        let concerns = concerns(indicators, completeness)
        let savedNotice = saved.flatMap { id in scheme.indicator(id) }.map {
            Notice(words.say("saved", ["title": $0.title[language]]), .good)
        }
        let offers = offers(indicators)
        return SectionFormPage(
            heading: Heading(
                section.title[language], kicker: access.participation.name, lead: words.say("section.lead")),
            notice: draft?.notice ?? savedNotice, companyHref: base, companyTitle: words.say("back"),
            sections: links(completeness), cells: indicators.map(cell), isEmpty: indicators.isEmpty,
            none: indicators.isEmpty ? EmptyState(words.say("section.nothing")) : nil, hasConcerns: !concerns.isEmpty,
            concerns: concerns, deadlineSentence: words.deadline(access).sentence,
            offers: offers, hasOffers: !offers.isEmpty, account: access.principal.account?.rawValue ?? "",
            presenceApi: "/api/v1/rounds/\(access.round.id)/platforms/\(access.participation.platform)/sections/"
                + "\(section.id)/presence",
            mayEditAny: access.may(.declareCell) && indicators.contains { book.lock($0) == nil })
    }

    /// What can be filled in at once, while there is something to fill.
    private func offers(_ indicators: [Indicator]) -> [SectionFormPage.Offer] {
        let open = indicators.filter { $0.mode == .upload && access.may(.declareCell) && book.lock($0) == nil }
        guard !open.isEmpty else { return [] }
        let catalogue = Catalogue.of(language)
        var offers: [SectionFormPage.Offer] = []
        let hasBlank = open.contains { indicator in
            book.declarations[indicator.id] == nil && earlier?.declarations[indicator.id] != nil
        }
        if let earlier, hasBlank {
            offers.append(
                .init(
                    text: catalogue.text("forms.offer.copy", ["round": earlier.round.title[language]]),
                    title: catalogue.text("forms.offer.copy_act"), href: "\(base)/sections/\(section.id)/copy"))
        }
        if hasLedger {
            offers.append(
                .init(
                    text: catalogue.text("forms.offer.prefill"), title: catalogue.text("forms.offer.prefill_act"),
                    href: "\(base)/sections/\(section.id)/prefill"))
        }
        return offers
    }

    private func links(_ completeness: Completeness) -> [SectionFormPage.SectionLink] {
        scheme.sections.enumerated().compactMap { index, other in
            let progress = completeness.sections[index]
            guard progress.asked > 0 || other.id == section.id else { return nil }
            let width = progress.asked == 0 ? 100 : progress.done * 100 / progress.asked
            return SectionFormPage.SectionLink(
                n: "\(index % 4 + 1)", title: other.title[language], href: "\(base)/sections/\(other.id)",
                isCurrent: other.id == section.id, done: "\(progress.done)/\(progress.asked)", width: "\(width)")
        }
    }

    // MARK: One cell

    private func cell(_ indicator: Indicator) -> SectionFormPage.Cell {
        let declaration = book.declarations[indicator.id]
        let isUploaded = indicator.mode == .upload
        let isOpen = isUploaded && access.may(.declareCell) && book.lock(indicator) == nil
        let mayEdit = isOpen && book.isWhole(indicator)
        let state = book.state(indicator)
        let fields = isUploaded ? fields(indicator, mayEdit) : []
        let requirements = isUploaded ? indicator.evidence.map { requirement($0, indicator) } : []
        return SectionFormPage.Cell(
            id: indicator.id.rawValue, number: "\(indicator.number)", title: indicator.title[language],
            definition: indicator.definition[language], state: words.cellState(state, indicator),
            savedMark: declaration.map { words.say("saved_at", ["at": moments.short($0.at)]) },
            returnReason: state == .returned ? returnReason(indicator) : nil,
            source: source(indicator), hasFields: !fields.isEmpty, saveHref: "\(base)/cells/\(indicator.id)",
            draftApi: "\(api)/\(indicator.id)/draft", versions: versions(indicator), origins: origins(indicator),
            version: "\(declaration?.version ?? 0)", fields: fields,
            mayEdit: mayEdit, mayAttach: isOpen, isCounted: fields.allSatisfy(\.isReadOnly),
            items: isUploaded && !indicator.items.isEmpty ? items(indicator, isOpen, mayEdit) : nil,
            hasRequirements: !requirements.isEmpty, requirements: requirements)
    }

    private func versions(_ indicator: Indicator) -> String {
        let fields = book.drafts[indicator.id, default: [:]]
        return Self.json(fields.mapValues(\.version))
    }

    /// Only of fields that nobody has checked yet.
    private func origins(_ indicator: Indicator) -> String {
        let fields = book.drafts[indicator.id, default: [:]].filter { !$0.value.isConfirmed && !$0.value.text.isEmpty }
        return Self.json(fields.mapValues(\.origin))
    }

    /// Whole numbers and words by name always have a form in JSON.
    private static func json(_ value: some Encodable) -> String {
        (try? JSONBody.encode(value)).map { String(buffer: $0) } ?? "{}"
    }

    private func source(_ indicator: Indicator) -> String? {
        if indicator.mode != .upload { return words.say("source.\(indicator.mode.rawValue)") }
        if indicator.markValue != nil { return words.say("source.marked") }
        return indicator.itemCount != nil && !indicator.items.isEmpty ? words.say("source.counted") : nil
    }

    private func fields(_ indicator: Indicator, _ mayEdit: Bool) -> [FormField] {
        let typed = draft?.indicator == indicator.id ? draft?.typed : nil
        return indicator.declaredFigures(in: scheme).filter { $0.source != .marked }.map { figure in
            let known = book.values[figure.id]?.description
            let error =
                draft?.indicator == indicator.id
                ? draft?.findings.first { $0.place == figure.id && $0.severity == .error }
                : book.wrong(indicator).first { $0.place == figure.id && $0.severity == .error }
            let isTyped = book.isTyped(figure, indicator)
            let kept = book.drafts[indicator.id]?[figure.id]?.text
            let value = isTyped ? typed?[figure.id] ?? kept ?? known ?? "" : known ?? ""
            var field = FormField(
                id: Self.fieldID(figure, indicator), name: isTyped ? figure.id : "",
                label: figure.title[language], unit: figure.unit[language], value: value, inputMode: "decimal",
                hint: hint(figure, indicator), error: error.map { Catalogue.of(language).text($0) },
                isRequired: figure.isTyped && figure.isRequired, isReadOnly: !isTyped || !mayEdit,
                options: mayEdit ? options(figure, value) : nil)
            if isTyped, mayEdit { field.was = kept ?? known }
            return field
        }
    }

    /// A figure that another indicator lends stands on the page twice, so it bears both names.
    private static func fieldID(_ figure: DeclaredFigure, _ indicator: Indicator) -> String {
        let own = figure.id.replacing(".", with: "-")
        if case .borrowed = figure.source { return "figure-\(indicator.id)-\(own)" }
        return "figure-\(own)"
    }

    private func hint(_ figure: DeclaredFigure, _ indicator: Indicator) -> String? {
        switch figure.source {
        case .list: return words.say(book.isTyped(figure, indicator) ? "hint.list_none" : "hint.list")
        case .computed: return words.say(indicator.ratio == nil ? "hint.conditions" : "hint.ratio")
        case .borrowed: return words.say("hint.borrowed", ["title": figure.title[language]])
        case .typed where figure.steps.isEmpty && figure.places > 0:
            return words.say("hint.places", ["places": "\(figure.places)"])
        default: return nil
        }
    }

    /// Yes or no, or the steps of a level; nil for a number.
    private func options(_ figure: DeclaredFigure, _ value: String) -> [Choice.Option]? {
        guard figure.isTyped, figure.source == .condition || !figure.steps.isEmpty else { return nil }
        var options = [("", words.say("choose"))]
        if figure.source == .condition {
            options += [("1", words.say("yes")), ("0", words.say("no"))]
        } else {
            options.append(("0", words.say("none")))
            options += figure.steps.map { step in
                let at = ExactDecimal(rounding: step.at.value, places: 0)?.description ?? "\(step.at.value)"
                return (at, step.title?[language] ?? at)
            }
        }
        return options.map { Choice.Option(value: $0.0, title: $0.1, isSelected: $0.0 == value) }
    }

    /// The reason in one word of the fixed list and in the reviewer's own, with the rows where only they are meant.
    private func returnReason(_ indicator: Indicator) -> String? {
        guard let returned = book.returns[indicator.id] else { return nil }
        let catalogue = Catalogue.of(language)
        let values = [
            "code": catalogue.text("web.queue.reason.\(returned.reasonCode.rawValue)"), "reason": returned.reason,
            "rows": returned.rows.sorted().map { "\($0)" }.joined(separator: ", "),
        ]
        return catalogue.text(returned.rows.isEmpty ? "submit.rows.whole_returned" : "submit.rows.returned", values)
    }

    private func items(_ indicator: Indicator, _ isOpen: Bool, _ mayEdit: Bool) -> SectionFormPage.Items {
        let sheet = sheets[indicator.id]
        let lock = book.rowLock(indicator)
        let returned = ReturnedRowBuilder(
            indicator: indicator, scheme: scheme, reader: try? ListReading.reader(indicator, access),
            language: language, base: "\(base)/cells/\(indicator.id)"
        ).rows(lock, sheet?.returned ?? [], mayEdit: isOpen)
        let rows = sheet?.rows ?? []
        let reading = draft?.indicator == indicator.id ? draft?.reading : nil
        let errors = ((reading?.rejected ?? []) + (reading?.duplicates ?? []) + (reading?.remarks ?? [])).prefix(200)
        let columns = indicator.items.map { field in
            field.isRequired ? words.say("column_required", ["title": field.title[language]]) : field.title[language]
        }
        return SectionFormPage.Items(
            count: words.say("items.count", ["count": FigureFormat.grouped(sheet?.head.good ?? 0)]),
            importHref: "\(base)/cells/\(indicator.id)/items",
            templateHref: "\(api)/\(indicator.id)/items/template.xlsx",
            api: "\(api)/\(indicator.id)/items", title: indicator.title[language],
            columnsSentence: words.say(
                "items.columns", ["columns": columns.joined(separator: words.say("list_separator"))]),
            hasErrors: !errors.isEmpty,
            errorsSentence: words.say(
                "items.result",
                [
                    "accepted": FigureFormat.grouped(reading?.accepted.count ?? 0),
                    "rejected": FigureFormat.grouped(reading?.rejectedRowCount ?? 0),
                    "duplicates": FigureFormat.grouped(reading?.duplicates.count ?? 0),
                ]),
            errors: errors.map { finding in
                let text = RowFindingText(finding, of: indicator, in: scheme, language)
                return SectionFormPage.RowError(row: "\(text.row)", column: text.columnTitle, message: text.message)
            }, mayEditRows: isOpen, mayReplace: mayEdit, hasReturned: !returned.isEmpty, returned: returned,
            hasRows: !rows.isEmpty, head: indicator.items.map { $0.title[language] },
            rows: rows.prefix(20).map { row in
                ChartView.Row(cells: indicator.items.map { shown(row.fields[$0.id] ?? "", $0) })
            })
    }

    /// A dictionary's code reads as its title.
    private func shown(_ value: String, _ field: ItemField) -> String {
        switch field.kind {
        case .choice(let id): return scheme.dictionary(id)?.entry(value)?.title[language] ?? value
        case .region: return scheme.dictionary("regions")?.entry(value)?.title[language] ?? value
        default: return value
        }
    }

    private func requirement(_ asked: EvidenceRequirement, _ indicator: Indicator) -> SectionFormPage.Requirement {
        let files = (book.evidence[indicator.id] ?? []).filter { $0.requirement == asked.id }
        return SectionFormPage.Requirement(
            id: asked.id, key: "\(indicator.id)-\(asked.id)", title: asked.title[language],
            isRequired: asked.isRequired,
            papers: files.map { Paper($0, moments: moments, isOpen: true) },
            uploadHref: "\(base)/cells/\(indicator.id)/evidence")
    }

    // MARK: What a reviewer would return

    private func concerns(_ indicators: [Indicator], _ completeness: Completeness) -> [CompanyPage.Todo] {
        var all: [CompanyPage.Todo] = []
        for indicator in indicators where indicator.mode == .upload {
            let title = indicator.title[language]
            let missing = completeness.missing.filter { $0.indicator == indicator.id }
            all += missing.map {
                CompanyPage.Todo(href: "#\(indicator.id)", title: title, text: words.missing($0, indicator, scheme))
            }
            let findings = PreCheck(book: book, earlier: earlier?.values ?? [:], head: sheets[indicator.id]?.head)
                .findings(indicator, language)
            all += findings.map {
                CompanyPage.Todo(href: "#\(indicator.id)", title: title, text: Catalogue.of(language).text($0))
            }
        }
        return all
    }
}
