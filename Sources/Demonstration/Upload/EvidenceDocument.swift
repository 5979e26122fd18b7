import Vocabulary

/// A piece of evidence that the demonstration makes itself: what the page says, and the PDF of it.
public struct EvidenceDocument: Sendable, Hashable {
    /// The file's name, ASCII: `P07-dcmm-level-certificate.pdf`.
    public var name: String
    /// The id of the scheme's evidence requirement that it answers.
    public var requirement: String
    /// What stands in large letters at the top.
    public var title: String
    /// Who holds the certificate, as the page says.
    public var holder: String
    public var holderCode: String
    /// Label and text, in the order of the page.
    var lines: [(label: String, text: String)]
    /// Fixed texts: the watermark and the notes at the foot.
    var texts: [String: String]

    public static func == (a: EvidenceDocument, b: EvidenceDocument) -> Bool {
        a.name == b.name && a.title == b.title && a.holder == b.holder && a.bytes == b.bytes
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// A valid PDF 1.7 of one page; the same document gives the same bytes.
    public var bytes: [UInt8] {
        var page: [PDFDocument.Line] = [PDFDocument.Line(text: title, size: 20, left: 28, bottom: 245)]
        var bottom = 222
        for line in [(texts["holder"] ?? "", holder), (texts["code"] ?? "", holderCode)] + lines {
            for part in EvidenceDocument.wrapped(line.0 + line.1, at: 36) {
                page.append(PDFDocument.Line(text: part, size: 12, left: 28, bottom: bottom))
                bottom -= 10
            }
        }
        for (order, key) in ["note", "noteEnglish"].enumerated() {
            page.append(PDFDocument.Line(text: texts[key] ?? "", size: 9, left: 28, bottom: 40 - order * 7))
        }
        return PDFDocument(title: title, lines: page, watermark: texts["watermark"] ?? "").bytes()
    }

    /// Cut so that no line leaves the frame: Han characters are two wide, others one.
    private static func wrapped(_ text: String, at width: Int) -> [String] {
        var result = [""]
        var used = 0
        for character in text {
            let own = character.utf8.count > 1 ? 2 : 1
            if used + own > width * 2 {
                result.append("")
                used = 0
            }
            result[result.count - 1].append(character)
            used += own
        }
        return result
    }
}
