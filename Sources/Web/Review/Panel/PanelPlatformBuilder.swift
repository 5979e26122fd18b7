import Access
import Evaluate
import Review
import Scheme
import Score
import Vocabulary

/// Builds the panel's page of one platform: its draft points line by line, what is doubtful, what was decided.
struct PanelPlatformBuilder: Sendable {
    let book: PanelBook
    let participation: Participation
    private var work: PanelWork { book.work }
    private var base: String { "/authority/rounds/\(work.round.id)/panel" }
    private var platform: PlatformID { participation.platform }

    func page(notices: [Notice]) async throws -> DossierPage {
        let unit = book.result?.field.unit(platform.rawValue)
        var cards = [try await history()]
        if let recheck = book.rechecks[platform] { cards.append(try await self.recheck(recheck)) }
        cards += [signals(), try await marks(), try await siteRecord()].compactMap { $0 }
        if let unit { cards.append(try await sheet(unit)) }
        return DossierPage(
            Heading(
                participation.name, kicker: work.round.title[work.context.language],
                lead: work.say(
                    "platform_lead",
                    [
                        "company": participation.company.name, "city": book.city(participation),
                        "type": book.type(participation),
                    ]),
                acts: [
                    HeadAct(work.say("sheet_link"), href: "/rounds/\(work.round.id)/platforms/\(platform)")
                ]),
            crumbs: [.init(title: work.say("title"), href: base)], notices: notices, facts: facts(unit), cards: cards)
    }

    private func facts(_ unit: UnitScore?) -> [Fact] {
        guard let unit else { return [] }
        func fact(_ key: String, _ text: String?, note: String? = nil) -> Fact {
            Fact(label: work.say("column.\(key)"), figure: Figure(text: text ?? "–"), note: note)
        }
        return [
            fact("total", unit.total?.description, note: unit.isProvisional ? work.say("provisional") : nil),
            fact("rank", unit.rank.map(String.init)), fact("total_plain", unit.totalWithoutBonus?.description),
            fact("rank_plain", unit.rankWithoutBonus.map(String.init)),
        ]
    }

    /// Where it stands, what was decided, and what may be decided now.
    private func history() async throws -> DossierCard {
        var acts: [(at: Instant, by: AccountID?, what: String, logIndex: Int?)] = []
        for one in book.decisions where one.platform == platform {
            let values = ["computation": one.computation.map(String.init) ?? "–", "reason": one.reason]
            acts.append((one.at, one.by, work.say("decision.\(one.outcome.rawValue)", values), one.logIndex))
        }
        if let telling = book.tellings[platform], let at = telling.acceptedAt {
            acts.append((at, telling.acceptedBy, work.say("decision.accepted"), nil))
        }
        var pairs: [DossierPair] = []
        if let telling = book.tellings[platform] {
            pairs.append(
                DossierPair(
                    work.say("told"),
                    work.say("told_until", ["at": work.moment(telling.at), "day": "\(telling.lastDay)"])))
        }
        var forms: [DossierForm] = []
        if participation.submission == .panel, work.principal.may(.decideRound) {
            forms.append(
                DossierForm(
                    "disqualify", work.say("disqualify"), action: "\(base)/\(platform)/disqualification",
                    effect: work.say("disqualify_effect", ["platform": participation.name]), isWrong: true,
                    fields: [DossierField(.area, "reason", work.say("field.reason"), maxLength: 1000, isRequired: true)]
                ))
        }
        return DossierCard(
            "state", work.say("standing"), state: work.state(participation.submission), pairs: pairs,
            timeline: try await work.timeline(acts), empty: acts.isEmpty ? EmptyState(work.say("undecided")) : nil,
            forms: forms)
    }

    private func recheck(_ recheck: Recheck) async throws -> DossierCard {
        var rows: [[DossierCell]] = []
        var forms: [DossierForm] = []
        let mayAnswer = work.principal.may(.checkFormally) && participation.submission == .verification
        for cell in recheck.cells {
            let changed = cell.isChanged.map { work.say($0 ? "recheck_changed" : "recheck_kept") }
            rows.append([
                DossierCell(work.title(cell.indicator)), DossierCell(cell.reason),
                DossierCell(work.figures(cell.before)), DossierCell(cell.after.map(work.figures) ?? "–", note: changed),
                DossierCell(cell.answer ?? work.say("owed"), note: cell.answeredAt.map(work.moment)),
            ])
            if mayAnswer {
                forms.append(
                    DossierForm(
                        "answer-\(cell.indicator)",
                        work.say("answer_cell", ["indicator": work.title(cell.indicator)]),
                        action: "\(base)/\(platform)/recheck/\(cell.indicator)", effect: work.say("answer_effect"),
                        isMain: cell.answer == nil,
                        fields: [
                            DossierField(
                                .area, "answer", work.say("field.answer"), value: cell.answer ?? "", maxLength: 2000,
                                isRequired: true)
                        ]))
            }
        }
        let head = ["indicator", "reason", "value_before", "value_after", "answer"].map { work.say("column.\($0)") }
        return DossierCard(
            "recheck", work.say("recheck"), hint: work.moment(recheck.at), isWide: true,
            paragraphs: [recheck.reason], table: DossierTable(work.say("recheck"), columns: head, rows: rows),
            papers: work.papers(try await work.stores.files(Recheck.owner(work.round.id, platform))), forms: forms)
    }

    private func signals() -> DossierCard {
        let raised = book.signals[platform] ?? []
        return DossierCard(
            "signals", work.say("column.signals"),
            findings: raised.prefix(30).map { signal in
                let text = work.catalogue.text(signal.code, signal.values)
                return Notice(signal.indicator.map { "\(work.title($0)) · \(text)" } ?? text, .watch)
            }, empty: raised.isEmpty ? EmptyState(work.say("signals_none")) : nil)
    }

    /// The experts' marks of each marked cell, and where they are far apart.
    private func marks() async throws -> DossierCard? {
        var rows: [[DossierCell]] = []
        for indicator in work.scheme.indicators {
            let cell = CellAddress(round: work.round.id, platform: platform, indicator: indicator.id)
            let given = try await work.services.cells.marks.marks(cell).map(\.mark)
            guard let low = given.min(), let high = given.max() else { continue }
            let isApart = book.divergences[platform]?.contains(indicator.id) ?? false
            rows.append([
                DossierCell(work.title(indicator.id)), .figure("\(given.count)"),
                .figure(given.sorted().map(\.description).joined(separator: " ")),
                .figure((high - low).description),
                DossierCell(
                    "",
                    state: isApart
                        ? StateWord("▲", work.say("apart"), .watch) : StateWord("✓", work.say("agree"), .good)),
            ])
        }
        if rows.isEmpty { return nil }
        let head = [
            work.say("column.indicator"), "#" + work.say("column.experts"), "#" + work.say("column.marks"),
            "#" + work.say("column.range"), work.say("column.divergences"),
        ]
        return DossierCard(
            "marks", work.say("marks"), isWide: true,
            table: DossierTable(work.say("marks"), columns: head, rows: rows))
    }

    /// What the verifiers saw on site, with who signed and the photographs; nil where nobody went.
    private func siteRecord() async throws -> DossierCard? {
        guard let store = work.services.people.sampling.siteChecks,
            let check = try await store.check(work.round.id, platform)
        else { return nil }
        let place = CellAddress(round: work.round.id, platform: platform, indicator: SiteCheck.photographs)
        let photographs = try await work.services.cells.evidence.files(place)
        var signed: [String] = []
        for one in try await store.signatures(check) {
            let name = try await work.services.accounts.account(one.account)?.displayName
            signed.append("\(name ?? one.account.rawValue) \(work.moment(one.at))")
        }
        func finding(_ one: SiteCheck.Finding) -> StateWord {
            let word = work.catalogue.text("web.sampling.finding.\(one.rawValue)")
            switch one {
            case .agrees: return StateWord("✓", word, .good)
            case .differs: return StateWord("✕", word, .wrong)
            case .unchecked: return StateWord("○", word, .plain)
            }
        }
        let rows = check.items.sorted { $0.finding.order < $1.finding.order }.map { item in
            [
                DossierCell(work.title(item.indicator)), DossierCell("", state: finding(item.finding)),
                DossierCell(item.note.isEmpty ? "–" : item.note),
            ]
        }
        let isSigned = signed.count >= SiteCheck.signatures
        let base = "/api/v1/rounds/\(work.round.id)/platforms/\(platform)/site-check/photographs"
        return DossierCard(
            "site", work.say("site"),
            state: isSigned
                ? StateWord("✓", work.say("site_signed"), .good) : StateWord("▲", work.say("site_unsigned"), .watch),
            isWide: true, paragraphs: [check.findings],
            pairs: [
                DossierPair(work.say("site_held"), "\(check.heldOn) \u{00B7} \(check.place)"),
                DossierPair(work.say("site_present"), check.present),
                DossierPair(work.say("site_signatures"), signed.isEmpty ? "–" : signed.joined(separator: "  ")),
            ],
            table: DossierTable(
                work.say("site"), columns: ["indicator", "site_finding", "site_note"].map { work.say("column.\($0)") },
                rows: rows),
            papers: photographs.map { file in
                Paper(
                    kind: file.type.rawValue.uppercased(), name: file.name, href: "\(base)/\(file.digest)",
                    size: FileSize.text(file.size), at: work.moment(file.at), digest: file.digest.hex,
                    digestShort: String(file.digest.hex.prefix(12)))
            })
    }

    /// Every line of the sheet with how its value was established, by whom, and its entry of the log.
    private func sheet(_ unit: UnitScore) async throws -> DossierCard {
        let verified = try await work.site.verifications(work.round.id, platform)
        let rows = unit.sheet.indicators.map { line -> [DossierCell] in
            let one = verified[line.id]
            return [
                DossierCell(work.title(line.id), href: "/rounds/\(work.round.id)/platforms/\(platform)#\(line.id)"),
                DossierCell(one.map { work.figures($0.values) } ?? work.say("none")),
                DossierCell(
                    one.map { work.catalogue.text("web.basis.\($0.basis.rawValue)") } ?? "–", note: one?.reason),
                .figure("\(line.points) / \(FigureFormat.trimmed(line.full))"),
                DossierCell("", proof: one?.logIndex.map { ProofChip(index: $0) }),
            ]
        }
        let head = [
            work.say("column.indicator"), work.say("column.verified"), work.say("column.basis"),
            "#" + work.say("column.points"), work.say("column.proof"),
        ]
        return DossierCard(
            "sheet", work.say("sheet"), isWide: true,
            table: DossierTable(work.say("sheet"), columns: head, rows: rows))
    }
}

extension SiteCheck.Finding {
    /// What differs is read first.
    fileprivate var order: Int { self == .differs ? 0 : self == .agrees ? 1 : 2 }
}
