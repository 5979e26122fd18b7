import Match
import Review
import Vocabulary

/// Whether the applicant may take part at all.
public struct EligibilityLines: ChecklistSource {
    private let store: any EligibilityStore

    public init(_ store: any EligibilityStore) { self.store = store }

    public func lines(of submission: SubmissionCase) async throws -> [ChecklistLine] {
        let company = submission.participation.company
        let named = ["company": company.name, "code": company.code.text]
        let isCode = CompanyCode.isValid(company.code.text.utf8)
        var lines = [
            ChecklistLine(
                "eligibility.credit-code", .eligibility, "credit_code", isCode ? .pass : .fail,
                isCode ? "code_good" : "code_bad", named)
        ]
        // Registered by the market authority as an individual business: no legal person. Source: GB 32100-2015.
        let isPerson = !company.code.text.hasPrefix("92")
        lines.append(
            ChecklistLine(
                "eligibility.legal-person", .eligibility, "legal_person", isPerson ? .pass : .fail,
                isPerson ? "legal_person" : "no_legal_person", ["class": String(company.code.text.prefix(2))]))
        if let regions = submission.scheme.dictionary("regions") {
            let entry = regions.entry(company.region.city.rawValue)
            lines.append(
                ChecklistLine(
                    "eligibility.province", .eligibility, "province", entry == nil ? .fail : .pass,
                    entry == nil ? "elsewhere" : "in_province", ["region": company.region.rawValue]))
        }
        lines.append(try await negativeLists(submission))
        lines.append(ChecklistLine("eligibility.identity", .eligibility, "identity", .open, "identity", named))
        return lines
    }

    private func negativeLists(_ submission: SubmissionCase) async throws -> ChecklistLine {
        let (round, participation) = (submission.round.id, submission.participation)
        let hits = try await store.hits(round, code: participation.company.code, name: participation.company.name)
        let words = hits.isEmpty ? [] : try await store.words(round, participation.platform)
        let standing = hits.filter { !$0.isUnblocked(by: words) }
        func line(_ result: ChecklistLine.Result, _ found: String, _ hits: [NegativeHit]) -> ChecklistLine {
            let lists = hits.map { "\($0.title) (\($0.row.number))" }.joined(separator: "; ")
            return ChecklistLine(
                "eligibility.negative-lists", .eligibility, "negative_lists", result, found,
                ["lists": lists, "count": "\(hits.count)"])
        }
        if !standing.isEmpty { return line(.fail, "listed", standing) }
        return hits.isEmpty ? line(.pass, "not_listed", []) : line(.pass, "unblocked", hits)
    }
}
