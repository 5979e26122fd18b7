import Review
import Submit
import Vocabulary

/// No check on site ends without its record, two verifiers' signatures under it, and a photograph.
public struct SiteRecordSignedGuard: TransitionGuard {
    private let checks: any SiteCheckStore
    private let evidence: any EvidenceStore

    public init(checks: any SiteCheckStore, evidence: any EvidenceStore) {
        self.checks = checks
        self.evidence = evidence
    }

    public func hindrances(to request: SubmissionRequest, of submission: SubmissionCase) async throws -> [Finding] {
        let owner = submission.participation
        guard request.action == .finish, owner.submission == .siteCheck else { return [] }
        guard let check = try await checks.check(owner.round, owner.platform) else {
            return [Finding(.error, "sampling.hindrance_no_site_record", at: "site-check")]
        }
        var findings: [Finding] = []
        let signed = Set(try await checks.signatures(check).map(\.account)).count
        if signed < SiteCheck.signatures {
            findings.append(
                Finding(
                    .error, "sampling.hindrance_site_unsigned", at: "site-check",
                    ["signed": "\(signed)", "needed": "\(SiteCheck.signatures)"]))
        }
        let cell = CellAddress(round: owner.round, platform: owner.platform, indicator: SiteCheck.photographs)
        if try await evidence.files(cell).isEmpty {
            findings.append(Finding(.error, "sampling.hindrance_no_photograph", at: "site-check"))
        }
        return findings
    }
}
