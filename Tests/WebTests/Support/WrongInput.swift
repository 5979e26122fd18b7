import Foundation
import HTTPTypes
import Scheme
import Testing
import Vocabulary
import Wording

/// Something wrong that a person or a machine hands in, and how it is handed in.
struct WrongInput: Sendable, CustomTestStringConvertible {
    enum Way: Sendable {
        /// Pushed through the port, with a platform's key.
        case batch(String, headers: [String: String])
        /// A JSON form, with the ETag it starts from.
        case form(HTTPRequest.Method, String, role: String?, tag: String?)
        /// Bytes with their content type.
        case file(HTTPRequest.Method, String, type: String, bytes: [UInt8])
        /// The scheme of 2025 with one place changed.
        case scheme(old: String, new: String)
    }

    let what: String
    let way: Way
    var body = ""
    var testDescription: String { what }

    /// What came back: status, code, and the sentences that a person reads.
    struct Outcome: Codable, Equatable {
        var what: String
        var status: Int
        var code: String
        var zh: String
        var en: String
    }

    static func batch(_ what: String, _ rows: String, headers: [String: String] = [:]) -> WrongInput {
        let keyed = ["Idempotency-Key": "wrong"].merging(headers) { _, new in new }
        return WrongInput(what: what, way: .batch("/port/v1/batches", headers: keyed), body: rows)
    }

    static func cell(_ what: String, _ path: String, _ body: String, tag: String? = "\"0\"") -> WrongInput {
        WrongInput(what: what, way: .form(.put, "/cells/" + path, role: "manager", tag: tag), body: body)
    }

    static func post(_ what: String, _ path: String, _ body: String, role: String? = "operator") -> WrongInput {
        WrongInput(what: what, way: .form(.post, path, role: role, tag: nil), body: body)
    }

    static func evidence(_ what: String, _ bytes: [UInt8], name: String) -> WrongInput {
        let path = "/cells/platform-revenue/evidence?requirement=audit-report&name=\(name)"
        return WrongInput(what: what, way: .file(.post, path, type: "application/octet-stream", bytes: bytes))
    }

    static func list(_ what: String, _ indicator: String, _ csv: String) -> WrongInput {
        list(what, indicator, bytes: Array(csv.utf8))
    }

    static func list(_ what: String, _ indicator: String, bytes: [UInt8]) -> WrongInput {
        WrongInput(what: what, way: .file(.put, "/cells/\(indicator)/items", type: "text/csv", bytes: bytes))
    }

    static func scheme(_ what: String, _ old: String, _ new: String) -> WrongInput {
        WrongInput(what: what, way: .scheme(old: old, new: new))
    }

    /// Hands it in twice, once in each language, on a site of its own each time.
    func outcome() async throws -> Outcome {
        if case .scheme(let old, let new) = way { return try schemeOutcome(old, new) }
        let (chinese, english) = (try await ask(.zhHans), try await ask(.en))
        #expect(chinese.status == english.status)
        let (code, zh) = Self.said(chinese)
        return Outcome(what: what, status: chinese.status, code: code, zh: zh, en: Self.said(english).text)
    }

    private func ask(_ language: Language) async throws -> TestSite.Answer {
        let port = try await TestPort()
        var headers = ["Accept-Language": language.rawValue]
        switch way {
        case .batch(let path, let more):
            headers.merge(more) { _, new in new }
            if headers["Idempotency-Key"] == "" { headers["Idempotency-Key"] = nil }
            return try await port.site.ask(.post, path, as: port.key, headers: headers, body: body)
        case .form(let method, let path, let role, let tag):
            headers["Content-Type"] = "application/json"
            headers["If-Match"] = tag
            let whole = path.hasPrefix("/api") ? path : port.base + path
            return try await port.site.ask(method, whole, as: role, headers: headers, body: body)
        case .file(let method, let path, let type, let bytes):
            headers["Content-Type"] = type
            if method == .put { headers["If-Match"] = "\"0\"" }
            return try await port.site.ask(method, port.base + path, as: "manager", headers: headers, bytes: bytes)
        case .scheme: return TestSite.Answer(status: 0, headers: [:], bytes: [])
        }
    }

    /// The sentences of a problem or of the first row of a receipt or report.
    private static func said(_ answer: TestSite.Answer) -> (code: String, text: String) {
        let json = answer.json ?? [:]
        for key in ["rejects", "rejected"] {
            if let row = (json[key] as? [[String: Any]])?.first {
                return (row["code"] as? String ?? "", row["message"] as? String ?? "")
            }
        }
        let finding = (json["findings"] as? [[String: Any]])?.first
        let sentences = [json["detail"] as? String, finding?["message"] as? String].compactMap { $0 }
        let codes = [json["code"] as? String, finding?["code"] as? String].compactMap { $0 }
        return (codes.joined(separator: " "), sentences.joined(separator: " "))
    }

    private func schemeOutcome(_ old: String, _ new: String) throws -> Outcome {
        let file = TestSite.repository.appendingPathComponent("Schemes/jiangsu-2025.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let range = try #require(text.range(of: old), "the scheme has no “\(old)”")
        let findings = SchemeReader.read(text: text.replacingCharacters(in: range, with: new)).findings
        let finding = try #require(findings.first)
        return Outcome(
            what: what, status: 1, code: finding.code, zh: Catalogue.of(.zhHans).text(finding),
            en: Catalogue.of(.en).text(finding))
    }
}
