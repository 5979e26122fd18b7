import Review
import Scheme
import Submit
import Trust
import Vocabulary
import Wording

/// Turns the judgements of a list into its verified figure.
struct SampleSettlement: Sendable {
    let access: SamplingAccess
    let context: WebContext

    private var services: Services { access.services }

    /// Settles every judged list of the round that needs no decision.
    func settleAll() async throws -> SettlementRoutes.Settled {
        var settled = 0
        var undecided = 0
        for list in try await access.store.lists(access.round.id) where access.stage(list) == .judged {
            guard let indicator = access.scheme.indicator(list.cell.indicator) else { continue }
            if access.results(list, indicator).values.contains(where: \.needsDecision) {
                undecided += 1
            } else {
                try await settle(list, indicator)
                settled += 1
            }
        }
        return .init(settled: settled, undecided: undecided)
    }

    /// - Throws: `sampling.not_judged`; `sampling.below_limit`.
    func settle(_ list: SampledList, _ indicator: Indicator) async throws {
        let results = try judged(list, indicator)
        if let low = results.values.first(where: \.needsDecision) {
            throw Failure(
                "sampling.below_limit",
                ["share": low.sharePercent.description, "limit": limitPercent, "indicator": indicator.id.rawValue])
        }
        try await write(
            list, indicator, results.mapValues(\.verified), .sampled,
            reason: sentence(list, indicator, results, key: "sampled"))
    }

    /// Proposes to cut the figures or to return the list; the approver decides.
    /// - Throws: `sampling.not_judged`, `sampling.above_limit`, `sampling.proposal_refused` with the findings.
    func propose(
        _ list: SampledList, _ indicator: Indicator, _ owner: Participation, _ outcome: SampledList.Outcome,
        _ figures: [String: ExactDecimal], reason: String
    ) async throws {
        let results = try judged(list, indicator)
        guard results.values.contains(where: \.needsDecision) else {
            throw Failure("sampling.above_limit", ["limit": limitPercent])
        }
        let words = try Self.reason(reason)
        var cut: [String: ExactDecimal] = [:]
        var findings: [Finding] = []
        switch outcome {
        case .returned: break
        case .sampled: findings.append(Finding(.error, "sampling.outcome_invalid", at: "outcome"))
        case .cut:
            for id in figures.keys.sorted() where results[id] == nil {
                findings.append(Finding(.error, "submit.figure.unknown", at: id, ["given": id]))
            }
            for (id, result) in results {
                let places = indicator.places(of: id)
                // Without a double in between, and without an overflow for figures of any length.
                let given = figures[id] ?? result.verified
                guard let figure = given.times(ExactDecimal(1), over: ExactDecimal(1), places: places),
                    figure >= .zero, figure <= result.verified
                else {
                    findings.append(
                        Finding(
                            .error, "sampling.cut_range", at: id,
                            ["given": given.description, "most": result.verified.description]))
                    continue
                }
                cut[id] = figure
            }
        }
        guard findings.isEmpty else { throw Failure("sampling.proposal_refused", findings: findings) }
        let decision = SampleDecision(
            list: list.id, outcome: outcome, figures: cut, reason: words, proposedBy: access.account,
            proposedAt: access.now)
        let entry = services.entry(
            "sample.proposed", by: context, on: list.cell.subject, reason: words,
            payload: [
                "outcome": .string(outcome.rawValue), "figures": .object(cut.mapValues { CanonicalJSON($0) }),
            ])
        try await access.store.propose(decision, entry: entry)
        try await services.tell(
            MessageDraft(
                "message.sample_proposed", ["name": owner.name, "indicator": indicator.title.zh],
                round: owner.round, platform: owner.platform,
                address: "/authority/rounds/\(owner.round)/sampling/\(owner.platform)/\(indicator.id)",
                to: [.role("approver")]), at: access.now)
    }

    /// - Throws: `sampling.nothing_proposed`; `sampling.same_person`.
    func decide(
        _ list: SampledList, _ indicator: Indicator, _ owner: Participation, approves: Bool, reason: String
    ) async throws {
        let words = try Self.reason(reason)
        guard let open = try await access.store.decisions(list.id).first(where: { $0.state == .proposed }) else {
            throw Failure("sampling.nothing_proposed", ["indicator": indicator.id.rawValue])
        }
        guard open.proposedBy != access.account else { throw Failure("sampling.same_person") }
        let entry = services.entry(
            approves ? "sample.approved" : "sample.rejected", by: context, on: list.cell.subject, reason: words,
            payload: ["outcome": .string(open.outcome.rawValue)])
        try await access.store.decide(
            open, approves: approves, by: access.account, at: access.now, words: words, entry: entry)
        guard approves else { return }
        switch open.outcome {
        case .returned: try await giveBack(list, indicator, owner, open.reason)
        default:
            let results = try judged(list, indicator)
            let why = sentence(list, indicator, results, key: "cut", figures: open.figures)
            try await write(list, indicator, open.figures, .cut, reason: why + open.reason)
        }
    }

    /// - Throws: `sampling.extension_refused` for a day that is not later, or a list that is judged already.
    func extend(_ list: SampledList, _ owner: Participation, to day: CivilDay, reason: String) async throws {
        let words = try Self.reason(reason)
        let stage = access.stage(list)
        guard let drawing = list.drawing, [.asked, .judging].contains(stage), day > drawing.dueDay,
            day >= access.today, day <= access.today.adding(days: 90)
        else {
            throw Failure("sampling.extension_refused", ["day": day.description])
        }
        let entry = services.entry(
            "sample.extended", by: context, on: list.cell.subject, reason: words,
            payload: ["due": .string(day.description)])
        try await access.store.extend(list, to: day, entry: entry)
        try await services.tell(
            MessageDraft(
                "message.sample_extended", ["name": owner.name, "due": day.description, "reason": words],
                round: owner.round, platform: owner.platform, address: "/company/rounds/\(owner.round)/sampling",
                to: [.company(owner.company.code)]), at: access.now)
    }

    // MARK: - Parts

    private var limitPercent: String {
        let limit = (access.rules?.returnBelow.value ?? 0) * 100
        return ExactDecimal(rounding: limit, places: 2).map(FigureFormat.trimmed) ?? ""
    }

    private func judged(_ list: SampledList, _ indicator: Indicator) throws(Failure) -> [String: SampleResult] {
        let results = access.results(list, indicator)
        guard list.drawing != nil, !results.isEmpty else {
            throw Failure(
                "sampling.not_judged", ["open": "\(list.tally.open)", "indicator": indicator.id.rawValue])
        }
        if list.outcome != nil { throw Failure("sampling.list_settled", ["indicator": indicator.id.rawValue]) }
        return results
    }

    private static func reason(_ text: String) throws(Failure) -> String {
        let reason = text.trimmingWhitespace()
        guard !reason.isEmpty, reason.count <= 1000 else {
            throw Failure(
                "sampling.proposal_refused",
                findings: [
                    Finding(
                        .error, reason.isEmpty ? "review.reason_missing" : "review.reason_long", at: "reason",
                        ["given": "1000"])
                ])
        }
        return reason
    }

    /// How the figure came about, as the score sheet says it; in the language of the file, Chinese.
    private func sentence(
        _ list: SampledList, _ indicator: Indicator, _ results: [String: SampleResult], key: String,
        figures: [String: ExactDecimal] = [:]
    ) -> String {
        let catalogue = Catalogue.of(.zhHans)
        return results.sorted { $0.key < $1.key }.map { id, result in
            let isWhole = result.drawn == result.listCount
            let way = isWhole ? "whole" : "drawn"
            return catalogue.text(
                "sampling.sentence.\(key)_\(way)",
                [
                    "rows": "\(list.rowCount)", "struck": "\(list.struckCount)", "drawn": "\(result.drawn)",
                    "good": "\(result.good)", "share": result.sharePercent.description,
                    "declared": (list.figures[id] ?? .zero).description, "verified": result.verified.description,
                    "bound": result.lowerBound.description, "limit": limitPercent,
                    "figure": (figures[id] ?? result.verified).description,
                ])
        }.joined()
    }

    private func write(
        _ list: SampledList, _ indicator: Indicator, _ figures: [String: ExactDecimal],
        _ outcome: SampledList.Outcome, reason: String
    ) async throws {
        let known = Set(indicator.valueIDs + indicator.auxiliaryIDs)
        let declared = try await services.cells.declarations.declaration(list.cell)?.values ?? [:]
        let values = declared.filter { known.contains($0.key) }.merging(figures) { _, new in new }
        let verification = Verification(
            cell: list.cell, values: values, basis: .sampled, reason: reason, by: access.account, at: access.now)
        let payload: CanonicalJSON = [
            "values": .object(values.mapValues { CanonicalJSON($0) }), "basis": "sampled",
            "sample": .string("\(list.tally.good)/\(list.tally.drawn)"),
            "draw": .string("\(list.drawing?.logIndex ?? 0)"),
        ]
        let entry = services.entry(
            "cell.verified", by: context, on: list.cell.subject, reason: reason, payload: payload)
        // The figure first: a crash in between leaves a list that is settled again with the same figure.
        try await services.cells.verifications.record([VerificationChange(verification, entry: entry)], replacing: [:])
        try await close(list, outcome)
    }

    private func giveBack(
        _ list: SampledList, _ indicator: Indicator, _ owner: Participation, _ reason: String
    ) async throws {
        let version = try await services.cells.declarations.declaration(list.cell)?.version ?? 0
        let returned = CellReturn(
            cell: list.cell, reasonCode: .listFaulty, reason: reason, declaredVersion: version, by: access.account,
            at: access.now)
        let entry = services.entry(
            "cell.returned", by: context, on: list.cell.subject, reason: reason,
            payload: ["reasonCode": "list-faulty", "declaredVersion": .string("\(version)")])
        try await services.cells.verifications.return(returned, entry: entry)
        try await close(list, .returned)
        try await services.tell(
            MessageDraft(
                "message.sample_returned",
                ["name": owner.name, "indicator": indicator.title.zh, "reason": reason], round: owner.round,
                platform: owner.platform, address: "/company/rounds/\(owner.round)",
                to: [.company(owner.company.code)]), at: access.now)
    }

    private func close(_ list: SampledList, _ outcome: SampledList.Outcome) async throws {
        let entry = services.entry(
            "sample.settled", by: context, on: list.cell.subject, payload: ["outcome": .string(outcome.rawValue)])
        try await access.store.settle(list, outcome, at: access.now, entry: entry)
    }
}
