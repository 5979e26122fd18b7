import Access
import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Cell by cell: filled in, with the evidence that is asked for, and lists without wrong rows that nobody can change.
public struct CellLines: ChecklistSource {
    private let cells: CellStores
    private let readings: (any ReadingStore)?
    private let samples: (any SampleStore)?

    public init(cells: CellStores, readings: (any ReadingStore)?, samples: (any SampleStore)?) {
        self.cells = cells
        self.readings = readings
        self.samples = samples
    }

    /// What is known of one submission, read once.
    private struct Facts {
        let missing: [IndicatorID: [Completeness.Missing]]
        let declared: [IndicatorID: Declaration]
        let files: [IndicatorID: [EvidenceFile]]
        let states: [Digest: ReadingState]
        /// Those that no reviewer has overruled.
        let findings: [IndicatorID: [EvidenceFinding]]
        let frozen: [IndicatorID: SampledList]
        let isEditable: Bool
    }

    public func lines(of submission: SubmissionCase) async throws -> [ChecklistLine] {
        let facts = try await facts(submission)
        let uploaded = submission.scheme.indicators.filter { $0.mode == .upload }
        var lines = uploaded.map { filled($0, facts) }
        lines += uploaded.filter { !$0.evidence.isEmpty }.map { evidence($0, facts) }
        lines.append(
            ChecklistLine(
                "evidence.legible", .evidence, "legible", .open, "legible",
                ["count": "\(facts.files.values.reduce(0) { $0 + $1.count })"]))
        for indicator in uploaded where !indicator.items.isEmpty {
            let cell = CellAddress(
                round: submission.round.id, platform: submission.participation.platform, indicator: indicator.id)
            let head = try await cells.declarations.head(cell)
            if head.version > 0 { lines.append(list(indicator, head, facts)) }
        }
        return lines
    }

    private func facts(_ submission: SubmissionCase) async throws -> Facts {
        let (round, platform) = (submission.round.id, submission.participation.platform)
        let declared = try await cells.declarations.declarations(round, platform)
        let listed = try await cells.declarations.listCounts(round, platform)
        let files = try await cells.evidence.files(round, platform)
        let byCell = Swift.Dictionary(grouping: files, by: \.cell.indicator)
        let completeness = Completeness(
            scheme: submission.scheme,
            values: declared.reduce(into: [:]) { $0.merge($1.values) { _, new in new } },
            listed: Set(listed.filter { $0.value > 0 }.keys), emptied: Set(listed.filter { $0.value == 0 }.keys),
            evidence: byCell.mapValues { Set($0.compactMap(\.requirement)) })
        var states: [Digest: ReadingState] = [:]
        var found: [EvidenceFinding] = []
        if let readings {
            states = try await readings.states(Set(files.map(\.digest)))
            let access = CellAccess(
                round: submission.round, scheme: submission.scheme, participation: submission.participation,
                principal: .nobody, now: submission.now)
            let decisions = try await readings.decisions(round, platform)
            found = try await EvidenceDossier.checked(cells, access, files, readings).filter { finding in
                !decisions.contains {
                    $0.isOverruled && $0.cell == finding.cell && $0.digest == finding.digest
                        && $0.finding == finding.key
                }
            }
        }
        let frozen = try await samples?.lists(round, platform) ?? []
        return Facts(
            missing: Swift.Dictionary(grouping: completeness.missing, by: \.indicator),
            declared: declared.reduce(into: [:]) { $0[$1.cell.indicator] = $1 }, files: byCell, states: states,
            findings: Swift.Dictionary(grouping: found, by: \.cell.indicator),
            frozen: frozen.reduce(into: [:]) { $0[$1.cell.indicator] = $1 },
            isEditable: submission.participation.submission.isEditableByCompany)
    }

    private func filled(_ indicator: Indicator, _ facts: Facts) -> ChecklistLine {
        let missing = facts.missing[indicator.id, default: []].compactMap { one -> String? in
            switch one.kind {
            case .figure(let id): "figure:\(id)"
            case .list: "list:"
            case .evidence: nil
            }
        }
        let values = [
            "missing": missing.joined(separator: "|"),
            "version": "\(facts.declared[indicator.id]?.version ?? 0)",
        ]
        let found = missing.isEmpty ? (facts.declared[indicator.id] == nil ? "nothing_owed" : "filled") : "unfilled"
        return ChecklistLine(
            "declaration.\(indicator.id)", .declaration, "filled", missing.isEmpty ? .pass : .fail, found, values,
            indicator: (indicator.id, indicator.number))
    }

    private func evidence(_ indicator: Indicator, _ facts: Facts) -> ChecklistLine {
        func line(
            _ result: ChecklistLine.Result, _ found: String, _ values: [String: String] = [:]
        ) -> ChecklistLine {
            ChecklistLine(
                "evidence.\(indicator.id)", .evidence, "evidence", result, found, values,
                indicator: (indicator.id, indicator.number))
        }
        let files = facts.files[indicator.id, default: []]
        let missing = facts.missing[indicator.id, default: []].compactMap { one -> String? in
            if case .evidence(let id) = one.kind { return "evidence:\(id)" }
            return nil
        }
        if !missing.isEmpty {
            return line(.fail, "evidence_missing", ["missing": missing.joined(separator: "|")])
        }
        if files.isEmpty { return line(.pass, "evidence_not_owed") }
        let findings = facts.findings[indicator.id, default: []]
        let errors = findings.filter { $0.finding.severity == .error }.count
        if errors > 0 { return line(.fail, "evidence_disagrees", ["count": "\(errors)"]) }
        let unread = files.filter { file in
            let kind = facts.states[file.digest]?.kind ?? .waiting
            return kind != .read
        }.count
        let isChecked = indicator.evidence.contains { !$0.documents.isEmpty }
        if isChecked, unread > 0 { return line(.open, "evidence_unread", ["count": "\(unread)"]) }
        let remarks = findings.filter { $0.finding.severity == .warning }.count
        if remarks > 0 { return line(.open, "evidence_remarks", ["count": "\(remarks)"]) }
        return line(.pass, isChecked ? "evidence_checked" : "evidence_present", ["count": "\(files.count)"])
    }

    private func list(_ indicator: Indicator, _ head: SheetHead, _ facts: Facts) -> ChecklistLine {
        let values = [
            "version": "\(head.version)", "rows": FigureFormat.grouped(head.good), "faulty": "\(head.faulty)",
            "repeated": "\(head.repeated)", "index": "\(facts.frozen[indicator.id]?.freezeIndex ?? 0)",
        ]
        let isFrozen = facts.frozen[indicator.id]?.listVersion == head.version
        let (result, found): (ChecklistLine.Result, String) =
            if facts.isEditable {
                (.fail, "list_editable")
            } else if head.faulty > 0 {
                (.fail, "list_faulty")
            } else {
                (.pass, isFrozen ? "list_frozen" : "list_locked")
            }
        return ChecklistLine(
            "consistency.\(indicator.id)", .consistency, "list", result, found, values,
            indicator: (indicator.id, indicator.number))
    }
}
