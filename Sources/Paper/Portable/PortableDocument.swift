import CPango
import Vocabulary

extension PaperDocument {
    /// The document as PDF, fonts embedded as subsets, the seal on every page.
    /// - Throws: `paper.cannot_draw`, `paper.code_too_long`.
    public func pdf() throws(Failure) -> [UInt8] {
        let measure = PageMeasure(self)
        let canvas = try PortableCanvas(width: measure.width, height: measure.height, title: title)
        let code: QRCode?
        if let seal { code = try QRCode(seal.code) } else { code = nil }
        let writer = PageWriter(self, measure, canvas, code)
        writer.write()
        return try canvas.finished()
    }
}

/// Lays a document out page by page.
final class PageWriter {
    private let document: PaperDocument
    let measure: PageMeasure
    private let canvas: PortableCanvas
    private let code: QRCode?
    private var page = 1
    /// Where the next thing starts.
    private var y: Double
    private var cairo: OpaquePointer { canvas.cairo }

    init(_ document: PaperDocument, _ measure: PageMeasure, _ canvas: PortableCanvas, _ code: QRCode?) {
        self.document = document
        self.measure = measure
        self.canvas = canvas
        self.code = code
        y = measure.top
    }

    func write() {
        furnish()
        title()
        for block in document.blocks { write(block) }
        cairo_show_page(cairo)
    }

    private func write(_ block: PaperDocument.Block) {
        switch block {
        case .heading(let text, let level): heading(text, level)
        case .paragraph(let text):
            flow(
                text,
                .init(
                    family: PageMeasure.fang, size: measure.bodySize, indent: measure.bodySize * 2,
                    isJustified: false))
        case .line(let text, let alignment):
            flow(text, .init(family: PageMeasure.fang, size: measure.bodySize, alignment: alignment))
        case .entries(let entries):
            let columns = [PaperDocument.Column("", weight: 1), PaperDocument.Column("", weight: 2.6)]
            table(.init(columns: columns, rows: entries.map { [$0.label, $0.text] }), hasHeader: false)
        case .table(let content):
            if let title = content.title {
                room(measure.pitch * 3)
                flow(title, .init(family: PageMeasure.hei, size: measure.tableSize + 1, alignment: .left))
            }
            table(content, hasHeader: true)
        case .signatures(let places, let date): signatures(places, date)
        case .pageBreak: nextPage()
        }
    }

    private func title() {
        let style = SetText.Style(
            family: PageMeasure.titleSong, size: measure.titleSize, isBold: true, alignment: .center)
        flow(document.title, style, pitch: measure.titleSize * 1.55)
        if let subtitle = document.subtitle {
            flow(subtitle, .init(family: PageMeasure.kai, size: measure.bodySize, alignment: .center))
        }
        y += measure.pitch * 0.6
    }

    private func heading(_ text: String, _ level: Int) {
        room(measure.pitch * 2.4)
        if document.manner == .form { y += measure.pitch * 0.4 }
        let family = level == 1 ? PageMeasure.hei : level == 2 ? PageMeasure.kai : PageMeasure.fang
        let size = measure.bodySize + (document.manner == .form && level == 1 ? 1 : 0)
        flow(
            text,
            .init(
                family: family, size: size, isBold: level != 1,
                indent: document.manner == .letter ? measure.bodySize * 2 : 0))
    }

    /// Text that goes on to the next page where this one ends.
    private func flow(_ text: String, _ style: SetText.Style, pitch: Double? = nil) {
        let step = pitch ?? measure.pitch
        let set = SetText(text, style, width: measure.textWidth, on: cairo)
        for line in 0..<set.lineCount {
            room(step)
            set.draw(line: line, x: measure.left, y: y + (step + style.size * 0.72) / 2, on: cairo)
            y += step
        }
    }

    private func signatures(_ places: [String], _ date: String) {
        let width = measure.textWidth / Double(max(1, places.count))
        room(measure.pitch * 6)
        y += measure.pitch
        for (index, place) in places.enumerated() {
            let x = measure.left + width * Double(index)
            let style = SetText.Style(family: PageMeasure.fang, size: measure.bodySize)
            let set = SetText(place, style, width: width - 8, on: cairo)
            for line in 0..<set.lineCount {
                set.draw(line: line, x: x, y: y + measure.pitch * Double(line + 1) * 0.9, on: cairo)
            }
            let below = SetText(date, style, width: width - 8, on: cairo)
            below.draw(line: 0, x: x, y: y + measure.pitch * 4.4, on: cairo)
        }
        y += measure.pitch * 5
    }

    // MARK: Tables

    private func table(_ content: PaperDocument.Table, hasHeader: Bool) {
        let whole = content.columns.reduce(0) { $0 + $1.weight }
        let widths = content.columns.map { measure.textWidth * $0.weight / whole }
        func cells(_ row: [String], isHeader: Bool) -> [SetText] {
            zip(row, content.columns).enumerated().map { index, pair in
                let isLabel = !hasHeader && index == 0
                let style = SetText.Style(
                    family: isHeader || isLabel ? PageMeasure.hei : PageMeasure.fang, size: measure.tableSize,
                    alignment: isHeader ? .center : pair.1.alignment)
                return SetText(pair.0, style, width: max(10, widths[index] - 8), on: cairo)
            }
        }
        let header = hasHeader ? cells(content.columns.map(\.title), isHeader: true) : []
        let headerHeight = hasHeader ? height(header) : 0
        room(headerHeight + lineStep * 2)
        if hasHeader { draw(header, widths, isHeader: true) }
        for row in content.rows {
            let set = cells(row, isHeader: false)
            let count = set.map(\.lineCount).max() ?? 1
            var first = 0
            // A row stays whole where a page can hold it.
            if y + height(set) > measure.textBottom, height(set) < measure.textBottom - measure.top - headerHeight {
                nextPage()
                if hasHeader { draw(header, widths, isHeader: true) }
            }
            while first < count {
                var fitting = Int((measure.textBottom - y - 6) / lineStep)
                if fitting < 1 {
                    nextPage()
                    if hasHeader { draw(header, widths, isHeader: true) }
                    fitting = Int((measure.textBottom - y - 6) / lineStep)
                }
                let last = min(count, first + max(1, fitting))
                draw(set, widths, isHeader: false, lines: first..<last)
                first = last
            }
        }
        y += measure.pitch * 0.5
    }

    private var lineStep: Double { measure.tableSize * 1.45 }

    private func height(_ cells: [SetText]) -> Double {
        Double(cells.map(\.lineCount).max() ?? 1) * lineStep + 6
    }

    private func draw(_ cells: [SetText], _ widths: [Double], isHeader: Bool, lines: Range<Int>? = nil) {
        let shown = lines ?? 0..<(cells.map(\.lineCount).max() ?? 1)
        let tall = Double(shown.count) * lineStep + 6
        var x = measure.left
        for (set, width) in zip(cells, widths) {
            cairo_rectangle(cairo, x, y, width, tall)
            if isHeader {
                cairo_set_source_rgb(cairo, 0.93, 0.94, 0.96)
                cairo_fill_preserve(cairo)
            }
            cairo_set_source_rgb(cairo, 0.35, 0.4, 0.45)
            cairo_set_line_width(cairo, 0.5)
            cairo_stroke(cairo)
            cairo_set_source_rgb(cairo, 0, 0, 0)
            // Short cells stand in the middle of their row.
            let own = min(set.lineCount, shown.count)
            let lead = shown.lowerBound == 0 && set.lineCount <= shown.count ? Double(shown.count - own) / 2 : 0
            for line in shown where line < set.lineCount {
                let row = Double(line - shown.lowerBound) + lead
                let base = y + 3 + row * lineStep + (lineStep + measure.tableSize * 0.72) / 2
                set.draw(line: line, x: x + 4, y: base, on: cairo)
            }
            x += width
        }
        y += tall
    }

    // MARK: Pages

    /// Begins a new page when less than `needed` is left on this one.
    private func room(_ needed: Double) { if y + needed > measure.textBottom + 0.5 { nextPage() } }

    private func nextPage() {
        cairo_show_page(cairo)
        page += 1
        y = measure.top
        furnish()
    }

    /// What stands on every page: banner and running title above, page number and seal below.
    private func furnish() {
        if let banner = document.banner {
            cairo_set_source_rgb(cairo, 0.72, 0.2, 0.13)
            small(banner, y: 12 * PageMeasure.point, alignment: .left)
        }
        cairo_set_source_rgb(cairo, 0.3, 0.34, 0.4)
        if let running = document.runningTitle { small(running, y: 12 * PageMeasure.point, alignment: .right) }
        cairo_set_source_rgb(cairo, 0, 0, 0)
        let number = SetText.Style(family: PageMeasure.song, size: 14, alignment: .center)
        let set = SetText("\u{2014} \(page) \u{2014}", number, width: measure.textWidth, on: cairo)
        set.draw(line: 0, x: measure.left, y: measure.textBottom + 7 * PageMeasure.point + 5, on: cairo)
        if let seal = document.seal, let code { draw(seal, code) }
    }

    private func small(_ text: String, y: Double, alignment: PaperDocument.Alignment) {
        let style = SetText.Style(family: PageMeasure.hei, size: 9, alignment: alignment)
        let width = measure.textWidth * 0.48
        let set = SetText(text, style, width: width, on: cairo)
        let x = alignment == .right ? measure.left + measure.textWidth - width : measure.left
        for line in 0..<min(2, set.lineCount) { set.draw(line: line, x: x, y: y + Double(line) * 12, on: cairo) }
    }

    private func draw(_ seal: PaperDocument.Seal, _ code: QRCode) {
        let side = 22 * PageMeasure.point
        let module = side / Double(code.size)
        let x = measure.width - measure.right - side
        let top = measure.height - 29 * PageMeasure.point
        for row in 0..<code.size {
            for column in 0..<code.size where code[row, column] {
                // A hair wider than the square, so that no light line stands between two dark ones.
                cairo_rectangle(
                    cairo, x + Double(column) * module, top + Double(row) * module, module + 0.05, module + 0.05)
            }
        }
        cairo_fill(cairo)
        let style = SetText.Style(family: PageMeasure.hei, size: 9)
        for (index, line) in seal.lines.prefix(4).enumerated() {
            let set = SetText(line, style, width: measure.textWidth * 0.42, on: cairo)
            set.draw(line: 0, x: measure.left, y: top + 22 + Double(index) * 13, on: cairo)
        }
    }
}
