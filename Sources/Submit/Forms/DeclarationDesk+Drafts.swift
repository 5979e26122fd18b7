import Scheme
import Trust
import Vocabulary

extension DeclarationDesk {
    /// How often a merge is tried anew when somebody else was faster; each try merges with what is there then.
    static let mostTries = 20

    /// What a merge left: the fields, what became of each edit, and what is wrong with what stands there.
    public struct DraftOutcome: Sendable {
        /// Nil while nothing good was ever typed.
        public let declaration: Declaration?
        /// All fields of the form by value id.
        public let fields: [String: DraftField]
        public let results: [FieldMerge.Result]
        /// By value id. An error keeps the declaration at its last good figures.
        public let findings: [Finding]
    }

    /// Takes single fields in as they are typed, merging them with what others typed meanwhile.
    ///
    /// Idempotent: the same edits again change nothing and are answered the same. Every text is kept, good or not; the
    /// declaration follows with the figures that are good.
    /// - Throws: `submit.figures_refused` for a field that the form does not have; `submit.not_declared`;
    ///   `submit.stale` when others kept being faster.
    public func merge(
        _ edits: [FieldEdit], in cell: CellAddress, scheme: IndicatorScheme, _ act: Act
    ) async throws -> DraftOutcome {
        for attempt in 1...Self.mostTries {
            do {
                return try await mergeOnce(edits, in: cell, scheme: scheme, act)
            } catch let failure as Failure where failure.code == "submit.stale" && attempt < Self.mostTries {
                continue
            }
        }
        throw Failure("submit.stale", ["indicator": cell.indicator.rawValue])
    }

    private func mergeOnce(
        _ edits: [FieldEdit], in cell: CellAddress, scheme: IndicatorScheme, _ act: Act
    ) async throws -> DraftOutcome {
        let indicator = try Self.indicator(cell, scheme)
        let reader = try DeclarationReader(indicator: indicator, scheme: scheme)
        let figures = indicator.declaredFigures(in: scheme)
        let known = try await store.declarations(cell.round, cell.platform)
        let isListed = try await store.listCounts(cell.round, cell.platform)[cell.indicator, default: 0] > 0
        let open = Set(figures.filter { $0.isTyped || ($0.source == .list && !isListed) }.map(\.id))
        let strange = edits.filter { !open.contains($0.figure) }
        guard strange.isEmpty else {
            let findings = strange.map {
                Finding(.error, "submit.figure.unknown", at: $0.figure, ["given": $0.figure])
            }
            throw Failure("submit.figures_refused", findings: findings)
        }
        let merge = FieldMerge(
            edits, into: try await store.drafts(cell), known: try await store.applied(edits.map(\.id), to: cell),
            cell: cell, by: act.by, at: act.at)
        let present = known.first { $0.cell == cell }
        let draft = DraftReading(
            fields: merge.fields, present: present?.values ?? [:], figures: figures, isListed: isListed, reader: reader,
            borrowed: Self.values(known))
        var declaration = present
        if !merge.changed.isEmpty {
            if let good = draft.good, good.values != present?.values ?? [:] {
                declaration = try await save(
                    good, cell, scheme, known, present?.version ?? 0, fields: merge.changed, act
                ).declaration
            } else {
                let texts = merge.changed.reduce(into: [:]) { $0[$1.figure] = CanonicalJSON.string($1.text) }
                try await store.keep(
                    merge.changed,
                    entry: act.entry("cell.drafted", Self.subject(cell), .object(["texts": .object(texts)])))
            }
        }
        return DraftOutcome(
            declaration: declaration, fields: merge.fields, results: merge.results, findings: draft.findings)
    }
}

/// Reads fields as they were typed into the figures that are good, and says what is wrong with the others.
public struct DraftReading: Sendable {
    /// What the declaration becomes; nil when the good figures contradict each other.
    public let good: DeclarationReader.Reading?
    /// By value id.
    public let findings: [Finding]

    /// - Parameters:
    ///   - present: the declared values that stand in for fields that are no good.
    ///   - isListed: counted figures come from the list and are not typed.
    public init(
        fields: [String: DraftField], present: [String: ExactDecimal], figures: [DeclaredFigure], isListed: Bool,
        reader: DeclarationReader, borrowed: [String: ExactDecimal]
    ) {
        var typed: [String: ExactDecimal] = [:]
        var findings: [Finding] = []
        for figure in figures where figure.isTyped || figure.source == .list {
            guard let field = fields[figure.id], !(figure.source == .list && isListed) else {
                typed[figure.id] = present[figure.id]
                continue
            }
            if field.text.isEmpty { continue }
            if let value = ExactDecimal(TypedText.halfWidth(field.text)) {
                typed[figure.id] = value
            } else {
                findings.append(Finding(.error, "submit.figure.not_number", at: figure.id, ["given": field.text]))
                typed[figure.id] = present[figure.id]
            }
        }
        let whole = reader.read(typed, borrowed: borrowed)
        findings += whole.findings
        if whole.isAcceptable {
            good = whole
        } else {
            for finding in whole.findings where finding.severity == .error {
                typed[finding.place] = present[finding.place]
            }
            for figure in figures where figure.source == .computed || figure.source == .borrowed {
                typed[figure.id] = nil
            }
            let rest = reader.read(typed, borrowed: borrowed)
            good = rest.isAcceptable ? rest : nil
        }
        self.findings = findings
    }
}
