import Foundation
import HTTPTypes
import Hummingbird
import Vocabulary
import Wording

/// RFC 9457 problem details, with the code, the values of its text and all findings.
public struct Problem: Encodable, Sendable {
    public let type: String
    public let title: String
    public let status: Int
    public let detail: String
    public let code: String
    public let values: [String: String]
    public let findings: [Item]

    /// A finding with its sentence.
    public struct Item: Encodable, Sendable {
        public let severity: Finding.Severity
        public let code: String
        public let place: String
        public let message: String

        init(_ finding: Finding, language: Language) {
            severity = finding.severity
            code = finding.code
            place = finding.place
            message = Catalogue.of(language).text(finding)
        }
    }

    public init(_ failure: Failure, language: Language) {
        let catalogue = Catalogue.of(language)
        let status = ProblemStatus.of(failure.code)
        self.type = "/problems/\(failure.code)"
        self.title = catalogue.text("web.status.s\(status)")
        self.status = status
        self.detail = catalogue.text(failure)
        self.code = failure.code
        self.values = failure.values
        self.findings = failure.findings.map { Item($0, language: language) }
    }

    /// `application/problem+json`.
    public var response: Response {
        var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
        if let seconds = values["retryAfterSeconds"] { headers[.retryAfter] = seconds }
        if status == 401 { headers[.wwwAuthenticate] = "Bearer" }
        return .json(self, status: .init(code: status), headers: headers)
    }
}
