import Review
import Scheme
import Vocabulary
import Wording

/// Builds the page of one submission's formal checklist.
struct ChecklistPageBuilder: Sendable {
    let lines: [ChecklistLine]
    let submission: SubmissionCase
    let words: ChecklistWords
    let mayDecide: Bool
    let mayAsk: Bool
    let notice: Notice?

    private var base: String {
        let participation = submission.participation
        return "/authority/rounds/\(participation.round)/submissions/\(participation.platform)"
    }

    func page() -> ChecklistPage {
        let participation = submission.participation
        let failed = lines.filter { $0.outcome == .fail }.count
        let open = lines.filter { $0.outcome == nil }.count
        let counts = ["count": "\(lines.count)", "failed": "\(failed)", "open": "\(open)"]
        let workflow = WorkflowWords(language: words.language, scheme: words.scheme)
        let text = words.supplement(lines)
        return ChecklistPage(
            heading: Heading(
                words.say("title"), kicker: participation.name,
                lead: words.say("lead", ["company": participation.company.name]),
                acts: [
                    HeadAct(words.say("to_submission"), href: base),
                    HeadAct(
                        words.say("to_evidence"),
                        href: "/rounds/\(participation.round)/platforms/\(participation.platform)/evidence"),
                    HeadAct(
                        Catalogue.of(words.language).text("web.desk.excel"), href: "\(base)/checklist.xlsx",
                        isDownload: true),
                ]),
            notice: notice, state: workflow.state(participation.submission),
            summary: Notice(
                words.say(failed + open == 0 ? "summary_done" : "summary", counts),
                failed > 0 ? .wrong : open > 0 ? .watch : .good),
            lockSentence: mayDecide ? nil : words.say("locked"),
            parts: ChecklistLine.Part.allCases.compactMap(part),
            supplement: text.isEmpty
                ? nil
                : ChecklistPage.Supplement(
                    text: text, rows: "\(min(12, text.split(separator: "\n").count + 1))",
                    form: mayAsk ? .init(href: "\(base)/actions", version: "\(participation.version)", text: text) : nil
                ),
            passHref: failed + open == 0 ? "\(base)#acts" : nil)
    }

    private func part(_ part: ChecklistLine.Part) -> ChecklistPage.Part? {
        let own = lines.filter { $0.part == part }
        guard !own.isEmpty else { return nil }
        let unsettled = own.filter { !$0.isSettled }.count
        return ChecklistPage.Part(
            id: part.rawValue, title: words.say("part.\(part.rawValue)"),
            count: words.say(
                unsettled == 0 ? "part_done" : "part_open", ["count": "\(own.count)", "open": "\(unsettled)"]),
            lines: own.filter { !isMachines($0) }.map(line), hasSettled: own.contains(where: isMachines),
            settledTitle: words.say("machine_met", ["count": "\(own.filter(isMachines).count)"]),
            settled: own.filter(isMachines).map(line))
    }

    /// Met by what the machine found, and no person has said anything.
    private func isMachines(_ line: ChecklistLine) -> Bool { line.isSettled && line.decision == nil }

    private func line(_ line: ChecklistLine) -> ChecklistPage.Line {
        let key = line.id.replacing(".", with: "-")
        let indicator = line.indicator.flatMap { words.scheme.indicator($0) }
        let isSettled = line.isSettled
        return ChecklistPage.Line(
            key: key, question: words.question(line), indicator: indicator?.title[words.language],
            found: words.found(line), result: words.result(line), outcome: words.outcome(line),
            decision: words.decision(line), isSettled: isSettled,
            form: mayDecide
                ? ChecklistPage.Form(
                    key: key, href: "\(base)/checklist/\(line.id)", automatic: line.result.rawValue,
                    isFolded: isSettled)
                : nil)
    }
}
