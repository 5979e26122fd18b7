import Access
import Review
import Scheme
import Submit
import Vocabulary

/// Builds the company's page out of its cells.
struct CompanyPageBuilder: Sendable {
    let book: CellBook
    let progress: CompanyProgress
    let words: CompanyWords
    let notice: Notice?

    private var access: CellAccess { book.access }
    private var scheme: IndicatorScheme { access.scheme }
    private var base: String { "/company/rounds/\(access.round.id)" }

    func page() -> CompanyPage {
        let completeness = book.completeness
        let standing = CompanyProgressBuilder(progress: progress, words: words)
        let deadline = standing.deadline()
        let hindrances = standing.hindrances()
        let events = standing.events()
        let submission = access.participation.submission
        let missing = completeness.missing.compactMap { todo($0) }
        let returned = returnedCells()
        let portCells = scheme.indicators.filter { $0.mode == .port }
        return CompanyPage(
            heading: Heading(
                access.participation.name,
                kicker: words.say("kicker", ["company": access.participation.company.name]), lead: words.say("lead")),
            notice: notice, state: words.submissionState(submission),
            stateSentence: words.say("submission.\(submission.rawValue).next"), completeness: "\(completeness.percent)",
            completenessSentence: words.say(
                "completeness",
                [
                    "percent": "\(completeness.percent)", "done": "\(completeness.done)",
                    "asked": "\(completeness.asked)",
                ]), submit: submit(missing.count), daysLeft: deadline.days, daysUnit: deadline.unit,
            deadlineSentence: deadline.sentence, portState: StateWord("⇄", words.say("port.word"), .plain),
            portSentence: words.say("port.sentence", ["count": "\(portCells.count)"]), portHref: base + "/port",
            hasReturned: !returned.isEmpty, returned: returned, hasMissing: !missing.isEmpty, missing: missing,
            sections: scheme.sections.enumerated().map { section($0.offset, $0.element, completeness) },
            hindrances: hindrances, hasHindrances: !hindrances.isEmpty, events: events, hasEvents: !events.isEmpty)
    }

    private func submit(_ missing: Int) -> CompanyPage.Submit? {
        guard let action = CompanyProgress.action(access) else { return nil }
        let wrong = progress.hindrances.count { $0.severity == .error }
        var effect = words.say("submit.effect")
        if !progress.isReady {
            effect = words.say("submit.effect_hindered", ["count": "\(wrong)"])
        } else if missing > 0 {
            effect = words.say("submit.effect_missing", ["count": "\(missing)"])
        }
        return CompanyPage.Submit(
            isReady: progress.isReady, title: words.say("submit.\(action.rawValue)"), href: base + "/submission",
            action: action.rawValue, effect: effect)
    }

    private func returnedCells() -> [CompanyPage.Todo] {
        scheme.indicators.compactMap { indicator in
            guard book.state(indicator) == .returned, let returned = book.returns[indicator.id] else { return nil }
            return CompanyPage.Todo(
                href: href(indicator), title: indicator.title[words.language],
                text: words.say(
                    "returned",
                    [
                        "code": words.say("reason.\(returned.reasonCode.rawValue)"), "reason": returned.reason,
                    ]))
        }
    }

    private func todo(_ missing: Completeness.Missing) -> CompanyPage.Todo? {
        guard let indicator = scheme.indicator(missing.indicator) else { return nil }
        return CompanyPage.Todo(
            href: href(indicator), title: indicator.title[words.language],
            text: words.missing(missing, indicator, scheme))
    }

    private func href(_ indicator: Indicator) -> String {
        let section = scheme.sections.first { $0.groups.contains { $0.indicators.contains { $0.id == indicator.id } } }
        return "\(base)/sections/\(section?.id ?? "")#\(indicator.id)"
    }

    private func section(_ index: Int, _ section: Section, _ completeness: Completeness) -> CompanyPage.Section {
        let progress = completeness.sections[index]
        return CompanyPage.Section(
            n: "\(index % 4 + 1)", title: section.title[words.language],
            doneSentence: progress.asked == 0
                ? words.say("section.nothing")
                : words.say("section.done", ["done": "\(progress.done)", "asked": "\(progress.asked)"]),
            href: progress.asked == 0 ? nil : "\(base)/sections/\(section.id)",
            cells: section.groups.flatMap(\.indicators).map(cell))
    }

    private func cell(_ indicator: Indicator) -> CompanyPage.Cell {
        let verified = access.seesVerified ? book.verifications[indicator.id]?.values : nil
        return CompanyPage.Cell(
            number: "\(indicator.number)", title: indicator.title[words.language],
            href: indicator.mode == .upload ? href(indicator) : indicator.mode == .port ? base + "/port" : nil,
            mode: words.say("mode.\(indicator.mode.rawValue)"),
            declared: words.figure(book.declarations[indicator.id]?.values, indicator),
            verified: words.figure(verified, indicator), state: words.cellState(book.state(indicator), indicator))
    }
}
