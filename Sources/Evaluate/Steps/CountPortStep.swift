import Collect
import Review
import Scheme
import Trust
import Vocabulary

/// Counts the port cells from the rows that were acknowledged.
///
/// The count stands whatever the platform's own summary says; a deviation beyond the scheme's tolerance is a finding.
/// In a demonstration the count is multiplied by the round's stated factor.
public struct CountPortStep: SettlingStep {
    public let step = EvaluationStep.countPort
    private let port: any PortCounting
    private let verifications: any VerificationStore

    public init(port: any PortCounting, verifications: any VerificationStore) {
        self.port = port
        self.verifications = verifications
    }

    public func settle(
        _ field: EvaluationField, entry: EntryMaker, progress: @escaping StepProgress
    ) async throws -> StepOutcome {
        var outcome = StepOutcome()
        let present = try await SettledCells(verifications, field.round.id)
        for (index, participation) in field.participations.enumerated() {
            try await progress(index, field.participations.count)
            let counts: [CountedValue]
            do {
                counts = try await port.counts(
                    of: participation.platform, in: field.round.id, scheme: field.scheme, cutOff: field.round.cutOff)
            } catch let failure as Failure {
                // An outage is never zero: the platform's port cells wait.
                for indicator in field.scheme.indicators where indicator.mode == .port {
                    outcome.waiting.insert(field.cell(participation, indicator.id))
                }
                outcome.findings.append(
                    Finding(
                        .warning, "evaluate.port_unreadable", at: participation.platform.rawValue,
                        ["cause": failure.code]))
                continue
            }
            var changes: [VerificationChange] = []
            for count in counts {
                guard let indicator = field.scheme.indicator(count.indicator) else { continue }
                let verification = verification(of: count, indicator, participation, field)
                if let finding = deviation(count, field, participation) { outcome.findings.append(finding) }
                if let change = present.change(verification, entry: entry) { changes.append(change) }
            }
            if !changes.isEmpty { try await verifications.record(changes, replacing: [:]) }
            outcome.recorded += changes.map(\.verification.cell)
        }
        return outcome
    }

    private func verification(
        of count: CountedValue, _ indicator: Indicator, _ participation: Participation, _ field: EvaluationField
    ) -> Verification {
        let scale = field.round.portScale[indicator.id] ?? 1
        func scaled(_ value: ExactDecimal) -> ExactDecimal {
            ExactDecimal(coefficient: value.coefficient * Int64(scale), places: value.places)
        }
        var values: [String: ExactDecimal] = [:]
        if let value = count.value {
            values[indicator.id.rawValue] = scaled(value)
            for auxiliary in indicator.auxiliaries {
                values["\(indicator.id).\(auxiliary.id)"] = count.splits[auxiliary.id].map { scaled($0) }
            }
        }
        let months = count.perMonth.map { "\($0.month): \($0.value)" }.joined(separator: "; ")
        return Verification(
            cell: field.cell(participation, indicator.id), values: values, evidenceLevel: count.evidenceLevel,
            completeness: ExactDecimal(rounding: count.completeness, places: 4), basis: .counted,
            reason: months.isEmpty ? "\u{2205}" : scale > 1 ? "(\(months)) × \(scale)" : months, by: field.by,
            at: field.at)
    }

    private func deviation(
        _ count: CountedValue, _ field: EvaluationField, _ participation: Participation
    ) -> Finding? {
        guard let tolerance = field.scheme.evidenceWorth?.deviationTolerance.value, let deviation = count.deviation,
            abs(deviation) > tolerance, let declared = count.declared, let counted = count.value
        else { return nil }
        let percent = ExactDecimal(rounding: deviation * 100, places: 1)?.description ?? ""
        return Finding(
            .warning, "evaluate.deviation", at: "\(participation.platform) › \(count.indicator)",
            [
                "declared": declared.description, "counted": counted.description, "percent": percent,
                "tolerance": ExactDecimal(rounding: tolerance * 100, places: 1)?.description ?? "",
            ])
    }
}
