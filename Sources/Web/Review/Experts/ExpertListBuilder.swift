import Review
import Scheme
import Vocabulary
import Wording

/// The words and orders that an expert's two pages share.
struct ExpertWords: Sendable {
    let known: ExpertRound
    let expert: AccountID
    let language: Language

    var catalogue: Catalogue { Catalogue.of(language) }
    var base: String { "/expert/rounds/\(known.round.id)" }
    func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("web.experts.\(key)", values)
    }
    func href(_ cell: CellAddress) -> String { "\(base)/cases/\(cell.indicator)/\(cell.platform)" }

    /// The expert's cases under the indicator that count or can be marked, by platform.
    func standings(_ indicator: IndicatorID) -> [CaseStanding] {
        known.participations.compactMap { one in
            let cell = known.cell(one.platform, indicator)
            guard known.hasCase(cell), known.counts(one) || known.isOpen(one) else { return nil }
            return known.standings[cell].flatMap { $0.experts.contains(expert) ? $0 : nil }
        }
    }

    func isDone(_ standing: CaseStanding) -> Bool { !standing.owing.contains(expert) }

    /// `3 / 8`.
    func progress(_ standings: [CaseStanding]) -> (text: String, width: String) {
        let done = standings.count(where: isDone)
        return ("\(done) / \(standings.count)", "\(standings.isEmpty ? 0 : done * 100 / standings.count)")
    }

    func state(_ standing: CaseStanding, drafted: Bool) -> StateWord {
        if known.settled.contains(standing.cell.indicator) { return StateWord("✓", say("state.settled"), .good) }
        switch standing.stage {
        case .discussing where standing.second[expert] == nil:
            return StateWord("▲", say("state.second"), .watch)
        case .marking where standing.first[expert] == nil:
            return drafted ? StateWord("◐", say("state.draft"), .watch) : StateWord("○", say("state.open"), .plain)
        default: return StateWord("✓", say("state.in"), .good)
        }
    }

    /// On a device, what was typed for this case and sitting.
    func key(_ standing: CaseStanding) -> String {
        "\(expert)/\(standing.cell)/\(standing.stage == .discussing ? 2 : 1)"
    }
}

/// Builds the expert's list.
struct ExpertListBuilder: Sendable {
    let words: ExpertWords
    let drafts: [CellAddress: MarkDraft]
    let notice: Notice?

    func page() -> ExpertListPage {
        let known = words.known
        let isSeated = known.book.seats.contains { $0.expert == words.expert && $0.left == nil }
        let pledge = known.book.pledges.first { $0.expert == words.expert }
        let groups = pledge == nil ? [] : known.indicators.compactMap(group)
        let text = ConfidentialityText(words.language)
        let moments = MomentFormat(zoneName: known.scheme.zone, words.language)
        return ExpertListPage(
            heading: Heading(
                words.say("list.title"), kicker: known.round.title[words.language], lead: words.say("list.lead")),
            notice: notice,
            none: !isSeated
                ? EmptyState(words.say("list.not_seated"))
                : pledge != nil && groups.isEmpty ? EmptyState(words.say("list.no_cases")) : nil,
            pledge: isSeated && pledge == nil
                ? ExpertListPage.Pledge(
                    href: words.base + "/pledge", paragraphs: text.paragraphs,
                    versionSentence: words.say(
                        "pledge.version", ["version": text.version, "digest": String(text.digest.hex.prefix(16))]))
                : nil,
            signedSentence: pledge.map {
                words.say(
                    "pledge.signed",
                    [
                        "version": $0.textVersion, "at": moments.minute($0.at),
                        "digest": String($0.digest.hex.prefix(16)),
                    ])
            }, groups: groups)
    }

    private func group(_ indicator: Indicator) -> ExpertListPage.Group? {
        let standings = words.standings(indicator.id)
        guard !standings.isEmpty else { return nil }
        let progress = words.progress(standings)
        return ExpertListPage.Group(
            number: "\(indicator.number)", title: indicator.title[words.language], progress: progress.text,
            width: progress.width, isDone: progress.width == "100",
            cases: standings.compactMap { standing in
                guard let one = words.known.participation(standing.cell.platform) else { return nil }
                let own = standing.second[words.expert] ?? standing.first[words.expert]
                return ExpertListPage.Line(
                    href: words.href(standing.cell), platform: one.name,
                    type: words.known.scheme.types.first { $0.id == one.type }?.title[words.language] ?? one.type,
                    state: words.state(standing, drafted: drafts[standing.cell] != nil), mark: own?.mark.description,
                    key: words.key(standing))
            })
    }
}
