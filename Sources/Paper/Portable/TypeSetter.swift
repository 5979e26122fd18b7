import CPango
import Vocabulary

/// A piece of text broken into lines of a width.
final class SetText {
    private let layout: OpaquePointer
    /// Lines and where each starts from the left.
    private(set) var offsets: [Double] = []

    struct Style {
        var family: String
        var size: Double
        var isBold = false
        var alignment: PaperDocument.Alignment = .left
        var indent: Double = 0
        var isJustified = false
    }

    init(_ text: String, _ style: Style, width: Double, on cairo: OpaquePointer) {
        layout = pango_cairo_create_layout(cairo)
        let scale = Double(PANGO_SCALE)
        pango_context_set_language(pango_layout_get_context(layout), pango_language_from_string("zh-CN"))
        let font = pango_font_description_new()
        pango_font_description_set_family(font, style.family)
        pango_font_description_set_absolute_size(font, style.size * scale)
        if style.isBold { pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD) }
        pango_layout_set_font_description(layout, font)
        pango_font_description_free(font)
        pango_layout_set_width(layout, Int32(width * scale))
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_indent(layout, Int32(style.indent * scale))
        pango_layout_set_justify(layout, style.isJustified ? 1 : 0)
        switch style.alignment {
        case .left: pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT)
        case .center: pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER)
        case .right: pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT)
        }
        let clean = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 || $0 == "\n" }))
        pango_layout_set_text(layout, clean, -1)
        let iterator = pango_layout_get_iter(layout)
        defer { pango_layout_iter_free(iterator) }
        repeat {
            var extents = PangoRectangle()
            pango_layout_iter_get_line_extents(iterator, nil, &extents)
            offsets.append(Double(extents.x) / scale)
        } while pango_layout_iter_next_line(iterator) != 0
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

    var lineCount: Int { offsets.count }

    /// Draws a line with its baseline at `y`.
    func draw(line: Int, x: Double, y: Double, on cairo: OpaquePointer) {
        guard let content = pango_layout_get_line_readonly(layout, Int32(line)) else { return }
        cairo_move_to(cairo, x + offsets[line], y)
        pango_cairo_show_layout_line(cairo, content)
    }
}

/// Where the bytes of a document arrive.
private final class ByteSink {
    var bytes: [UInt8] = []
}

/// A PDF file under way: pages, and what is drawn on them.
final class PortableCanvas {
    private let surface: OpaquePointer
    let cairo: OpaquePointer
    private let sink: Unmanaged<ByteSink>
    private var isFinished = false

    /// - Throws: `paper.cannot_draw` when the library refuses.
    init(width: Double, height: Double, title: String) throws(Failure) {
        sink = Unmanaged.passRetained(ByteSink())
        let made = cairo_pdf_surface_create_for_stream(
            { closure, data, length in
                guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
                let sink = Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue()
                sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
                return CAIRO_STATUS_SUCCESS
            }, sink.toOpaque(), width, height)
        guard let made, cairo_surface_status(made) == CAIRO_STATUS_SUCCESS, let context = cairo_create(made) else {
            sink.release()
            throw Failure("paper.cannot_draw")
        }
        surface = made
        cairo = context
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        // The same document gives the same bytes: the file names no moment of its making.
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
    }

    deinit {
        if !isFinished { cairo_surface_finish(surface) }
        cairo_destroy(cairo)
        cairo_surface_destroy(surface)
        sink.release()
    }

    /// - Throws: `paper.cannot_draw`.
    func finished() throws(Failure) -> [UInt8] {
        cairo_surface_finish(surface)
        isFinished = true
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS else { throw Failure("paper.cannot_draw") }
        return sink.takeUnretainedValue().bytes
    }
}
