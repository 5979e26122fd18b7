import Access
import Review
import Scheme
import Submit
import Vocabulary

/// Builds the company's page of drawn rows.
struct ProofsPageBuilder: Sendable {
    let access: SamplingAccess
    let owner: Participation
    let lists: [SampledList]
    let shown: SampledList?
    let rows: [DrawnRow]
    let fields: [DrawnRow: [String: String]]
    let papers: [EvidenceFile]
    let notice: Notice?
    let words: SampleWords

    private var base: String { "/company/rounds/\(access.round.id)/sampling" }
    private var moments: MomentFormat { MomentFormat(zoneName: access.scheme.zone, words.language) }

    func page() -> ProofsPage {
        let asked = lists.filter { access.stage($0) == .asked }
        let unproved = asked.reduce(0) { $0 + $1.tally.drawn - $1.tally.proved }
        let rowCount = asked.reduce(0) { $0 + $1.tally.drawn }
        let mayComplete = access.principal.may(.submitSubmission, on: owner.scope) && !asked.isEmpty
        return ProofsPage(
            heading: Heading(
                words.say("proofs_title"), kicker: owner.name,
                lead: asked.isEmpty
                    ? nil
                    : words.say(
                        "proofs_lead",
                        [
                            "lists": "\(asked.count)", "rows": "\(rowCount)",
                            "due": asked.compactMap { $0.drawing?.dueDay }.min()?.description ?? "",
                        ])), notice: notice,
            none: lists.isEmpty ? EmptyState(words.say("proofs_none")) : nil,
            lists: lists.compactMap { list in
                guard let indicator = access.scheme.indicator(list.cell.indicator) else { return nil }
                return .init(
                    href: "\(base)?list=\(indicator.id)", isCurrent: list.id == shown?.id,
                    title: words.indicator(indicator),
                    progress: words.say(
                        "proved_of", ["proved": "\(list.tally.proved)", "drawn": "\(list.tally.drawn)"]),
                    state: state(list))
            }, list: shown.flatMap(section),
            complete: mayComplete
                ? .init(
                    href: "\(base)/complete",
                    effect: words.say(
                        unproved == 0 ? "complete_effect" : "complete_effect_missing",
                        ["rows": "\(rowCount)", "missing": "\(unproved)"])) : nil)
    }

    /// What the company may know of the list's stage.
    private func state(_ list: SampledList) -> StateWord {
        let stage = access.stage(list)
        let isTold = access.seesJudgements(of: owner)
        return words.stage(!isTold && stage.isAfterProof ? .judging : stage)
    }

    private func section(_ list: SampledList) -> ProofsPage.Shown? {
        guard let indicator = access.scheme.indicator(list.cell.indicator), let drawing = list.drawing else {
            return nil
        }
        let takesProof = access.stage(list) == .asked && access.principal.may(.declareCell, on: owner.scope)
        return .init(
            title: words.indicator(indicator),
            sentence: words.say(
                takesProof ? "proofs_sentence" : "proofs_closed",
                [
                    "rows": FigureFormat.grouped(list.rowCount), "drawn": "\(list.tally.drawn)",
                    "due": drawing.dueDay.description,
                ]),
            fairness: words.say("fairness", ["size": FigureFormat.grouped(drawing.checkpointSize)]),
            drawHref: "/api/v1/rounds/\(access.round.id)/platforms/\(owner.platform)/samples/\(indicator.id)/draw",
            takesProof: takesProof,
            rows: rows.map { row in
                let values = fields[row] ?? [:]
                let pairs = words.pairs(values, indicator)
                let path = "\(base)/\(indicator.id)/rows/\(row.number)"
                let mine = papers.filter { $0.requirement == row.requirement }
                let api =
                    "/api/v1/rounds/\(access.round.id)/platforms/\(owner.platform)/samples/\(indicator.id)/rows"
                return .init(
                    id: "row-\(row.number)", number: words.say("row_number", ["row": "\(row.number)"]),
                    title: pairs.first?.text ?? "",
                    text: pairs.dropFirst().map { words.say("pair", ["title": $0.title, "text": $0.text]) }
                        .joined(separator: " · "),
                    state: mine.isEmpty
                        ? StateWord("○", words.say("proof_missing"), .watch)
                        : StateWord("✓", words.say("proof_there"), .good),
                    takesProof: takesProof && mine.count < SampleProofRoutes.mostPapers, uploadHref: path,
                    removeHref: path + "/remove",
                    label: words.say("upload_label", ["row": "\(row.number)"]),
                    papers: mine.map { file in
                        .init(
                            paper: Paper(
                                file, moments: moments, href: "\(api)/\(row.number)/proof/\(file.digest.hex)"),
                            digest: file.digest.hex, takesProof: takesProof, removeHref: path + "/remove",
                            removeLabel: words.say("remove_label", ["name": file.name]))
                    })
            })
    }
}
