import Access
import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// Builds the judging page.
struct JudgePageBuilder: Sendable {
    let access: SamplingAccess
    let query: JudgeQuery
    let rows: [DrawnRow]
    let hasMore: Bool
    let counts: (all: Int, judged: Int)
    let chosen: DrawnRow?
    let list: SampledList?
    let owners: [PlatformID: Participation]
    let lists: [SampledList]
    let fields: [DrawnRow: [String: String]]
    let papers: [EvidenceFile]
    let history: [SampleJudgement]
    let words: SampleWords

    private var base: String { "/authority/rounds/\(access.round.id)/sampling" }
    private var moments: MomentFormat { MomentFormat(zoneName: access.scheme.zone, words.language) }

    func page() -> JudgePage {
        JudgePage(
            heading: Heading(
                words.say("judge"), kicker: access.round.title[words.language], lead: words.say("judge_lead"),
                acts: [HeadAct(words.say("back"), href: base)]), notice: notice,
            address: "\(base)/judge", choices: choices(),
            progress: words.say(
                "judged_of",
                ["judged": FigureFormat.grouped(counts.judged), "all": FigureFormat.grouped(counts.all)]),
            percent: counts.all == 0 ? 0 : counts.judged * 100 / counts.all,
            isEmpty: rows.isEmpty && chosen == nil,
            none: EmptyState(
                words.say(counts.all == 0 ? "judge_none" : "judge_done", ["count": FigureFormat.grouped(counts.all)])),
            items: rows.map(item),
            nextHref: hasMore ? rows.last.map { "\(base)/judge?\(query.text)&after=\($0.list).\($0.number)" } : nil,
            selected: selected())
    }

    private var notice: Notice? {
        if !query.refused.isEmpty {
            let code = "sampling." + query.refused
            let known = Catalogue.of(words.language).texts[code] != nil
            let values = [
                "row": chosen.map { "\($0.number)" } ?? "", "due": list?.drawing?.dueDay.description ?? "",
                "limit": "500",
            ]
            if known { return Notice(Catalogue.of(words.language).text(code, values), .wrong) }
        }
        return ["good", "bad"].contains(query.done) ? Notice(words.say("done_\(query.done)"), .good) : nil
    }

    private func choices() -> [Choice] {
        let platforms = Set(lists.map(\.cell.platform)).sorted().map {
            (value: $0.rawValue, title: owners[$0]?.name ?? $0.rawValue)
        }
        let indicators = access.scheme.indicators.filter(\.isSampled).map {
            (value: $0.id.rawValue, title: words.indicator($0))
        }
        let all = (value: "", title: words.say("all"))
        return [
            Choice("platform", label: words.say("platform"), options: [all] + platforms, selected: query.platform),
            Choice("indicator", label: words.say("indicator"), options: [all] + indicators, selected: query.indicator),
            Choice(
                "judged", label: words.say("state"),
                options: [DrawnRowFilter.Judged.open, .good, .bad, .all].map {
                    (value: $0.rawValue, title: words.say("filter_\($0.rawValue)"))
                }, selected: query.judged.rawValue),
        ]
    }

    private func name(_ row: DrawnRow) -> String { "\(row.cell.platform)/\(row.cell.indicator)/\(row.number)" }

    private func item(_ row: DrawnRow) -> JudgePage.Item {
        let indicator = access.scheme.indicator(row.cell.indicator)
        let masked = indicator.map { PersonalFields($0).masked(fields[row] ?? [:]) } ?? [:]
        let after = query.after.map { "&after=\($0.list).\($0.number)" } ?? ""
        return .init(
            href: "\(base)/judge?\(query.text)\(after)&row=\(name(row))#row", isCurrent: row == chosen,
            platform: owners[row.cell.platform]?.name ?? row.cell.platform.rawValue,
            indicator: indicator.map(words.indicator) ?? row.cell.indicator.rawValue,
            text: indicator.map { words.short(masked, $0, 1) } ?? "", state: words.judgement(row.judgement))
    }

    private func selected() -> JudgePage.Selected? {
        guard let row = chosen, let owner = owners[row.cell.platform],
            let indicator = access.scheme.indicator(row.cell.indicator), let list
        else { return nil }
        let masked = PersonalFields(indicator).masked(fields[row] ?? [:])
        let stage = access.stage(list)
        let isOpen =
            [.judging, .judged].contains(stage) || (stage == .asked && row.proofCount > 0)
        let mayJudge = isOpen && access.principal.may(.judgeSample, on: owner.rowScope(row.office))
        let mine = papers.filter { $0.requirement == row.requirement }
        let path = "/api/v1/rounds/\(access.round.id)/platforms/\(owner.platform)/samples/\(indicator.id)/rows"
        return JudgePage.Selected(
            kicker: "\(owner.name) · \(words.indicator(indicator))",
            title: words.say("row_title", ["row": "\(row.number)", "what": words.short(masked, indicator, 1)]),
            pairs: words.pairs(masked, indicator) + [
                .init(title: words.say("city"), text: access.scheme.regionTitle(row.office, words.language))
            ], checks: checks(row, stage), mayJudge: mayJudge, mayJudgeBad: mayJudge && stage != .asked,
            href: "\(base)/\(owner.platform)/\(indicator.id)/rows/\(row.number)",
            version: "\(row.judgement?.version ?? 0)", back: query.text,
            reasonCodes: [
                Choice(
                    "reasonCode", label: words.say("why_bad"),
                    options: SampleJudgement.ReasonCode.allCases.map {
                        ($0.rawValue, words.say("reason.\($0.rawValue)"))
                    },
                    selected: row.judgement?.reasonCode?.rawValue
                        ?? (mine.isEmpty ? "no-proof" : SampleJudgement.ReasonCode.mismatch.rawValue))
            ], note: row.judgement?.note ?? "",
            skipHref: "\(base)/judge?\(query.text)&after=\(row.list).\(row.number)",
            papers: mine.map { file in
                let href = "\(path)/\(row.number)/proof/\(file.digest.hex)"
                return JudgePage.ProofPaper(
                    paper: Paper(file, moments: moments, href: href),
                    picture: [.jpg, .png].contains(file.type) ? href : nil,
                    document: file.type == .pdf ? file.digest.hex : nil, name: file.name)
            },
            history: history.map { one in
                Notice(
                    words.say(
                        "history",
                        [
                            "who": one.by.rawValue, "at": moments.minute(one.at),
                            "verdict": words.say(one.verdict.rawValue), "why": words.why(one),
                        ]), one.verdict == .good ? .good : .wrong)
            })
    }

    private func checks(_ row: DrawnRow, _ stage: SampledList.Stage) -> [Notice] {
        switch stage {
        case .asked:
            let due = list?.drawing?.dueDay.description ?? ""
            return [Notice(words.say(row.proofCount > 0 ? "asked_proved" : "asked_open", ["due": due]), .plain)]
        case .proposed, .settled, .returned: return [Notice(words.say("closed"), .plain)]
        default: return row.proofCount == 0 ? [Notice(words.say("no_proof"), .watch)] : []
        }
    }
}

extension Paper {
    /// A paper that is opened under an address of its own.
    init(_ file: EvidenceFile, moments: MomentFormat, href: String?) {
        self.init(
            kind: file.type.rawValue.uppercased(), name: file.name, href: href, size: FigureFormat.bytes(file.size),
            at: moments.minute(file.at), digest: file.digest.hex, digestShort: String(file.digest.hex.prefix(12)))
    }
}
