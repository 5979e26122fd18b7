import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Vocabulary

/// A form with a file, as browsers send it without JavaScript (`multipart/form-data`, RFC 7578).
struct MultipartForm: Sendable {
    struct File: Sendable {
        let name: String
        let bytes: [UInt8]
    }

    /// Plain fields by name; the last of equal names counts.
    let fields: [String: String]
    /// Files by the field's name.
    let files: [String: File]

    /// - Throws: `submit.form_type` (415) for another content type, `submit.form_damaged` (400) for a broken body,
    ///   `web.body_too_large` (413).
    init(_ request: Request, limitBytes: Int) async throws {
        let type = request.headers[.contentType] ?? ""
        guard type.lowercased().hasPrefix("multipart/form-data"), let boundary = Self.parameter("boundary", of: type),
            (1...70).contains(boundary.utf8.count)
        else { throw Failure("submit.form_type", ["expected": "multipart/form-data"]) }
        let buffer = try await JSONBody.collect(request, limitBytes: limitBytes + 65_536)
        try self.init([UInt8](buffer.readableBytesView), boundary: boundary)
    }

    /// - Throws: `submit.form_damaged`.
    init(_ bytes: [UInt8], boundary: String) throws(Failure) {
        let delimiter = Array(("--" + boundary).utf8)
        var fields: [String: String] = [:]
        var files: [String: File] = [:]
        var starts: [Int] = []
        var at = 0
        while let found = Self.find(delimiter, in: bytes, from: at) {
            starts.append(found)
            at = found + delimiter.count
        }
        guard starts.count >= 2, let last = starts.last, bytes[(last + delimiter.count)...].starts(with: [45, 45])
        else {
            throw Failure("submit.form_damaged")
        }
        for (start, next) in zip(starts, starts.dropFirst()) {
            // Part: CRLF headers CRLF CRLF content CRLF.
            let head = start + delimiter.count + 2
            guard let blank = Self.find([13, 10, 13, 10], in: bytes, from: start + delimiter.count),
                blank + 4 <= next - 2
            else { throw Failure("submit.form_damaged") }
            let headers = String(decoding: bytes[min(head, blank)..<blank], as: UTF8.self)
            let content = Array(bytes[(blank + 4)..<(next - 2)])
            guard
                let disposition = headers.split(whereSeparator: \.isNewline).first(where: {
                    $0.lowercased().hasPrefix("content-disposition:")
                }), let name = Self.parameter("name", of: String(disposition))
            else { throw Failure("submit.form_damaged") }
            if let fileName = Self.parameter("filename", of: String(disposition)) {
                files[name] = File(name: fileName, bytes: content)
            } else {
                fields[name] = String(decoding: content, as: UTF8.self)
            }
        }
        self.fields = fields
        self.files = files
    }

    /// `name="value"` or `name=value` among the parameters of a header; quotes may hold a semicolon.
    private static func parameter(_ name: String, of header: String) -> String? {
        var parts: [String] = [""]
        var isQuoted = false
        for character in header {
            if character == "\"" { isQuoted.toggle() }
            if character == ";", !isQuoted { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].trimmingWhitespace().lowercased() == name else { continue }
            let value = pair[1].trimmingWhitespace().filter { $0 != "\"" }
            return value.replacing("%22", with: "\"")
        }
        return nil
    }

    private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first, bytes.count >= pattern.count else { return nil }
        var at = start
        while at <= bytes.count - pattern.count {
            if bytes[at] == first, bytes[at..<(at + pattern.count)].elementsEqual(pattern) { return at }
            at += 1
        }
        return nil
    }
}
