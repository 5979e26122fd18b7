import Review
import Trust
import Vocabulary

/// The verified values that a step finds, and what of its own it may write beside them.
struct SettledCells: Sendable {
    private let present: [CellAddress: Verification]

    init(_ verifications: any VerificationStore, _ round: RoundID) async throws {
        present = try await verifications.verifications(round).reduce(into: [:]) { $0[$1.cell] = $1 }
    }

    /// The change, or nil when a person has decided the cell, or when nothing would be different.
    func change(_ new: Verification, entry: EntryMaker) -> VerificationChange? {
        if let old = present[new.cell] {
            if old.basis == .reviewed || old.basis == .sampled { return nil }
            let isSame =
                old.values == new.values && old.basis == new.basis && old.evidenceLevel == new.evidenceLevel
                && old.completeness == new.completeness
            if isSame { return nil }
        }
        var payload: [String: CanonicalJSON] = [
            "basis": .string(new.basis.rawValue), "values": .object(new.values.mapValues { CanonicalJSON($0) }),
        ]
        payload["evidenceLevel"] = new.evidenceLevel.map { .number(Double($0.rawValue)) }
        payload["completeness"] = new.completeness.map { CanonicalJSON($0) }
        let subject = AuditSubject(
            round: new.cell.round, platform: new.cell.platform, indicator: new.cell.indicator)
        return VerificationChange(new, entry: entry("cell.verified", subject, new.reason, .object(payload)))
    }

    /// True when a person has decided the cell.
    func isDecided(_ cell: CellAddress) -> Bool { present[cell]?.basis == .reviewed }
}

extension EvaluationField {
    func cell(_ participation: Participation, _ indicator: IndicatorID) -> CellAddress {
        CellAddress(round: round.id, platform: participation.platform, indicator: indicator)
    }
}
