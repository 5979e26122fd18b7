import Evaluate
import Review
import Scheme
import Trust
import Vocabulary

/// Parts that several pages of this area show alike.
extension PanelWork {
    func moment(_ instant: Instant) -> String {
        MomentFormat(zoneName: scheme.zone, context.language).minute(instant)
    }

    func title(_ indicator: IndicatorID) -> String {
        guard let found = scheme.indicator(indicator) else { return indicator.rawValue }
        return "\(found.number) \(found.title[context.language])"
    }

    func figures(_ values: [String: ExactDecimal]) -> String {
        if values.isEmpty { return say("none") }
        return values.sorted { $0.key < $1.key }.map { id, value in
            values.count == 1 ? FigureFormat.grouped(value) : "\(name(id)) \(FigureFormat.grouped(value))"
        }.joined(separator: catalogue.text("web.list.separator"))
    }

    /// The title of a value: its part's, its auxiliary's, or its indicator's.
    private func name(_ value: String) -> String {
        for indicator in scheme.indicators {
            if value == indicator.id.rawValue { return indicator.title[context.language] }
            let parts = (indicator.parts + indicator.auxiliaries).filter { value == "\(indicator.id).\($0.id)" }
            if let part = parts.first { return part.title[context.language] }
        }
        return value
    }

    func state(_ state: SubmissionState) -> StateWord {
        let tone: StateWord.Tone
        let sign: String
        switch state {
        case .settled, .inNotice, .published: (sign, tone) = ("✓", .good)
        case .disqualified, .revoked, .notAccepted, .notRecommended, .withdrawn: (sign, tone) = ("✕", .wrong)
        case .objection, .returned, .supplement: (sign, tone) = ("▲", .watch)
        case .panel: (sign, tone) = ("●", .act)
        default: (sign, tone) = ("…", .plain)
        }
        return StateWord(sign, say("submission.\(state.rawValue)"), tone)
    }

    func state(_ objection: Objection) -> StateWord {
        let word = say("objection_state.\(objection.state.rawValue)")
        switch objection.state {
        case .received: return StateWord("●", word, .act)
        case .accepted: return StateWord("…", word, .watch)
        case .notAccepted: return StateWord("–", word, .plain)
        case .upheld: return StateWord("▲", word, .wrong)
        case .dismissed: return StateWord("✓", word, .good)
        }
    }

    func papers(_ files: [PanelFile]) -> [Paper] {
        files.map { file in
            Paper(
                kind: file.type.uppercased(), name: file.name, href: "/api/v1/panel-files/\(file.digest)",
                size: FileSize.text(file.size), at: moment(file.at), digest: file.digest.hex,
                digestShort: String(file.digest.hex.prefix(12)))
        }
    }

    /// Who moves and by how much; the names out of the round.
    func comparisonTable(
        _ comparison: ResultComparison, _ participations: [Participation], movedOnly: Bool = true
    ) -> DossierTable {
        let names = participations.reduce(into: [String: String]()) { $0[$1.platform.rawValue] = $1.name }
        let rows = (movedOnly ? comparison.moved : comparison.rows).map { row in
            [
                DossierCell(names[row.unit] ?? row.unit, href: "/rounds/\(round.id)/platforms/\(row.unit)"),
                .figure(row.rankBefore.map(String.init)), .figure(row.rankAfter.map(String.init)),
                .figure(row.placesGained.map { $0 > 0 ? "+\($0)" : "\($0)" }),
                .figure(row.totalBefore?.description), .figure(row.totalAfter?.description),
                DossierCell(
                    row.isListedBefore == row.isListedAfter
                        ? say("list.same") : say(row.isListedAfter ? "list.enters" : "list.leaves"),
                    note: row.indicators.map {
                        "\(title($0.indicator)) \($0.before?.description ?? "–") → \($0.after?.description ?? "–")"
                    }.joined(separator: catalogue.text("web.list.separator"))),
            ]
        }
        return DossierTable(
            say("comparison.title"),
            columns: [
                say("column.platform"), "#" + say("column.rank_before"), "#" + say("column.rank_after"),
                "#" + say("column.gained"), "#" + say("column.total_before"), "#" + say("column.total_after"),
                say("column.list"),
            ], rows: rows)
    }

    /// One sentence on a comparison.
    func sentence(_ comparison: ResultComparison) -> String {
        if comparison.moved.isEmpty { return say("comparison.nobody") }
        let ranks = comparison.rows.filter { $0.rankBefore != $0.rankAfter }.count
        let list = comparison.rows.filter { $0.isListedBefore != $0.isListedAfter }.count
        return say(
            "comparison.some", ["moved": "\(comparison.moved.count)", "ranks": "\(ranks)", "list": "\(list)"])
    }

    /// The display name behind an account; its id where it is gone.
    func name(_ account: AccountID?) async throws -> String {
        guard let account else { return say("outside") }
        return try await services.accounts.account(account)?.displayName ?? account.rawValue
    }

    /// What was done, newest first: instant, who, what, entry of the log.
    func timeline(_ acts: [(at: Instant, by: AccountID?, what: String, logIndex: Int?)]) async throws -> Timeline? {
        if acts.isEmpty { return nil }
        let moments = MomentFormat(zoneName: scheme.zone, context.language)
        var lines: [Timeline.Line] = []
        for act in acts.sorted(by: { $0.at > $1.at }) {
            lines.append(
                Timeline.Line(
                    instant: act.at.description, at: moments.minute(act.at), atFull: moments.full(act.at),
                    who: try await name(act.by), what: act.what, proof: act.logIndex.map { ProofChip(index: $0) }))
        }
        return Timeline(acts: lines)
    }

    /// The notice that stands above a page after an act: `?done=CODE`.
    func done(_ code: String?) -> [Notice] {
        guard let code, PanelWork.acts.contains(code) else { return [] }
        return [Notice(say("done.\(code)"), .good)]
    }

    static let acts: Set<String> = [
        "minutes", "settled", "disqualified", "accepted", "asked", "answered", "file", "contacts", "lapse", "end",
        "notice", "publish", "panel", "received", "code", "call", "decided", "heard", "letter", "proposed",
        "correction", "again",
    ]

    /// What was wrong with a form, in the reader's sentences.
    func refusal(_ failure: Failure) -> [Notice] {
        [Notice(catalogue.text(failure), .wrong)]
            + failure.findings.prefix(20).map { finding in
                let field = catalogue.texts["web.panel.field.\(finding.place)"]
                let text = catalogue.text(finding)
                return Notice(field.map { say("field_fault", ["field": $0, "text": text]) } ?? text, .watch)
            }
    }
}

/// Sizes of files as pages write them.
enum FileSize {
    static func text(_ bytes: Int) -> String {
        let thousands = Double(bytes) / 1024
        if thousands < 1024 { return FigureFormat.fixed(max(1, thousands), places: 0) + " KB" }
        return FigureFormat.fixed(thousands / 1024, places: 1) + " MB"
    }
}
