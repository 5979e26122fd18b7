import Trust
import Vocabulary

/// The papers that are made from data.
public enum PaperKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// What the company declares, stamped by it.
    case declaration
    /// Its promise that everything is true.
    case commitment
    /// The city's letter, and the table that goes with it.
    case letter, summary
    /// For one platform: formal check, experts' marks, site check.
    case checklist, marks
    case siteCheck = "site-check"
    /// For the round: the panel's table, the text of the public notice, the annex of the publication.
    case panel, notice, annex
}

/// One version of a paper: its content is frozen under a digest, and equal content has one number.
public struct PrintedPaper: Sendable, Hashable {
    public let round: RoundID
    /// Whose paper: a platform's id, a city's region code, or `round`.
    public let subject: String
    public let kind: PaperKind
    /// 1, 2, 3 … for each content of the subject and kind.
    public let number: Int
    /// SHA-256 over the content's canonical JSON.
    public let digest: Digest
    /// Canonical JSON.
    public let content: String

    public init(round: RoundID, subject: String, kind: PaperKind, number: Int, digest: Digest, content: String) {
        self.round = round
        self.subject = subject
        self.kind = kind
        self.number = number
        self.digest = digest
        self.content = content
    }

    /// What the QR code of the paper carries.
    public var code: String { "HENG1/\(round)/\(subject)/\(kind.rawValue)/\(number)/\(digest.hex.prefix(16))" }

    /// The first 16 digits of the digest in groups of four, for people: `0123-4567-89ab-cdef`.
    public var checkDigits: String {
        let digits = Array(digest.hex.prefix(16))
        return stride(from: 0, to: 16, by: 4).map { String(digits[$0..<$0 + 4]) }.joined(separator: "-")
    }
}

/// What a scan says of itself.
public struct ScanReading: Sendable, Hashable {
    /// The QR codes found on its pages.
    public let codes: [String]
    /// The text found on its pages, printed or recognised.
    public let text: String
    /// How many pages there are; nil where no tool could count them.
    public let pages: Int?
    /// The first page with something like a red round stamp, 0 for none; nil where nobody looked. A hint only.
    public let stampPage: Int?

    public init(codes: [String], text: String, pages: Int? = nil, stampPage: Int? = nil) {
        self.codes = codes
        self.text = text
        self.pages = pages
        self.stampPage = stampPage
    }
}

/// Whether a scan shows the very version that is asked for.
public enum ScanVerdict: Sendable, Hashable {
    /// How it was told.
    public enum Way: String, Sendable, Hashable, Codable { case code, text }
    case same(Way)
    /// Another version; its number where the scan tells it.
    case otherVersion(Int?)
    /// Another platform's paper, another round's, or another kind.
    case otherPaper
    /// Neither a code nor check digits could be read.
    case unreadable

    /// Compares what was read with the version that is asked for. A QR code counts before text.
    public init(_ reading: ScanReading, asked: PrintedPaper) {
        let codes = reading.codes.filter { $0.hasPrefix("HENG1/") }
        if codes.contains(asked.code) {
            let others = codes.filter { $0 != asked.code }
            // Pages of two versions in one scan are not one paper.
            self = others.isEmpty ? .same(.code) : ScanVerdict.other(others[0], asked)
            return
        }
        if let code = codes.first {
            self = ScanVerdict.other(code, asked)
            return
        }
        let digits = ScanVerdict.checkDigits(reading.text)
        if digits.contains(asked.checkDigits) {
            self = digits.count == 1 ? .same(.text) : .otherVersion(nil)
        } else {
            self = digits.isEmpty ? .unreadable : .otherVersion(nil)
        }
    }

    private static func other(_ code: String, _ asked: PrintedPaper) -> ScanVerdict {
        let parts = code.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[1] == asked.round.rawValue, parts[2] == asked.subject,
            parts[3] == asked.kind.rawValue
        else { return .otherPaper }
        return .otherVersion(Int(parts[4]))
    }

    /// Everything in the text that has the form of check digits.
    private static func checkDigits(_ text: String) -> Set<String> {
        var found: Set<String> = []
        let bytes = Array(text.utf8)
        func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...102).contains(byte) }
        var start = 0
        while start + 19 <= bytes.count {
            let piece = bytes[start..<start + 19]
            let fits = piece.enumerated().allSatisfy { index, byte in
                index % 5 == 4 ? byte == UInt8(ascii: "-") : isDigit(byte)
            }
            if fits {
                found.insert(String(decoding: piece, as: UTF8.self))
                start += 19
            } else {
                start += 1
            }
        }
        return found
    }
}
