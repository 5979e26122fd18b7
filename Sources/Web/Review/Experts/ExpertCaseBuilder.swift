import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// Builds the page on which an expert marks a case.
struct ExpertCaseBuilder: Sendable {
    let words: ExpertWords
    let one: ExpertDesk.Case
    let list: ItemList?
    let declaration: Declaration?
    let verification: Verification?
    let files: [EvidenceFile]
    let draft: MarkDraft?
    /// What was sent and refused; takes the place of the draft.
    var typed: ExpertDesk.Typed?
    var findings: [Finding] = []
    let remarks: [MarkRemark]
    /// The version of the own mark that counts.
    let version: Int
    let notice: Notice?

    private var language: Language { words.language }
    private var scheme: IndicatorScheme { one.known.scheme }
    private var own: MarkSheet? { one.standing.second[one.expert] ?? one.standing.first[one.expert] }
    private func say(_ key: String, _ values: [String: String] = [:]) -> String { words.say(key, values) }
    private var moments: MomentFormat { MomentFormat(zoneName: scheme.zone, language) }

    func page() -> ExpertCasePage {
        let standings = words.standings(one.indicator.id)
        let place = standings.firstIndex { $0.cell == one.cell } ?? 0
        let progress = words.progress(standings)
        let title = one.indicator.title[language]
        let href = words.href(one.cell)
        let seen = one.standing.seen(by: one.expert, readsMarks: false)
        let showsOthers = one.standing.revealedAt != nil && one.standing.first[one.expert] != nil
        let catalogue = words.catalogue
        return ExpertCasePage(
            title: "\(one.participation.name) · \(title)", crumbHref: words.base, crumb: say("list.title"),
            number: "\(one.indicator.number)", indicator: title, platform: one.participation.name,
            progress: say("progress", ["done": progress.text]), width: progress.width,
            previousHref: place > 0 ? words.href(standings[place - 1].cell) : nil,
            nextHref: place + 1 < standings.count ? words.href(standings[place + 1].cell) : nil, notice: notice,
            definition: one.indicator.definition[language], aspects: one.indicator.aspects.map { $0[language] },
            figures: figures(), cases: texts(), casesNone: list == nil ? say("no_list") : nil,
            papers: files.map(paper), isMarkable: one.lock == nil,
            lock: one.lock.map { Notice(catalogue.text($0), .plain) },
            sittingSentence: one.lock == nil && one.sitting == 2 ? divergenceSentence("second_asked") : nil,
            saveHref: href,
            draftHref:
                "/api/v1/rounds/\(one.known.round.id)/platforms/\(one.cell.platform)/marks/\(one.cell.indicator)/draft",
            key: words.key(one.standing), version: "\(version)", draftVersion: "\(draft?.version ?? 0)",
            criteria: criteria(), mark: markField(), comment: comment(), errors: findings.map { catalogue.text($0) },
            hasErrors: !findings.isEmpty,
            savedMark: draft.map { say("draft_at", ["at": moments.short($0.at)]) }
                ?? own.map { say("in_at", ["at": moments.short($0.at)]) },
            hasOthers: showsOthers, others: showsOthers ? others(seen) : [],
            othersSentence: showsOthers ? divergenceSentence("spread") : nil,
            isDiscussed: one.lock == nil && one.standing.stage == .discussing,
            remarks: remarks.map {
                ExpertCasePage.Remark(who: name($0.expert), at: moments.minute($0.at), text: $0.text)
            }, remarkHref: href + "/remarks", conflictHref: words.base + "/conflicts/\(one.cell.platform)")
    }

    /// Experts speak among each other by letter, in the order of the case, so that a mark is weighed and not a name.
    private func name(_ expert: AccountID) -> String {
        if expert == one.expert { return say("me") }
        let index = one.standing.experts.firstIndex(of: expert) ?? 0
        return say("letter", ["letter": String(UnicodeScalar(UInt8(65 + index % 26)))])
    }

    private func divergenceSentence(_ key: String) -> String? {
        one.standing.divergence.map {
            say(
                key,
                [
                    "range": FigureFormat.trimmed($0.range), "median": FigureFormat.trimmed($0.median),
                    "distance": FigureFormat.trimmed($0.distance),
                ])
        }
    }

    private func others(_ seen: [MarkSheet]) -> [ExpertCasePage.Other] {
        one.standing.experts.map { expert in
            let first = seen.first { $0.expert == expert && $0.sitting == 1 }
            let second = seen.first { $0.expert == expert && $0.sitting == 2 }
            return ExpertCasePage.Other(
                who: name(expert), first: first?.mark.description ?? "", second: second?.mark.description ?? "",
                comment: [first?.comment, second?.comment].compactMap { $0 }.filter { !$0.isEmpty }
                    .joined(separator: " / "))
        }
    }

    private func figures() -> [ExpertCasePage.FigureLine] {
        let marked = one.indicator.markValue?.id
        return one.indicator.declaredFigures(in: scheme).filter { $0.id != marked }.map { figure in
            func shown(_ value: ExactDecimal?) -> String {
                value.map { FigureFormat.trimmed($0) + " " + figure.unit[language] } ?? say("none_yet")
            }
            return ExpertCasePage.FigureLine(
                title: figure.title[language], declared: shown(declaration?.values[figure.id]),
                verified: shown(verification?.values[figure.id]))
        }
    }

    private func texts() -> [ExpertCasePage.CaseText] {
        let fields = one.indicator.items
        return (list?.rows ?? []).prefix(20).enumerated().map { index, row in
            let title = fields.first { $0.id == "title" }.flatMap { row.fields[$0.id] } ?? ""
            return ExpertCasePage.CaseText(
                number: "\(index + 1)", title: title,
                fields: fields.filter { $0.id != "title" }.map { field in
                    ExpertCasePage.CaseText.Field(
                        title: field.title[language], text: shown(row.fields[field.id] ?? "", field))
                })
        }
    }

    /// A dictionary's code reads as its title.
    private func shown(_ value: String, _ field: ItemField) -> String {
        switch field.kind {
        case .choice(let id): scheme.dictionary(id)?.entry(value)?.title[language] ?? value
        case .region: scheme.dictionary("regions")?.entry(value)?.title[language] ?? value
        default: value
        }
    }

    private func paper(_ file: EvidenceFile) -> Paper {
        Paper(
            kind: file.type.rawValue.uppercased(), name: file.name,
            href: words.href(one.cell) + "/evidence/\(file.digest.hex)", size: FigureFormat.bytes(file.size),
            at: moments.minute(file.at), digest: file.digest.hex, digestShort: String(file.digest.hex.prefix(12)))
    }

    // MARK: The form

    private func criteria() -> [ExpertCasePage.Criterion] {
        let bands = one.rules.bands
        return one.rules.rubric.enumerated().map { index, line in
            let given = typed?.criteria ?? draft?.criteria ?? own?.criteria.map(\.description) ?? []
            return ExpertCasePage.Criterion(
                id: "criterion-\(index + 1)", name: "criterion-\(index + 1)", title: line.title[language],
                most: FigureFormat.trimmed(line.points.value), value: index < given.count ? given[index] : "",
                steps: line.steps.enumerated().map { step, text in
                    let from = step < bands.count ? bands[step].from.value : 0
                    return ExpertCasePage.Criterion.Step(
                        band: step < bands.count ? bands[step].title[language] : "",
                        range: range(from, step == 0 ? nil : bands[step - 1].from.value, of: line.points.value),
                        text: text[language])
                })
        }
    }

    /// The band in this criterion's own points: `36–40` for 90–100 of 40.
    private func range(_ from: Double, _ next: Double?, of most: ExactDecimal) -> String {
        let whole = most.doubleValue
        let low = FigureFormat.trimmedText(from * whole / 100)
        return next.map { say("below", ["from": low, "to": FigureFormat.trimmedText($0 * whole / 100)]) }
            ?? say("from_to", ["from": low, "to": FigureFormat.trimmedText(whole)])
    }

    private func markField() -> FormField {
        FormField(
            id: "overall", name: "mark", label: say("overall"), unit: say("of_hundred"),
            value: typed?.mark ?? draft?.mark ?? own?.mark.description ?? "", inputMode: "decimal",
            hint: say("overall_hint"))
    }

    private func comment() -> ExpertCasePage.Comment {
        ExpertCasePage.Comment(
            text: typed?.comment ?? draft?.comment ?? own?.comment ?? "",
            hint: say(
                "comment_hint",
                [
                    "below": FigureFormat.trimmedText(one.rules.reasonBelow.value),
                    "above": FigureFormat.trimmedText(one.rules.reasonAbove.value),
                ]), limit: "\(MarkSheet.commentLimit)")
    }
}
