import Match
import Review
import Submit
import Trust
import Vocabulary

/// Stands against submission without the stamped scans of this very version, and against a recommendation without the
/// city's stamped table.
public struct StampedPaperGuard: TransitionGuard {
    private let archive: any PaperArchive
    private let contents: PaperContents

    public init(
        archive: any PaperArchive, declarations: any DeclarationStore, evidence: any EvidenceStore
    ) {
        self.archive = archive
        contents = PaperContents(declarations: declarations, evidence: evidence)
    }

    public func hindrances(
        to request: SubmissionRequest, of submission: SubmissionCase
    ) async throws -> [Finding] {
        switch request.action {
        case .submit:
            return try await declaration(submission, .error) + commitment(submission)
        // After a return or a supplement only single items change; the office decides whether a new stamp is needed.
        case .resubmit: return try await declaration(submission, .warning)
        case .recommend: return try await summary(submission)
        case .takeIn,
            .pass where submission.participation.submission == .formalCheck:
            return try await unseen(submission)
        default: return []
        }
    }

    private func declaration(
        _ submission: SubmissionCase, _ severity: Finding.Severity
    ) async throws -> [Finding] {
        let (round, participation) = (submission.round, submission.participation)
        let subject = participation.platform.rawValue
        guard let scan = try await archive.scan(.declaration, of: subject, in: round.id) else {
            return [Finding(severity, "paper.declaration_scan_missing", at: "paper")]
        }
        let digest = Digest.sha256(of: try await contents.declaration(participation, round).bytes)
        let shown = try await archive.version(.declaration, of: subject, in: round.id, number: scan.number)
        guard shown?.digest == digest else {
            return [Finding(severity, "paper.declaration_scan_old", at: "paper", ["scanned": "\(scan.number)"])]
        }
        return scan.isGood ? [] : [Finding(severity, "paper.declaration_scan_unread", at: "paper")]
    }

    private func commitment(_ submission: SubmissionCase) async throws -> [Finding] {
        let subject = submission.participation.platform.rawValue
        guard let scan = try await archive.scan(.commitment, of: subject, in: submission.round.id) else {
            return [Finding(.error, "paper.commitment_scan_missing", at: "paper")]
        }
        return scan.isGood ? [] : [Finding(.error, "paper.commitment_scan_unread", at: "paper")]
    }

    private func summary(_ submission: SubmissionCase) async throws -> [Finding] {
        let (round, participation) = (submission.round, submission.participation)
        let subject = participation.company.region.city.rawValue
        guard let scan = try await archive.scan(.summary, of: subject, in: round.id) else {
            return [Finding(.error, "paper.summary_scan_missing", at: "paper")]
        }
        let shown = try await archive.version(.summary, of: subject, in: round.id, number: scan.number)
        let content = try CanonicalJSON(parsing: Array((shown?.content ?? "{}").utf8))
        guard case .array(let platforms)? = content["platforms"],
            platforms.contains(where: { $0["platform"] == .string(participation.platform.rawValue) })
        else {
            return [Finding(.error, "paper.summary_scan_other", at: "paper", ["platform": participation.name])]
        }
        guard scan.isGood else { return [Finding(.error, "paper.summary_scan_unread", at: "paper")] }
        return try await unseen(submission)
    }

    /// Only a person sees a stamp; that nobody has looked yet is said, and keeps nobody.
    private func unseen(_ submission: SubmissionCase) async throws -> [Finding] {
        let subject = submission.participation.company.region.city.rawValue
        guard let scan = try await archive.scan(.summary, of: subject, in: submission.round.id), scan.seen == nil
        else { return [] }
        return [Finding(.warning, "paper.summary_stamp_unseen", at: "paper")]
    }
}

/// Stands against submission of a company that is on a negative list, registered elsewhere, or no legal person.
public struct EligibilityGuard: TransitionGuard {
    private let store: any EligibilityStore

    public init(store: any EligibilityStore) { self.store = store }

    public func hindrances(
        to request: SubmissionRequest, of submission: SubmissionCase
    ) async throws -> [Finding] {
        let severity: Finding.Severity
        switch request.action {
        case .submit, .resubmit: severity = .error
        case .recommend, .takeIn, .pass: severity = .warning
        default: return []
        }
        let (round, participation) = (submission.round, submission.participation)
        let company = participation.company
        var findings: [Finding] = []
        let hits = try await store.hits(round.id, code: company.code, name: company.name)
        let words = hits.isEmpty ? [] : try await store.words(round.id, participation.platform)
        for hit in hits where !hit.isUnblocked(by: words) {
            findings.append(
                Finding(
                    severity, "paper.on_negative_list", at: "eligibility",
                    ["list": hit.title, "row": "\(hit.row.number)", "company": hit.row.company]))
        }
        if let regions = submission.scheme.dictionary("regions"), regions.entry(company.region.city.rawValue) == nil {
            findings.append(
                Finding(severity, "paper.not_in_province", at: "eligibility", ["region": company.region.rawValue]))
        }
        // Registered by the market authority as an individual business: no legal person. Source: GB 32100-2015.
        if company.code.text.hasPrefix("92") {
            findings.append(Finding(severity, "paper.not_legal_person", at: "eligibility"))
        }
        return findings
    }
}
