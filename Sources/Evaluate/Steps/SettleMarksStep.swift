import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Settles the experts' marks, as far as they are in.
public struct SettleMarksStep: SettlingStep {
    public let step = EvaluationStep.settleMarks
    private let settling: MarkSettling
    private let declarations: any DeclarationStore

    /// - Parameter readiness: Knows whose marks count and which cells wait for a discussion.
    public init(
        marks: any MarkStore, verifications: any VerificationStore, declarations: any DeclarationStore,
        readiness: (any MarkReadiness)? = nil
    ) {
        self.settling = MarkSettling(marks: marks, verifications: verifications, readiness: readiness)
        self.declarations = declarations
    }

    public func settle(
        _ field: EvaluationField, entry: EntryMaker, progress: @escaping StepProgress
    ) async throws -> StepOutcome {
        try await progress(0, field.participations.count)
        let settled = try await settling.settle(
            field.round.id, scheme: field.scheme, platforms: field.participations.map(\.platform),
            cases: try await cases(field), by: field.by, at: field.at, entry: entry)
        return StepOutcome(recorded: settled.recorded, waiting: Set(settled.waiting))
    }

    /// Cases handed in by cell: the rows of its list; 0 where the company handed in nothing at all. Cells with a
    /// declared figure and no list are not named: they are marked.
    private func cases(_ field: EvaluationField) async throws -> [CellAddress: Int] {
        let lists = try await declarations.listCounts(field.round.id)
        let declared = Set(try await declarations.declarations(field.round.id).map(\.cell))
        var cases: [CellAddress: Int] = [:]
        for indicator in field.scheme.indicators where indicator.markValue != nil {
            for participation in field.participations {
                let cell = field.cell(participation, indicator.id)
                if let count = lists[cell] { cases[cell] = count } else if !declared.contains(cell) { cases[cell] = 0 }
            }
        }
        return cases
    }
}
