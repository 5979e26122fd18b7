import Foundation
import Hummingbird
import Vocabulary

/// The fields of a form that a browser sent as `application/x-www-form-urlencoded`.
struct FormBody: Sendable {
    private let fields: [String: [String]]

    /// - Throws: `web.body_too_large`.
    init(_ request: Request, limitBytes: Int = 64 << 10) async throws {
        let buffer = try await JSONBody.collect(request, limitBytes: limitBytes)
        self.init(text: String(buffer: buffer))
    }

    init(text: String) {
        var fields: [String: [String]] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = FormBody.plain(parts.first ?? "")
            fields[name, default: []].append(parts.count > 1 ? FormBody.plain(parts[1]) : "")
        }
        self.fields = fields
    }

    /// The field without white space around it; empty when it was not sent.
    subscript(name: String) -> String {
        (fields[name]?.last ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The field exactly as it was typed, for passwords.
    func exact(_ name: String) -> String { fields[name]?.last ?? "" }

    /// Every value that was sent under the name, in order: the boxes that are ticked.
    func all(_ name: String) -> [String] { fields[name] ?? [] }

    private static func plain(_ text: Substring) -> String {
        text.replacing("+", with: " ").removingPercentEncoding ?? ""
    }
}
