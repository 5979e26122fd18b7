import Trust
import Vocabulary

/// Tells what a file is by its content, and refuses what an office should not open.
public enum EvidenceInspection {
    /// 20 MiB.
    public static let mostBytes = 20 * 1024 * 1024
    /// An office file that claims to unpack to more is refused: 500 MiB.
    static let mostUnpackedBytes = 500 * 1024 * 1024

    /// What is known of a file that may be kept.
    public struct Result: Sendable, Hashable {
        public let type: EvidenceType
        public let digest: Digest
        public let size: Int
        /// Without path and control characters, at most 200 characters, with the ending of its type.
        public let name: String
        /// Remarks that refuse nothing: the name's ending belied the content.
        public let findings: [Finding]
    }

    /// - Throws: `submit.evidence_empty`, `_too_large`, `_type`, `_old_office`, `_encrypted`, `_macro`, `_script`,
    ///   `_damaged`, each with the name.
    public static func inspect(_ bytes: [UInt8], name given: String) throws(Failure) -> Result {
        let name = cleanName(given)
        guard !bytes.isEmpty else { throw Failure("submit.evidence_empty", ["name": name]) }
        guard bytes.count <= mostBytes else {
            throw Failure("submit.evidence_too_large", ["name": name, "limit": "\(mostBytes / 1_048_576)"])
        }
        let type = try type(of: bytes, name: name)
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        let fits = name.contains(".") && (ending == type.rawValue || (type == .jpg && ending == "jpeg"))
        var findings: [Finding] = []
        if !fits, name.contains(".") {
            let values = ["name": name, "type": type.rawValue]
            findings.append(Finding(.warning, "submit.evidence_ending", at: name, values))
        }
        return Result(
            type: type, digest: Digest.sha256(of: bytes), size: bytes.count,
            name: fits ? name : name + "." + type.rawValue, findings: findings)
    }

    // MARK: - By content

    private static func type(of bytes: [UInt8], name: String) throws(Failure) -> EvidenceType {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            guard find([0xFF, 0xD9], in: bytes, from: max(0, bytes.count - 4096)) != nil else { throw damaged(name) }
            return .jpg
        }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            let end = Array("IEND".utf8)
            guard bytes.count >= 57, Array(bytes[12..<16]) == Array("IHDR".utf8),
                find(end, in: bytes, from: max(0, bytes.count - 4096)) != nil
            else { throw damaged(name) }
            return .png
        }
        if let start = find(Array("%PDF-".utf8), in: Array(bytes.prefix(1024)), from: 0) {
            try checkPDF(bytes, from: start, name: name)
            return .pdf
        }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return try office(bytes, name: name) }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            let marker = "EncryptedPackage".utf8.flatMap { [$0, UInt8(0)] }
            let isEncrypted = find(marker, in: bytes, from: 0) != nil
            throw Failure(isEncrypted ? "submit.evidence_encrypted" : "submit.evidence_old_office", ["name": name])
        }
        throw Failure("submit.evidence_type", ["name": name])
    }

    private static func checkPDF(_ bytes: [UInt8], from start: Int, name: String) throws(Failure) {
        guard find(Array("%%EOF".utf8), in: bytes, from: max(start, bytes.count - 4096)) != nil else {
            throw damaged(name)
        }
        if holdsName("/Encrypt", bytes) { throw Failure("submit.evidence_encrypted", ["name": name]) }
        for action in ["/JavaScript", "/Launch"] where holdsName(action, bytes) {
            throw Failure("submit.evidence_script", ["name": name])
        }
    }

    private static func office(_ bytes: [UInt8], name: String) throws(Failure) -> EvidenceType {
        guard let directory = ZipDirectory(bytes) else { throw damaged(name) }
        let names = directory.entries.map { $0.name.lowercased() }
        if directory.entries.contains(where: \.isEncrypted) {
            throw Failure("submit.evidence_encrypted", ["name": name])
        }
        let runs = ["vbaproject.bin", "vbadata.xml", "/activex/", "/macrosheets/"]
        if names.contains(where: { entry in runs.contains { entry.contains($0) } }) {
            throw Failure("submit.evidence_macro", ["name": name])
        }
        guard directory.entries.reduce(0, { $0 + $1.size }) <= mostUnpackedBytes else {
            throw Failure("submit.evidence_too_large", ["name": name, "limit": "\(mostUnpackedBytes / 1_048_576)"])
        }
        guard names.contains("[content_types].xml") else { throw Failure("submit.evidence_archive", ["name": name]) }
        if names.contains("word/document.xml") { return .docx }
        if names.contains("xl/workbook.xml") { return .xlsx }
        throw Failure("submit.evidence_type", ["name": name])
    }

    private static func damaged(_ name: String) -> Failure { Failure("submit.evidence_damaged", ["name": name]) }

    /// Whether the bytes hold the PDF name as a whole, followed by a delimiter.
    private static func holdsName(_ pdfName: String, _ bytes: [UInt8]) -> Bool {
        let pattern = Array(pdfName.utf8)
        var at = 0
        while let found = find(pattern, in: bytes, from: at) {
            let next = found + pattern.count
            if next >= bytes.count || " \r\n\t\u{0}\u{C}/(<[".utf8.contains(bytes[next]) { return true }
            at = next
        }
        return false
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

    private static func cleanName(_ given: String) -> String {
        let last = given.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let isDirection: (Unicode.Scalar) -> Bool = { (0x202A...0x202E).contains($0.value) || $0.value == 0x200F }
        let clean = TypedText.clean(String(String.UnicodeScalarView(last.unicodeScalars.filter { !isDirection($0) })))
        let dotless = String(clean.drop { $0 == "." })
        return dotless.isEmpty ? "evidence" : String(dotless.suffix(200))
    }
}
