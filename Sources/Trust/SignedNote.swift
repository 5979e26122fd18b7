import Foundation
import Vocabulary

/// A text with the signatures under it. Source: C2SP signed-note v1.0.0.
///
/// The text is worth nothing before `verify` has returned it.
public struct SignedNote: Sendable, Hashable {
    /// Ends in a newline.
    public let text: String
    public let signatures: [Signature]

    /// One line under the text.
    public struct Signature: Sendable, Hashable {
        public let name: String
        /// 4 bytes that tell keys of one name apart.
        public let keyID: [UInt8]
        public let bytes: [UInt8]
    }

    private static let signatureLimit = 16
    private static let byteLimit = 1 << 20

    /// - Parameter text: Ends in a newline and has no other control characters. Throws: `trust.note_unreadable`.
    public init(text: String, signers: [NoteSigner]) throws {
        guard SignedNote.isWritable(text) else { throw Failure("trust.note_unreadable") }
        self.text = text
        self.signatures = try signers.map { try $0.sign(text) }
    }

    /// Reads a note without trusting it. Throws: `trust.note_unreadable`.
    public init(reading note: String) throws {
        let refused = Failure("trust.note_unreadable")
        guard note.utf8.count <= SignedNote.byteLimit, SignedNote.isWritable(note) else { throw refused }
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        guard let gap = lines.lastIndex(of: ""), gap > 0, gap + 1 < lines.endIndex else { throw refused }
        self.text = lines[..<gap].map { $0 + "\n" }.joined()
        let signatures = try lines[(gap + 1)...].map { line in
            guard let signature = Signature(line: line) else { throw refused }
            return signature
        }
        guard signatures.count <= SignedNote.signatureLimit else { throw refused }
        self.signatures = signatures
    }

    /// The note as it is sent and kept.
    public var description: String { text + "\n" + signatures.map { $0.line + "\n" }.joined() }

    /// The text, if at least one of the known keys has signed it and none of them wrongly. Signatures of unknown keys
    /// are passed over. Throws: `trust.signature_refused`.
    public func verify(_ known: [NoteVerifier]) throws -> String {
        var signed = false
        for signature in signatures {
            for key in known where key.name == signature.name && key.keyID == signature.keyID {
                guard key.verifies(signature.bytes, over: text) else { throw Failure("trust.signature_refused") }
                signed = true
            }
        }
        guard signed else { throw Failure("trust.signature_refused") }
        return text
    }

    /// Names stand between spaces and before a plus.
    static func isKeyName(_ name: some StringProtocol) -> Bool {
        !name.isEmpty
            && !name.unicodeScalars.contains {
                $0.properties.isWhitespace || $0 == "+" || $0.value < 0x20
            }
    }

    private static func isWritable(_ text: String) -> Bool {
        text.hasSuffix("\n") && text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A }
    }
}

extension SignedNote.Signature {
    /// `— name base64(key id ‖ signature)`.
    var line: String { "\u{2014} \(name) \(Data(keyID + bytes).base64EncodedString())" }

    init?(line: Substring) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "\u{2014}", SignedNote.isKeyName(parts[1]),
            let decoded = Data(base64Encoded: String(parts[2])), decoded.count > 4
        else { return nil }
        self.init(name: String(parts[1]), keyID: Array(decoded.prefix(4)), bytes: Array(decoded.dropFirst(4)))
    }
}
