import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Submit
import Trust
import Vocabulary

/// The words of tus 1.0.0 that our server speaks: core, creation, creation-with-upload, checksum, expiration,
/// termination.
///
/// Source: https://tus.io/protocols/resumable-upload
enum TusProtocol {
    static let version = "1.0.0"
    static let extensions = "creation,creation-with-upload,checksum,expiration,termination"
    static let algorithms = "sha1,sha256,md5"
    static let contentType = "application/offset+octet-stream"

    static let resumable = name("Tus-Resumable")
    static let offset = name("Upload-Offset")
    static let length = name("Upload-Length")
    static let expires = name("Upload-Expires")
    static let metadata = name("Upload-Metadata")
    static let checksum = name("Upload-Checksum")
    /// Ours: the evidence that a finished upload became.
    static let evidence = name("Heng-Evidence")

    static func name(_ text: String) -> HTTPField.Name {
        // Safe because only the constant names above come here; `Accept` stands in for none of them.
        HTTPField.Name(text) ?? .accept
    }

    /// What every answer carries.
    static var head: HTTPFields { [resumable: version, .cacheControl: "no-store"] }

    /// What the server can do, for `OPTIONS`.
    static func capabilities(mostBytes: Int) -> HTTPFields {
        var fields = head
        fields[name("Tus-Version")] = version
        fields[name("Tus-Extension")] = extensions
        fields[name("Tus-Max-Size")] = "\(mostBytes)"
        fields[name("Tus-Checksum-Algorithm")] = algorithms
        return fields
    }

    /// - Throws: `submit.upload_version` (412) when the client speaks another version.
    static func requireVersion(_ request: Request) throws(Failure) {
        guard request.headers[resumable] == version else {
            throw Failure("submit.upload_version", ["expected": version])
        }
    }

    /// A decimal header of at most fifteen digits.
    /// - Throws: `submit.upload_header` (400) with its name.
    static func number(_ field: HTTPField.Name, _ request: Request) throws(Failure) -> Int {
        guard let text = request.headers[field], (1...15).contains(text.utf8.count),
            text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(text)
        else { throw Failure("submit.upload_header", ["header": field.rawName]) }
        return value
    }

    /// `key base64,key base64,key`; a key without value has an empty one.
    /// - Throws: `submit.upload_header` (400).
    static func metadata(_ request: Request) throws(Failure) -> [String: String] {
        guard let text = request.headers[metadata] else { return [:] }
        let fault = Failure("submit.upload_header", ["header": "Upload-Metadata"])
        var values: [String: String] = [:]
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: " ", omittingEmptySubsequences: true)
            guard let key = parts.first, parts.count <= 2, values[String(key)] == nil else { throw fault }
            guard parts.count == 2 else {
                values[String(key)] = ""
                continue
            }
            guard let data = Data(base64Encoded: String(parts[1])) else { throw fault }
            values[String(key)] = String(decoding: data, as: UTF8.self)
        }
        return values
    }

    /// An HTTP date (RFC 9110, 5.6.7).
    static func date(_ instant: Instant) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.string(from: instant.date)
    }
}

/// `Upload-Checksum: algorithm base64`.
struct TusChecksum: Sendable {
    let algorithm: String
    let value: [UInt8]

    /// Nil when the request carries none.
    /// - Throws: `submit.upload_checksum_algorithm` (400), `submit.upload_header` (400).
    init?(_ request: Request) throws(Failure) {
        guard let text = request.headers[TusProtocol.checksum] else { return nil }
        let parts = text.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, let data = Data(base64Encoded: String(parts[1])) else {
            throw Failure("submit.upload_header", ["header": "Upload-Checksum"])
        }
        guard TusProtocol.algorithms.split(separator: ",").contains(parts[0]) else {
            throw Failure("submit.upload_checksum_algorithm", ["known": TusProtocol.algorithms])
        }
        algorithm = String(parts[0])
        value = [UInt8](data)
    }

    func fits(_ bytes: [UInt8]) -> Bool {
        switch algorithm {
        case "sha256": return Array(SHA256.hash(data: bytes)) == value
        case "md5": return Array(Insecure.MD5.hash(data: bytes)) == value
        default: return Array(Insecure.SHA1.hash(data: bytes)) == value
        }
    }
}
