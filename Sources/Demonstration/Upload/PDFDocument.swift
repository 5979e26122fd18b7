/// A valid PDF 1.7 of one A4 page with Chinese and Latin text, written without any library.
///
/// The Chinese font is not embedded: `STSong-Light` with the predefined CMap `UniGB-UCS2-H` is one that every reader
/// replaces by a Song face of its own; a ToUnicode map makes the text searchable everywhere.
/// Source: ISO 32000-1:2008, 7.5 (file structure), 9.7.5 (predefined CMaps).
struct PDFDocument: Sendable {
    /// One line of the page.
    struct Line: Sendable {
        var text: String
        /// Points.
        var size: Int
        /// Millimetres from the left edge.
        var left: Int
        /// Millimetres from the bottom edge.
        var bottom: Int
    }

    var title: String
    var lines: [Line]
    /// Printed large and grey across the page.
    var watermark: String

    /// The file; the same input gives the same bytes.
    func bytes() -> [UInt8] {
        let content = Array(contentStream().utf8)
        let unicode = Array(PDFDocument.unicodeMap.utf8)
        var file = PDFFile()
        file.add("<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) >>")
        file.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
        file.add(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R "
                + "/Resources << /Font << /F1 4 0 R /F2 9 0 R >> >> >>")
        file.add(
            "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H "
                + "/DescendantFonts [5 0 R] /ToUnicode 8 0 R >>")
        file.add(
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo "
                + "<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 6 0 R /DW 1000 "
                + "/W [1 95 500] >>")
        file.add(
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
                + "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>")
        file.add("<< /Length \(content.count) >>", stream: content)
        file.add("<< /Length \(unicode.count) >>", stream: unicode)
        file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
        file.add("<< /Title <FEFF\(PDFDocument.codes(title))> /Producer (Heng demonstration) >>")
        return file.finished(root: 1, info: 10)
    }

    private func contentStream() -> String {
        var stream =
            "q 0.88 g BT 0.819 0.574 -0.574 0.819 95 190 Tm \(PDFDocument.runs(watermark, size: 36))ET Q\n"
        stream += "q 0.5 w 0.45 G 48 60 499 722 re S Q\n"
        for line in lines {
            // 360/127 points a millimetre, in whole hundredths.
            let x = PDFDocument.points(line.left)
            let y = PDFDocument.points(line.bottom)
            stream += "BT 1 0 0 1 \(x) \(y) Tm \(PDFDocument.runs(line.text, size: line.size))ET\n"
        }
        return stream
    }

    /// The text shown piece by piece: printable ASCII in Helvetica, everything else in the Chinese font.
    private static func runs(_ text: String, size: Int) -> String {
        var shown = ""
        var rest = Substring(text)
        while let first = rest.unicodeScalars.first {
            let isPlain = (32...126).contains(first.value)
            let run = rest.prefix { $0.unicodeScalars.allSatisfy { (32...126).contains($0.value) == isPlain } }
            let piece = run.isEmpty ? rest.prefix(1) : run
            let string = isPlain ? "(\(escaped(piece)))" : "<\(codes(String(piece)))>"
            shown += "/\(isPlain ? "F2" : "F1") \(size) Tf \(string) Tj "
            rest = rest[piece.endIndex...]
        }
        return shown
    }

    private static func escaped(_ text: Substring) -> String {
        text.reduce(into: "") { $0 += "()\\".contains($1) ? "\\\($1)" : "\($1)" }
    }

    private static func points(_ millimetres: Int) -> String {
        let hundredths = millimetres * 36_000 / 127
        let rest = hundredths % 100
        return "\(hundredths / 100)." + (rest < 10 ? "0\(rest)" : "\(rest)")
    }

    /// The UTF-16 units as hexadecimal digits, big-endian.
    private static func codes(_ text: String) -> String {
        text.utf16.map { unit in
            let digits = String(unit, radix: 16, uppercase: true)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }

    /// Character codes are UTF-16 units already: each of the 256 rows maps to itself.
    private static let unicodeMap: String = {
        var map = """
            /CIDInit /ProcSet findresource begin 12 dict begin begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def /CMapType 2 def
            1 begincodespacerange <0000> <FFFF> endcodespacerange

            """
        let rows = (0..<256).map { row -> String in
            let high = (row < 16 ? "0" : "") + String(row, radix: 16, uppercase: true)
            return "<\(high)00> <\(high)FF> <\(high)00>"
        }
        for start in stride(from: 0, to: 256, by: 64) {
            map += "64 beginbfrange\n" + rows[start..<start + 64].joined(separator: "\n") + "\nendbfrange\n"
        }
        return map + "endcmap CMapName currentdict /CMap defineresource pop end end\n"
    }()
}

/// The objects of a PDF with their places, closed by a cross-reference table.
private struct PDFFile {
    private var bytes: [UInt8]
    private var offsets: [Int] = []

    init() {
        bytes = Array("%PDF-1.7\n%".utf8) + [0xE2, 0xE3, 0xCF, 0xD3, 0x0A]
    }

    mutating func add(_ dictionary: String, stream: [UInt8]? = nil) {
        offsets.append(bytes.count)
        bytes += Array("\(offsets.count) 0 obj\n\(dictionary)\n".utf8)
        if let stream {
            bytes += Array("stream\n".utf8) + stream + Array("\nendstream\n".utf8)
        }
        bytes += Array("endobj\n".utf8)
    }

    func finished(root: Int, info: Int) -> [UInt8] {
        var table = "xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            let digits = String(offset)
            table += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        table += "trailer\n<< /Size \(offsets.count + 1) /Root \(root) 0 R /Info \(info) 0 R >>\n"
        table += "startxref\n\(bytes.count)\n%%EOF\n"
        return bytes + Array(table.utf8)
    }
}
