import Access
import Review
import Scheme
import Vocabulary

/// Builds the page of one list in its verification by sample.
struct SampledListPageBuilder: Sendable {
    let access: SamplingAccess
    let owner: Participation
    let indicator: Indicator
    let list: SampledList
    let draw: SampleDrawResource?
    let decisions: [SampleDecision]
    let rows: [DrawnRow]
    let fields: [DrawnRow: [String: String]]
    let notice: Notice?
    let words: SampleWords

    private var language: Language { words.language }
    private var moments: MomentFormat { MomentFormat(zoneName: access.scheme.zone, language) }
    private var base: String { "/authority/rounds/\(access.round.id)/sampling" }
    private var own: String { "\(base)/\(owner.platform)/\(indicator.id)" }
    private var stage: SampledList.Stage { access.stage(list) }
    private var results: [(key: String, value: SampleResult)] {
        access.results(list, indicator).sorted { $0.key < $1.key }
    }

    func page() -> SampledListPage {
        let open = decisions.first { $0.state == .proposed }
        return SampledListPage(
            heading: Heading(
                words.indicator(indicator), kicker: owner.name, lead: owner.company.name,
                acts: [HeadAct(words.say("back"), href: base)]),
            notice: notice, state: words.stage(stage), sentence: sentence, facts: facts, drawing: drawing,
            acts: acts(open),
            proposal: open.map { one in
                let text = words.say(
                    "proposal.\(one.outcome.rawValue)",
                    ["figure": one.figures.values.first?.description ?? "", "reason": one.reason])
                return .init(
                    text: text,
                    by: words.say(
                        "by", ["who": one.proposedBy.rawValue, "at": moments.minute(one.proposedAt)]))
            },
            history: decisions.filter { $0.state != .proposed }.map { one in
                Notice(
                    words.say(
                        "decided.\(one.state.rawValue)",
                        [
                            "outcome": words.say("outcome.\(one.outcome.rawValue)"), "reason": one.reason,
                            "who": one.decidedBy?.rawValue ?? "", "words": one.decision,
                            "at": one.decidedAt.map(moments.minute) ?? "",
                        ]), one.state == .approved ? .good : .watch)
            }, bulk: bulk, hasRows: !rows.isEmpty,
            rows: rows.map { row in
                .init(
                    href: "\(base)/judge?row=\(owner.platform)/\(indicator.id)/\(row.number)&judged=all",
                    number: "\(row.number)", text: words.short(shown(row), indicator, 3),
                    office: access.scheme.regionTitle(row.office, language), proofs: "\(row.proofCount)",
                    state: words.judgement(row.judgement), note: row.judgement.map(words.why) ?? "")
            })
    }

    private func shown(_ row: DrawnRow) -> [String: String] { PersonalFields(indicator).masked(fields[row] ?? [:]) }

    private var sentence: String {
        let tally = list.tally
        return words.say(
            "sentence.\(stage.rawValue)",
            [
                "rows": FigureFormat.grouped(list.rowCount), "struck": "\(list.struckCount)",
                "drawn": "\(tally.drawn)", "proved": "\(tally.proved)", "judged": "\(tally.judged)",
                "open": "\(tally.open)", "due": list.drawing?.dueDay.description ?? "",
            ])
    }

    private var facts: [Fact] {
        var all: [Fact] = list.figures.sorted { $0.key < $1.key }.map { _, figure in
            Fact(
                label: words.say("declared"), figure: Figure(figure, unit: indicator.unit[language], language),
                note: nil)
        }
        for (_, result) in results {
            all.append(
                Fact(
                    label: words.say("share"), figure: Figure(text: "\(result.sharePercent)%"),
                    note: words.say("share_note", ["good": "\(result.good)", "drawn": "\(result.drawn)"])))
            all.append(
                Fact(
                    label: words.say("verified"),
                    figure: Figure(result.verified, unit: indicator.unit[language], language),
                    note: words.say(
                        result.drawn == result.listCount ? "whole_note" : "bound_note",
                        ["bound": result.lowerBound.description])))
        }
        return all
    }

    private var drawing: SampledListPage.Drawing? {
        guard let drawing = list.drawing, let draw, let rules = access.rules else { return nil }
        return .init(
            pairs: [
                .init(title: words.say("seed"), text: drawing.seed.hex),
                .init(title: words.say("checkpoint"), text: FigureFormat.grouped(drawing.checkpointSize)),
                .init(title: words.say("list_digest"), text: list.digest.hex),
                .init(title: words.say("list_name"), text: draw.name),
            ], freeze: ProofChip(index: list.freezeIndex), draw: ProofChip(index: drawing.logIndex),
            rule: words.say(
                "rule",
                [
                    "whole": "\(rules.wholeUpTo.value)", "draw": "\(rules.draw.value)",
                    "large": "\(rules.drawLarge.value)", "points": rules.largeFrom.value.description,
                ]),
            strata: draw.strata.map {
                .init(name: words.stratum($0.name), rows: FigureFormat.grouped($0.rowCount), drawn: "\($0.drawnCount)")
            }, drawn: draw.drawn,
            apiHref: "/api/v1/rounds/\(access.round.id)/platforms/\(owner.platform)/samples/\(indicator.id)/draw")
    }

    // MARK: What may be done

    private func acts(_ open: SampleDecision?) -> [SampledListPage.Act] {
        let needsDecision = results.contains { $0.value.needsDecision }
        if access.principal.may(.decideRound), let open, open.proposedBy != access.account {
            return [decide(true), decide(false)]
        }
        guard access.principal.may(.runSampling) else { return [] }
        switch stage {
        case .judged where needsDecision: return [cut, giveBack]
        case .judged:
            return [
                .init(
                    id: "settle", href: own + "/settle", title: words.say("settle_one"),
                    effect: words.say(
                        "settle_one_effect", ["figure": results.first?.value.verified.description ?? ""]),
                    isMain: true, isWrong: false, hidden: [], fields: [], reason: nil)
            ]
        case .asked, .judging: return [extend]
        default: return []
        }
    }

    private func decide(_ approves: Bool) -> SampledListPage.Act {
        let key = approves ? "approve" : "reject"
        return .init(
            id: key, href: own + "/decision", title: words.say(key), effect: words.say("\(key)_effect"),
            isMain: approves, isWrong: !approves, hidden: [.init(name: "approves", value: approves ? "yes" : "no")],
            fields: [], reason: words.say("reason_label"))
    }

    private var cut: SampledListPage.Act {
        .init(
            id: "cut", href: own + "/proposal", title: words.say("propose_cut"),
            effect: words.say("propose_effect"), isMain: true, isWrong: false,
            hidden: [.init(name: "outcome", value: "cut")],
            fields: results.map { id, result in
                FormField(
                    id: "cut-\(id.replacing(".", with: "-"))", name: id, label: words.say("cut_to"),
                    unit: indicator.unit[language], value: result.verified.description, inputMode: "decimal",
                    hint: words.say(
                        "cut_hint",
                        ["most": result.verified.description, "bound": result.lowerBound.description]),
                    isRequired: true)
            }, reason: words.say("reason_label"))
    }

    private var giveBack: SampledListPage.Act {
        .init(
            id: "returned", href: own + "/proposal", title: words.say("propose_return"),
            effect: words.say("propose_return_effect"), isMain: false, isWrong: true,
            hidden: [.init(name: "outcome", value: "returned")], fields: [], reason: words.say("reason_label"))
    }

    private var extend: SampledListPage.Act {
        .init(
            id: "extend", href: own + "/extension", title: words.say("extend"), effect: words.say("extend_effect"),
            isMain: false, isWrong: false, hidden: [],
            fields: [
                FormField(
                    id: "due-day", name: "dueDay", label: words.say("due_day"),
                    value: list.drawing?.dueDay.description ?? "", hint: words.say("due_hint"), isRequired: true)
            ], reason: words.say("reason_label"))
    }

    /// Rows that the reader may judge, with proof and without judgement: those a bulk judgement would take.
    private var bulk: SampledListPage.Bulk? {
        guard [.asked, .judging].contains(stage) else { return nil }
        let open = rows.filter { row in
            row.judgement == nil && row.proofCount > 0
                && access.principal.may(.judgeSample, on: owner.rowScope(row.office))
        }
        guard open.count > 1 else { return nil }
        return .init(
            href: own + "/judgements",
            effect: words.say("bulk_effect", ["count": "\(open.count)", "name": words.indicator(indicator)]),
            rows: open.map { "\($0.number) \(words.short(shown($0), indicator, 2))" },
            numbers: RowRanges.text(open.map(\.number)))
    }
}
