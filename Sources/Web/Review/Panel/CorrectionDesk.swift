import Access
import Evaluate
import Review
import Scheme
import Trust
import Vocabulary

/// Corrections of a published result: proposed by one approver with their effect computed, decided by a second.
struct CorrectionDesk: Sendable {
    let work: PanelWork

    struct NewCorrection: Codable, Sendable {
        let kind: Correction.Kind
        let platform: String
        let indicator: String?
        /// Value id → figure; empty for a revocation.
        let values: [String: ExactDecimal]?
        let reason: String
        let document: String?
    }

    private var isPublished: Bool { work.round.state == .published || work.round.state == .archived }

    /// - Throws: `panel.not_published`, `panel.correction_no_change`, `review.values_refused`, `panel.form_refused`.
    func propose(_ new: NewCorrection) async throws -> Correction {
        try work.principal.require(.decideRound)
        guard isPublished else { throw Failure("panel.not_published") }
        guard let latest = try await work.services.evaluations.latest(work.round.id) else {
            throw Failure("evaluate.no_result", ["round": work.round.id.rawValue])
        }
        let participation = try await work.participation(PlatformID(new.platform))
        guard participation.submission == .published else {
            throw Failure("panel.platform_not_published", ["platform": participation.name])
        }
        var indicator: Indicator?
        var before: [String: ExactDecimal] = [:]
        var after: [String: ExactDecimal] = [:]
        if new.kind == .cell {
            let found = try indicatorNamed(new.indicator)
            (before, after) = try await values(new.values ?? [:], found, participation)
            indicator = found
        }
        let correction = Correction(
            round: work.round.id, number: 0, kind: new.kind, platform: participation.platform,
            indicator: indicator?.id, before: before, after: after, reason: try work.text(new.reason, "reason"),
            document: try document(new.document), proposedBy: work.me, proposedAt: work.now,
            computationBefore: latest.number)
        // What cannot be computed is not proposed.
        _ = try await comparison(correction)
        let entry = work.entry(
            "correction.proposed", platform: correction.platform, indicator: correction.indicator,
            reason: correction.reason,
            payload: [
                "before": .object(before.mapValues { CanonicalJSON($0) }),
                "after": .object(after.mapValues { CanonicalJSON($0) }),
            ])
        let kept = try await work.stores.propose(correction, entry: entry)
        let draft = MessageDraft(
            "message.correction_proposed", ["number": "\(kept.number)", "platform": participation.name],
            round: work.round.id, platform: kept.platform,
            address: "/authority/rounds/\(work.round.id)/corrections/\(kept.number)",
            to: [.role("approver"), .role("inspector")])
        await work.tell(draft)
        return kept
    }

    private func indicatorNamed(_ id: String?) throws(Failure) -> Indicator {
        guard let found = work.scheme.indicator(IndicatorID(id ?? "")) else {
            throw Failure("review.indicator_unknown", ["indicator": id ?? ""])
        }
        return found
    }

    private func document(_ given: String?) throws(Failure) -> String {
        let text = PanelText.clean(given ?? "")
        guard text.count <= 100 else { throw PanelText.refused("document", "panel.text_long", ["limit": "100"]) }
        return text
    }

    private func values(
        _ given: [String: ExactDecimal], _ indicator: Indicator, _ participation: Participation
    ) async throws -> (before: [String: ExactDecimal], after: [String: ExactDecimal]) {
        let present = try await work.services.cells.verifications.verifications(
            work.round.id, participation.platform)
        let before = present.first { $0.cell.indicator == indicator.id }?.values ?? [:]
        let read = try VerifiedValues(indicator: indicator, scheme: work.scheme, present: present).read(given)
        if read == before { throw Failure("panel.correction_no_change", ["number": "\(indicator.number)"]) }
        return (before, read)
    }

    // MARK: The effect

    /// The frozen inputs of the computation before, with the correction in them.
    func inputs(_ correction: Correction) async throws -> FrozenInputs {
        guard let frozen = try await work.services.evaluations.inputs(work.round.id, correction.computationBefore)
        else { throw Failure("evaluate.computation_unknown", ["number": "\(correction.computationBefore)"]) }
        guard correction.kind == .cell, let indicator = correction.indicator.flatMap({ work.scheme.indicator($0) })
        else { return frozen.without(correction.platform) }
        return frozen.taking(try await verification(correction, indicator), of: indicator)
    }

    /// Who moves and by how much; a trial computation as long as nothing is decided.
    func comparison(_ correction: Correction) async throws -> ResultComparison {
        let before = try await work.result(correction.computationBefore)
        if let number = correction.computationAfter {
            return ResultComparison(before: before.field, after: try await work.result(number).field)
        }
        let trial = EvaluationResult(scheme: work.scheme, inputs: try await inputs(correction))
        return ResultComparison(before: before.field, after: trial.field)
    }

    private func verification(_ correction: Correction, _ indicator: Indicator) async throws -> Verification {
        let cell = CellAddress(round: work.round.id, platform: correction.platform, indicator: indicator.id)
        let present = try await work.services.cells.verifications.verification(cell)
        let values = ["number": "\(correction.number)", "reason": correction.reason]
        return Verification(
            cell: cell, values: correction.after, evidenceLevel: present?.evidenceLevel,
            completeness: present?.completeness, basis: .reviewed,
            reason: String(work.catalogue.text("panel.correction_reason", values).prefix(1000)), by: work.me,
            at: work.now)
    }

    // MARK: Deciding

    /// A second approver decides. A decided correction writes the verified value and a computation of its own; each
    /// step may be repeated after a power cut.
    /// - Throws: `panel.second_approver`, `panel.correction_decided`, `panel.correction_overtaken`.
    func decide(_ correction: Correction, approves: Bool, reason: String) async throws -> Correction {
        try work.principal.require(.decideRound)
        guard correction.state == .proposed else {
            throw Failure("panel.correction_decided", ["number": "\(correction.number)"])
        }
        guard correction.proposedBy != work.me else { throw Failure("panel.second_approver") }
        var decided = correction
        decided.decisionReason = try work.text(reason, "reason")
        decided.decidedBy = work.me
        decided.decidedAt = work.now
        decided.state = approves ? .decided : .refused
        if approves { decided.computationAfter = try await carryOut(correction) }
        let kind: AuditKind = approves ? "correction.decided" : "correction.refused"
        let entry = work.entry(
            kind, platform: correction.platform, indicator: correction.indicator,
            key: "correction:\(correction.number)", reason: decided.decisionReason,
            payload: ["computation": decided.computationAfter.map { .string("\($0)") } ?? .null])
        try await work.stores.decide(decided, entry: entry)
        guard approves else { return decided }
        let participation = try await work.participation(correction.platform)
        if participation.submission == .published {
            try await PanelMover(work: work).move(
                participation, correction.kind == .revocation ? .revoke : .correct, reason: decided.decisionReason,
                details: ["correction": "\(correction.number)"], agreed: correction.proposedBy)
        }
        let draft = MessageDraft(
            "message.correction_decided", ["number": "\(correction.number)", "platform": participation.name],
            round: work.round.id, platform: correction.platform, address: "/rounds/\(work.round.id)/corrections",
            to: [.role("operator"), .role("inspector")])
        await work.tell(draft)
        return decided
    }

    private func carryOut(_ correction: Correction) async throws -> Int {
        let inputs = try await inputs(correction)
        let latest = try await work.services.evaluations.latest(work.round.id)
        guard latest?.number == correction.computationBefore || latest?.inputsDigest == inputs.digest else {
            throw Failure("panel.correction_overtaken", ["number": "\(correction.number)"])
        }
        if correction.kind == .cell, let indicator = correction.indicator.flatMap({ work.scheme.indicator($0) }) {
            let new = try await verification(correction, indicator)
            let present = try await work.services.cells.verifications.verification(new.cell)
            if present?.values != new.values {
                let entry = work.entry(
                    "cell.verified", platform: correction.platform, indicator: indicator.id, reason: new.reason,
                    payload: ["values": .object(new.values.mapValues { CanonicalJSON($0) })])
                try await work.services.cells.verifications.record(
                    [VerificationChange(new, entry: entry)], replacing: [:])
            }
        }
        let run = try await CorrectedRun(
            store: work.services.evaluations, entry: { [work] kind, payload in work.entry(kind, payload: payload) }
        ).record(inputs, scheme: work.scheme, by: work.me, at: work.now)
        return run.number
    }
}
