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
    private let reading: ScanReadingWork?
    /// How long whoever submits waits for a scan that is being read.
    private static let patience = Duration.seconds(45)

    /// - Parameter reading: reads scans; what waits for it when somebody submits goes first.
    public init(
        archive: any PaperArchive, declarations: any DeclarationStore, evidence: any EvidenceStore,
        reading: ScanReadingWork?
    ) {
        self.archive = archive
        self.reading = reading
        contents = PaperContents(declarations: declarations, evidence: evidence)
    }

    public func settle(for request: SubmissionRequest, of submission: SubmissionCase) async throws {
        guard let reading else { return }
        let participation = submission.participation
        let wanted: [(PaperKind, String)]
        switch request.action {
        case .submit, .resubmit:
            wanted = [PaperKind.declaration, .commitment].map { ($0, participation.platform.rawValue) }
        case .recommend: wanted = [(.summary, participation.company.region.city.rawValue)]
        default: return
        }
        for (kind, subject) in wanted {
            if let scan = try await archive.scan(kind, of: subject, in: submission.round.id), scan.state == .waiting {
                let read = try await reading.read(scan.id, first: true, within: Self.patience)
                guard read?.state == .waiting else { continue }
                throw Failure(
                    "review.submission_hindered", ["action": request.action.rawValue, "count": "1"],
                    findings: [Finding(.error, Self.unread(kind, scan), at: "paper")])
            }
        }
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
        return Self.unread(.declaration, scan, severity)
    }

    private func commitment(_ submission: SubmissionCase) async throws -> [Finding] {
        let subject = submission.participation.platform.rawValue
        guard let scan = try await archive.scan(.commitment, of: subject, in: submission.round.id) else {
            return [Finding(.error, "paper.commitment_scan_missing", at: "paper")]
        }
        return Self.unread(.commitment, scan, .error)
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
        let unread = Self.unread(.summary, scan, .error)
        return unread.isEmpty ? try await unseen(submission) : unread
    }

    /// Only a person sees a stamp; that nobody has looked yet is said, and keeps nobody.
    private func unseen(_ submission: SubmissionCase) async throws -> [Finding] {
        let subject = submission.participation.company.region.city.rawValue
        guard let scan = try await archive.scan(.summary, of: subject, in: submission.round.id), scan.seen == nil
        else { return [] }
        return [Finding(.warning, "paper.summary_stamp_unseen", at: "paper")]
    }

    /// What is being read hinders nobody from asking: `settle` waits for it then, and refuses only if it cannot be read in
    /// time.
    private static func unread(_ kind: PaperKind, _ scan: StampedScan, _ severity: Finding.Severity) -> [Finding] {
        if scan.isGood { return [] }
        return [Finding(scan.state == .waiting ? .warning : severity, unread(kind, scan), at: "paper")]
    }

    private static func unread(_ kind: PaperKind, _ scan: StampedScan) -> String {
        "paper.\(kind.rawValue)_scan_\(scan.state == .waiting ? "waiting" : "unread")"
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
