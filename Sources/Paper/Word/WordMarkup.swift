/// The parts of a DOCX file that are the same in each.
/// Source: ECMA-376 part 1, WordprocessingML.
enum WordMarkup {
    static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    private static let drawing = "http://schemas.openxmlformats.org/drawingml/2006"

    static let spaces =
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"\(office)\" "
        + "xmlns:wp=\"\(drawing)/wordprocessingDrawing\" xmlns:a=\"\(drawing)/main\" "
        + "xmlns:pic=\"\(drawing)/picture\""

    static let contentTypes =
        head + "<Types xmlns=\"\(package)/content-types\">"
        + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        + "<Default Extension=\"png\" ContentType=\"image/png\"/>"
        + part("document", "document.main") + part("styles", "styles") + part("header1", "header")
        + part("footer1", "footer") + "</Types>"

    static let rootRelations = relations([("officeDocument", "word/document.xml")])
    static let documentRelations = relations([
        ("styles", "styles.xml"), ("header", "header1.xml"), ("footer", "footer1.xml"),
    ])
    static let footerRelations = relations([("image", "media/code.png")])

    static let styles: String = {
        let headings = (1...3).map { level in
            "<w:style w:type=\"paragraph\" w:styleId=\"Heading\(level)\"><w:name w:val=\"heading \(level)\"/>"
                + "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr><w:outlineLvl w:val=\"\(level - 1)\"/></w:pPr>"
                + "</w:style>"
        }
        return head + "<w:styles \(spaces)><w:docDefaults><w:rPrDefault><w:rPr>"
            + "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"FangSong\"/>"
            + "<w:sz w:val=\"24\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault>"
            + "</w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">"
            + "<w:name w:val=\"Normal\"/></w:style>" + headings.joined() + "</w:styles>"
    }()

    /// The seal's QR code, a square of so many millimetres.
    static func picture(millimetres: Int) -> String {
        let side = millimetres * 36_000
        let size = "cx=\"\(side)\" cy=\"\(side)\""
        return "<w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent \(size)/>"
            + "<wp:docPr id=\"1\" name=\"QR\" descr=\"QR\"/><a:graphic><a:graphicData uri=\"\(drawing)/picture\">"
            + "<pic:pic><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"code.png\"/><pic:cNvPicPr/></pic:nvPicPr>"
            + "<pic:blipFill><a:blip r:embed=\"rId1\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            + "<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext \(size)/></a:xfrm>"
            + "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
            + "</wp:inline></w:drawing>"
    }

    private static func relations(_ all: [(type: String, target: String)]) -> String {
        let lines = all.enumerated().map { index, one in
            "<Relationship Id=\"rId\(index + 1)\" Type=\"\(office)/\(one.type)\" Target=\"\(one.target)\"/>"
        }
        return head + "<Relationships xmlns=\"\(package)/relationships\">" + lines.joined() + "</Relationships>"
    }

    private static func part(_ name: String, _ type: String) -> String {
        "<Override PartName=\"/word/\(name).xml\" ContentType=\"\(kind).\(type)+xml\"/>"
    }
}
