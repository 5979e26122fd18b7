import Vocabulary

extension PaperDocument {
    /// The document as DOCX, as Word, WPS and LibreOffice open it; equal documents give equal bytes.
    /// - Throws: `paper.code_too_long`, `paper.archive_damaged`.
    public func docx() throws(Failure) -> [UInt8] {
        let writer = WordWriter(self)
        var zip = ZipWriter()
        try zip.add("[Content_Types].xml", WordMarkup.contentTypes)
        try zip.add("_rels/.rels", WordMarkup.rootRelations)
        try zip.add("word/document.xml", writer.body())
        try zip.add("word/_rels/document.xml.rels", WordMarkup.documentRelations)
        try zip.add("word/styles.xml", WordMarkup.styles)
        try zip.add("word/header1.xml", writer.header())
        try zip.add("word/footer1.xml", writer.footer())
        if let seal {
            try zip.add("word/_rels/footer1.xml.rels", WordMarkup.footerRelations)
            try zip.add("word/media/code.png", try QRCode(seal.code).png(), packed: false)
        }
        return zip.finished()
    }
}

/// Writes the parts of a DOCX file that depend on the document. Sizes are in half points, lengths in twentieths of one.
struct WordWriter {
    private let document: PaperDocument
    private let measure: PageMeasure

    init(_ document: PaperDocument) {
        self.document = document
        measure = PageMeasure(document)
    }

    private struct Style {
        var font: String
        var size: Double
        var isBold = false
        var alignment: PaperDocument.Alignment = .left
        var isIndented = false
        var pitch: Double
        var keepsNext = false
        var color: String?
    }

    private var bodyStyle: Style { Style(font: "FangSong", size: measure.bodySize, pitch: measure.pitch) }

    func body() -> String {
        var out = WordMarkup.head + "<w:document \(WordMarkup.spaces)><w:body>"
        var title = Style(
            font: "FZXiaoBiaoSong-B05S", size: measure.titleSize, alignment: .center, pitch: measure.titleSize * 1.55)
        title.isBold = true
        out += paragraph(document.title, title)
        if let subtitle = document.subtitle {
            var style = bodyStyle
            style.font = "KaiTi"
            style.alignment = .center
            out += paragraph(subtitle, style)
        }
        for block in document.blocks { out += markup(block) }
        let size = "w:w=\"\(twips(measure.width))\" w:h=\"\(twips(measure.height))\""
        out += "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/>"
        out += "<w:footerReference w:type=\"default\" r:id=\"rId3\"/>"
        out += "<w:pgSz \(size)\(document.isLandscape ? " w:orient=\"landscape\"" : "")/>"
        out += "<w:pgMar w:top=\"\(twips(measure.top))\" w:right=\"\(twips(measure.right))\" "
        out += "w:bottom=\"\(twips(measure.bottom))\" w:left=\"\(twips(measure.left))\" w:header=\"680\" "
        out += "w:footer=\"454\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
        return out
    }

    func header() -> String {
        var out = WordMarkup.head + "<w:hdr \(WordMarkup.spaces)>"
        var style = Style(font: "SimHei", size: 9, pitch: 12)
        if let banner = document.banner {
            style.color = "B83222"
            out += paragraph(banner, style)
        }
        if let running = document.runningTitle {
            style.color = "4A5764"
            style.alignment = .right
            out += paragraph(running, style)
        }
        if document.banner == nil, document.runningTitle == nil { out += "<w:p/>" }
        return out + "</w:hdr>"
    }

    func footer() -> String {
        var out = WordMarkup.head + "<w:ftr \(WordMarkup.spaces)>"
        let number =
            "<w:rPr><w:rFonts w:ascii=\"SimSun\" w:hAnsi=\"SimSun\" w:eastAsia=\"SimSun\"/><w:sz w:val=\"28\"/></w:rPr>"
        out +=
            "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r>\(number)<w:t xml:space=\"preserve\">\u{2014} </w:t></w:r>"
        out += "<w:fldSimple w:instr=\" PAGE \"><w:r>\(number)<w:t>1</w:t></w:r></w:fldSimple>"
        out += "<w:r>\(number)<w:t xml:space=\"preserve\"> \u{2014}</w:t></w:r></w:p>"
        if let seal = document.seal {
            for line in seal.lines.prefix(4) { out += paragraph(line, Style(font: "SimHei", size: 9, pitch: 12)) }
            out += "<w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr><w:r>" + WordMarkup.picture(millimetres: 24)
            out += "</w:r></w:p>"
        }
        return out + "</w:ftr>"
    }

    private func markup(_ block: PaperDocument.Block) -> String {
        switch block {
        case .heading(let text, let level):
            var style = bodyStyle
            style.font = level == 1 ? "SimHei" : level == 2 ? "KaiTi" : "FangSong"
            style.isBold = level != 1
            style.isIndented = document.manner == .letter
            style.keepsNext = true
            return paragraph(text, style, outline: level)
        case .paragraph(let text):
            var style = bodyStyle
            style.isIndented = true
            return paragraph(text, style)
        case .line(let text, let alignment):
            var style = bodyStyle
            style.alignment = alignment
            return paragraph(text, style)
        case .entries(let entries):
            let columns = [PaperDocument.Column("", weight: 1), PaperDocument.Column("", weight: 2.6)]
            return table(.init(columns: columns, rows: entries.map { [$0.label, $0.text] }), hasHeader: false)
        case .table(let content):
            var style = Style(font: "SimHei", size: measure.tableSize + 1, pitch: measure.pitch)
            style.keepsNext = true
            return (content.title.map { paragraph($0, style) } ?? "") + table(content, hasHeader: true)
        case .signatures(let places, let date):
            let columns = places.map { _ in PaperDocument.Column("") }
            return paragraph("", bodyStyle)
                + table(
                    .init(columns: columns, rows: [places, places.map { _ in "" }, places.map { _ in date }]),
                    hasHeader: false, hasBorders: false)
        case .pageBreak: return "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"
        }
    }

    private func table(_ content: PaperDocument.Table, hasHeader: Bool, hasBorders: Bool = true) -> String {
        let whole = content.columns.reduce(0) { $0 + $1.weight }
        let widths = content.columns.map { twips(measure.textWidth * $0.weight / whole) }
        let sides = ["top", "left", "bottom", "right", "insideH", "insideV"].map {
            "<w:\($0) w:val=\"\(hasBorders ? "single" : "nil")\" w:sz=\"4\" w:space=\"0\" w:color=\"59667A\"/>"
        }
        var out = "<w:tbl><w:tblPr><w:tblW w:w=\"\(widths.reduce(0, +))\" w:type=\"dxa\"/><w:tblBorders>"
        out += sides.joined() + "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
        out += widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined() + "</w:tblGrid>"
        func row(_ cells: [String], isHeader: Bool) -> String {
            var out = "<w:tr><w:trPr><w:cantSplit/>\(isHeader ? "<w:tblHeader/>" : "")</w:trPr>"
            for (index, text) in cells.enumerated() {
                let isLabel = !hasHeader && hasBorders && index == 0
                var style = Style(
                    font: isHeader || isLabel ? "SimHei" : "FangSong",
                    size: hasBorders ? measure.tableSize : measure.bodySize, pitch: measure.tableSize * 1.45)
                style.alignment = isHeader ? .center : content.columns[index].alignment
                out += "<w:tc><w:tcPr><w:tcW w:w=\"\(widths[index])\" w:type=\"dxa\"/>"
                if isHeader { out += "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EDF0F4\"/>" }
                out += "<w:vAlign w:val=\"center\"/></w:tcPr>" + paragraph(text, style) + "</w:tc>"
            }
            return out + "</w:tr>"
        }
        if hasHeader { out += row(content.columns.map(\.title), isHeader: true) }
        for cells in content.rows { out += row(cells, isHeader: false) }
        // Two tables without a paragraph between them would become one.
        return out + "</w:tbl><w:p><w:pPr><w:spacing w:line=\"120\" w:lineRule=\"exact\"/></w:pPr></w:p>"
    }

    private func paragraph(_ text: String, _ style: Style, outline: Int? = nil) -> String {
        var out = "<w:p><w:pPr>"
        if let outline { out += "<w:pStyle w:val=\"Heading\(min(3, max(1, outline)))\"/>" }
        if style.keepsNext { out += "<w:keepNext/>" }
        out += "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"\(twips(style.pitch))\" w:lineRule=\"exact\"/>"
        if style.isIndented { out += "<w:ind w:firstLineChars=\"200\" w:firstLine=\"\(twips(style.size * 2))\"/>" }
        let justify = style.alignment == .center ? "center" : style.alignment == .right ? "right" : "left"
        out += "<w:jc w:val=\"\(justify)\"/></w:pPr>"
        let run = run(style)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            out += "<w:r>\(run)" + (index > 0 ? "<w:br/>" : "")
            out += "<w:t xml:space=\"preserve\">\(MarkupText.escaped(String(line)))</w:t></w:r>"
        }
        return out + "</w:p>"
    }

    private func run(_ style: Style) -> String {
        let size = Int((style.size * 2).rounded())
        return "<w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"\(style.font)\" "
            + "w:cs=\"Times New Roman\"/>" + (style.isBold ? "<w:b/>" : "<w:b w:val=\"0\"/>")
            + "<w:color w:val=\"\(style.color ?? "000000")\"/><w:sz w:val=\"\(size)\"/><w:szCs w:val=\"\(size)\"/></w:rPr>"
    }

    private func twips(_ points: Double) -> Int { Int((points * 20).rounded()) }
}
