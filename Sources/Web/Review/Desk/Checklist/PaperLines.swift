import Review
import Submit
import Trust
import Vocabulary

/// The stamped papers: there, of this very version, and what only a person sees on them.
public struct PaperLines: ChecklistSource {
    private let archive: any PaperArchive
    private let contents: PaperContents
    private let submissions: any SubmissionStore

    public init(
        archive: any PaperArchive, declarations: any DeclarationStore, evidence: any EvidenceStore,
        submissions: any SubmissionStore
    ) {
        self.archive = archive
        contents = PaperContents(declarations: declarations, evidence: evidence)
        self.submissions = submissions
    }

    public func lines(of submission: SubmissionCase) async throws -> [ChecklistLine] {
        let (round, participation) = (submission.round, submission.participation)
        let subject = participation.platform.rawValue
        let declaration = try await archive.scan(.declaration, of: subject, in: round.id)
        let commitment = try await archive.scan(.commitment, of: subject, in: round.id)
        let digest = Digest.sha256(of: try await contents.declaration(participation, round).bytes)
        var isPresent = false
        if let declaration {
            let shown = try await archive.version(.declaration, of: subject, in: round.id, number: declaration.number)
            isPresent = shown?.digest == digest
        }
        var lines = [try await inTime(submission)]
        lines.append(line("declaration.scan", "declaration_scan", declaration, isPresent: isPresent))
        lines.append(line("declaration.commitment", "commitment_scan", commitment, isPresent: true))
        let names = [declaration, commitment].compactMap { $0?.name }.joined(separator: "; ")
        lines.append(
            ChecklistLine(
                "declaration.signatures", .declaration, "signatures", names.isEmpty ? .fail : .open,
                names.isEmpty ? "scan_missing" : "signatures", ["files": names]))
        return lines
    }

    private func line(
        _ id: String, _ question: String, _ scan: StampedScan?, isPresent: Bool
    ) -> ChecklistLine {
        guard let scan else { return ChecklistLine(id, .declaration, question, .fail, "scan_missing") }
        let values = ["number": "\(scan.number)", "file": scan.name, "reason": scan.reason]
        if !isPresent { return ChecklistLine(id, .declaration, question, .fail, "scan_old", values) }
        switch scan.state {
        case .read: return ChecklistLine(id, .declaration, question, .pass, "scan_same", values)
        case .confirmed: return ChecklistLine(id, .declaration, question, .pass, "scan_confirmed", values)
        case .unread: return ChecklistLine(id, .declaration, question, .open, "scan_unread", values)
        case .waiting: return ChecklistLine(id, .declaration, question, .open, "scan_waiting", values)
        case .refused: return ChecklistLine(id, .declaration, question, .fail, "scan_old", values)
        }
    }

    private func inTime(_ submission: SubmissionCase) async throws -> ChecklistLine {
        let (round, participation) = (submission.round, submission.participation)
        func line(
            _ result: ChecklistLine.Result, _ found: String, _ values: [String: String] = [:]
        ) -> ChecklistLine {
            ChecklistLine("declaration.in-time", .declaration, "in_time", result, found, values)
        }
        let events = try await submissions.events(round.id, participation.platform)
        guard let zone = DayCutter(zoneName: submission.scheme.zone),
            let first = events.first(where: { $0.action == .submit })
        else { return line(.fail, "never_submitted") }
        let windows = SubmissionWindows(try await submissions.windows(round.id), round: round, zone: zone)
        let closes = windows.effective(participation.company.region).closes
        let isGood = first.at < closes
        return line(
            isGood ? .pass : .fail, isGood ? "in_time" : "late",
            ["at": zone.clockText(first.at), "closes": zone.clockText(closes)])
    }
}
