import Access
import Evaluate
import Review
import Scheme
import Vocabulary

/// Builds the pages of corrections.
struct CorrectionPageBuilder: Sendable {
    let work: PanelWork
    private var base: String { "/authority/rounds/\(work.round.id)/corrections" }
    private var kicker: String { work.round.title[work.context.language] }

    private func state(_ one: Correction) -> StateWord {
        let word = work.say("correction_state.\(one.state.rawValue)")
        switch one.state {
        case .proposed: return StateWord("●", word, .act)
        case .decided: return StateWord("✓", word, .good)
        case .refused: return StateWord("–", word, .plain)
        }
    }

    private func title(_ one: Correction) -> String {
        work.say("correction.number", ["number": "\(one.number)"])
    }

    private func what(_ one: Correction) -> String {
        one.indicator.map(work.title) ?? work.say("correction.revocation")
    }

    /// What everybody reads: numbered, before and after as far as they are public, why, and who moved.
    func published() async throws -> DossierPage {
        let participations = try await work.site.participations(work.round.id)
        let sight = Sight(work.round, work.scheme, for: work.principal)
        var cards: [DossierCard] = []
        for one in try await work.seenCorrections().reversed() where one.state == .decided {
            let comparison = try await CorrectionDesk(work: work).comparison(one)
            let name = participations.first { $0.platform == one.platform }?.name ?? one.platform.rawValue
            var pairs = [
                DossierPair(work.say("column.platform"), name), DossierPair(work.say("column.indicator"), what(one)),
                DossierPair(work.say("field.reason"), one.reason),
            ]
            if one.kind == .cell, sight.values {
                pairs.append(
                    DossierPair(
                        work.say("column.change"), "\(work.figures(one.before)) → \(work.figures(one.after))"))
            }
            if !one.document.isEmpty { pairs.append(DossierPair(work.say("field.document"), one.document)) }
            pairs.append(
                DossierPair(
                    work.say("decided_at"), one.decidedAt.map { work.moment($0) } ?? "–",
                    proof: one.logIndex.map { ProofChip(index: $0) }))
            cards.append(
                DossierCard(
                    "correction-\(one.number)", title(one), isWide: true,
                    paragraphs: sight.ranks ? [work.sentence(comparison)] : [], pairs: pairs,
                    table: sight.ranks && comparison.changesRanks ? rankTable(comparison, participations) : nil))
        }
        if cards.isEmpty {
            cards = [
                DossierCard("none", work.say("corrections.title"), empty: EmptyState(work.say("corrections.none")))
            ]
        }
        return DossierPage(
            Heading(
                work.say("corrections.title"), kicker: kicker, lead: work.say("corrections.lead"),
                acts: [
                    HeadAct(work.catalogue.text("web.nav.result"), href: "/rounds/\(work.round.id)/result")
                ]), cards: cards)
    }

    /// Ranks only: points and totals are no business of the public unless the scheme says so.
    private func rankTable(_ comparison: ResultComparison, _ participations: [Participation]) -> DossierTable {
        let names = participations.reduce(into: [String: String]()) { $0[$1.platform.rawValue] = $1.name }
        let rows = comparison.rows.filter { $0.rankBefore != $0.rankAfter }.map { row in
            [
                DossierCell(names[row.unit] ?? row.unit), DossierCell.figure(row.rankBefore.map(String.init)),
                DossierCell.figure(row.rankAfter.map(String.init)),
            ]
        }
        return DossierTable(
            work.say("comparison.moved"),
            columns: [
                work.say("column.platform"), "#" + work.say("column.rank_before"), "#" + work.say("column.rank_after"),
            ], rows: rows)
    }

    /// The approvers' list, and the form of a proposal.
    func list(notices: [Notice], platform: String, indicator: String) async throws -> DossierPage {
        let participations = try await work.site.participations(work.round.id)
        let names = participations.reduce(into: [PlatformID: String]()) { $0[$1.platform] = $1.name }
        let all = try await work.stores.corrections(work.round.id)
        var rows: [[DossierCell]] = []
        for one in all.reversed() {
            rows.append([
                DossierCell(title(one), href: "\(base)/\(one.number)"),
                DossierCell(names[one.platform] ?? one.platform.rawValue), DossierCell(what(one)),
                DossierCell("", state: state(one)),
                DossierCell(try await work.name(one.proposedBy), note: work.moment(one.proposedAt)),
            ])
        }
        let head = ["correction", "platform", "indicator", "state", "proposed_by"].map { work.say("column.\($0)") }
        let card = DossierCard(
            "corrections", work.say("corrections.title"), isWide: true,
            links: [HeadAct(work.say("corrections.public"), href: "/rounds/\(work.round.id)/corrections")],
            table: rows.isEmpty ? nil : DossierTable(work.say("corrections.title"), columns: head, rows: rows),
            empty: rows.isEmpty ? EmptyState(work.say("corrections.none")) : nil)
        return DossierPage(
            Heading(work.say("corrections.title"), kicker: kicker, lead: work.say("corrections.desk_lead")),
            notices: notices, cards: [card] + proposal(participations, platform, indicator))
    }

    private func proposal(
        _ participations: [Participation], _ platform: String, _ indicator: String
    ) -> [DossierCard] {
        guard work.principal.may(.decideRound) else { return [] }
        let isPublished = work.round.state == .published || work.round.state == .archived
        let published = participations.filter { $0.submission == .published }
        guard isPublished, !published.isEmpty else {
            return [
                DossierCard("propose", work.say("propose"), empty: EmptyState(work.say("propose_not_yet")))
            ]
        }
        let platforms = published.map { (value: $0.platform.rawValue, title: $0.name) }
        let indicators = work.scheme.indicators.map { (value: $0.id.rawValue, title: work.title($0.id)) }
        let choose = DossierForm(
            "choose", work.say("propose_cell"), action: base + "#propose", method: "get", isFolded: false,
            button: work.say("choose_cell"),
            fields: [
                DossierField(.choice, "platform", work.say("column.platform"), value: platform, options: platforms),
                DossierField(.choice, "indicator", work.say("column.indicator"), value: indicator, options: indicators),
            ])
        let reasons = [
            DossierField(.area, "reason", work.say("field.reason"), maxLength: 2000, isRequired: true),
            DossierField(.text, "document", work.say("field.document"), maxLength: 100),
        ]
        var forms = [choose]
        if let found = work.scheme.indicator(IndicatorID(indicator)),
            platforms.contains(where: { $0.value == platform })
        {
            let values = found.valueIDs.map { id in
                DossierField(
                    .text, "value.\(id)", found.valueIDs.count == 1 ? work.say("column.value_after") : id,
                    hint: found.unit[work.context.language], maxLength: 30)
            }
            forms.append(
                DossierForm(
                    "propose-cell", work.say("propose_values", ["indicator": work.title(found.id)]), action: base,
                    effect: work.say("propose_effect"), isFolded: false, button: work.say("propose"),
                    fields: [
                        DossierField(.hidden, "kind", value: "cell"),
                        DossierField(.hidden, "platform", value: platform),
                        DossierField(.hidden, "indicator", value: indicator),
                    ] + values + reasons))
        }
        let revoke = DossierForm(
            "propose-revocation", work.say("propose_revocation"), action: base,
            effect: work.say("propose_revocation_effect"), isWrong: true,
            fields: [
                DossierField(.hidden, "kind", value: "revocation"),
                DossierField(.choice, "platform", work.say("column.platform"), value: platform, options: platforms),
            ] + reasons)
        return [DossierCard("propose", work.say("propose"), isWide: true, forms: forms + [revoke])]
    }

    /// One correction with its effect, before it is decided and after.
    func file(_ one: Correction, notices: [Notice]) async throws -> DossierPage {
        let participations = try await work.site.participations(work.round.id)
        let participation = participations.first { $0.platform == one.platform }
        let comparison = try await CorrectionDesk(work: work).comparison(one)
        var acts: [(at: Instant, by: AccountID?, what: String, logIndex: Int?)] = [
            (one.proposedAt, one.proposedBy, work.say("history_proposed"), nil)
        ]
        if let at = one.decidedAt {
            let key = one.state == .decided ? "history_decided" : "history_not_decided"
            acts.append((at, one.decidedBy, work.say(key, ["reason": one.decisionReason ?? ""]), one.logIndex))
        }
        var pairs = [
            DossierPair(work.say("column.platform"), participation?.name ?? one.platform.rawValue),
            DossierPair(work.say("column.indicator"), what(one)),
        ]
        if one.kind == .cell {
            pairs.append(DossierPair(work.say("column.value_before"), work.figures(one.before)))
            pairs.append(DossierPair(work.say("column.value_after"), work.figures(one.after)))
        }
        pairs.append(DossierPair(work.say("field.reason"), one.reason))
        if !one.document.isEmpty { pairs.append(DossierPair(work.say("field.document"), one.document)) }
        return DossierPage(
            Heading(title(one), kicker: kicker, lead: work.sentence(comparison)),
            crumbs: [.init(title: work.say("corrections.title"), href: base)], notices: notices,
            cards: [
                DossierCard("what", work.say("correction.what"), state: state(one), pairs: pairs, forms: decision(one)),
                DossierCard("history", work.say("history"), timeline: try await work.timeline(acts)),
                DossierCard(
                    "effect", work.say("comparison.moved"),
                    hint: one.state == .proposed ? work.say("comparison.trial") : nil, isWide: true,
                    table: comparison.moved.isEmpty ? nil : work.comparisonTable(comparison, participations),
                    empty: comparison.moved.isEmpty ? EmptyState(work.say("comparison.nobody")) : nil),
            ])
    }

    private func decision(_ one: Correction) -> [DossierForm] {
        guard one.state == .proposed, work.principal.may(.decideRound), one.proposedBy != work.principal.account else {
            return []
        }
        return [
            DossierForm(
                "decision", work.say("decide"), action: "\(base)/\(one.number)/decision",
                effect: work.say("decide_effect"), isMain: true,
                fields: [
                    DossierField(
                        .choice, "verdict", work.say("field.verdict"),
                        options: ["approve", "refuse"].map { (value: $0, title: work.say("verdict.\($0)")) }),
                    DossierField(.area, "reason", work.say("field.reason"), maxLength: 2000, isRequired: true),
                ])
        ]
    }
}
