import Submit
import Testing
import Vocabulary

@Suite("Evidence by content")
struct EvidenceInspectionTests {
    static let pdf = Array("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n".utf8)
    static let jpg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(repeating: 1, count: 64) + [0xFF, 0xD9]
    static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        + Array(repeating: 0, count: 40) + Array("IEND".utf8) + [0, 0, 0, 0]

    /// A ZIP file of empty stored entries.
    static func zip(_ names: [String], flags: UInt16 = 0) -> [UInt8] {
        func short(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8 & 255)] }
        func long(_ value: Int) -> [UInt8] { short(value & 0xFFFF) + short(value >> 16) }
        var body: [UInt8] = []
        var directory: [UInt8] = []
        for name in names {
            let bytes = Array(name.utf8)
            let offset = body.count
            let common = short(20) + short(Int(flags)) + Array(repeating: 0, count: 18)
            body += [0x50, 0x4B, 3, 4] + common + short(bytes.count) + short(0) + bytes
            directory += [0x50, 0x4B, 1, 2] + short(20) + common + short(bytes.count) + short(0) + short(0)
            directory += Array(repeating: 0, count: 8) + long(offset) + bytes
        }
        let end = [0x50, 0x4B, 5, 6] + short(0) + short(0) + short(names.count) + short(names.count)
        return body + directory + end + long(directory.count) + long(body.count) + short(0)
    }

    static let docx = zip(["[Content_Types].xml", "word/document.xml"])
    static let xlsx = zip(["[Content_Types].xml", "xl/workbook.xml"])

    @Test(
        "The content tells the type, whatever the name",
        arguments: [
            (pdf, "a.pdf", EvidenceType.pdf, "a.pdf", 0), (jpg, "b.jpeg", .jpg, "b.jpeg", 0),
            (png, "c.JPG", .png, "c.JPG.png", 1), (docx, "d", .docx, "d.docx", 0),
            (xlsx, "C:\\报表\\e.xlsx", .xlsx, "e.xlsx", 0), (pdf, "../../etc/passwd", .pdf, "passwd.pdf", 0),
            (pdf, "", .pdf, "evidence.pdf", 0), (pdf, "x\u{202E}fdp.exe", .pdf, "xfdp.exe.pdf", 1),
        ])
    func types(_ bytes: [UInt8], name: String, type: EvidenceType, kept: String, remarks: Int) throws {
        let result = try EvidenceInspection.inspect(bytes, name: name)
        #expect(result.type == type)
        #expect(result.name == kept)
        #expect(result.size == bytes.count)
        #expect(result.findings.count == remarks)
    }

    @Test("The digest is SHA-256 over the bytes")
    func digest() throws {
        let again = try EvidenceInspection.inspect(Self.pdf, name: "other.pdf")
        #expect(try EvidenceInspection.inspect(Self.pdf, name: "a.pdf").digest == again.digest)
        #expect(try EvidenceInspection.inspect(Self.jpg, name: "a.jpg").digest != again.digest)
    }

    static let encryptedPDF = Array(
        "%PDF-1.7\ntrailer\n<< /Root 1 0 R /Encrypt 5 0 R >>\nstartxref\n0\n%%EOF\n".utf8)
    static let scriptPDF = Array("%PDF-1.7\n<< /S /JavaScript /JS (app.alert(1)) >>\ntrailer\n<< >>\n%%EOF\n".utf8)
    static let ole: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 512)

    @Test(
        "What an office should not open is refused with what to do",
        arguments: [
            ([], "a.pdf", "submit.evidence_empty"),
            (Array("MZ\u{90}program".utf8), "a.pdf", "submit.evidence_type"),
            (Array("<html>".utf8), "a.jpg", "submit.evidence_type"),
            (Array(pdf.dropLast(6)), "a.pdf", "submit.evidence_damaged"),
            (Array(jpg.dropLast(2)), "a.jpg", "submit.evidence_damaged"),
            (Array(png.prefix(30)), "a.png", "submit.evidence_damaged"),
            (Array(docx.dropLast(30)), "a.docx", "submit.evidence_damaged"),
            (encryptedPDF, "a.pdf", "submit.evidence_encrypted"),
            (scriptPDF, "a.pdf", "submit.evidence_script"),
            (
                zip(["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]), "a.docx",
                "submit.evidence_macro"
            ),
            (zip(["[Content_Types].xml", "xl/workbook.xml"], flags: 1), "a.xlsx", "submit.evidence_encrypted"),
            (zip(["a.pdf", "b.pdf"]), "a.zip", "submit.evidence_archive"),
            (zip(["[Content_Types].xml", "ppt/presentation.xml"]), "a.pptx", "submit.evidence_type"),
            (ole, "a.doc", "submit.evidence_old_office"),
            (ole + "EncryptedPackage".utf8.flatMap { [$0, UInt8(0)] }, "a.docx", "submit.evidence_encrypted"),
        ])
    func refusals(_ bytes: [UInt8], name: String, code: String) {
        let failure = #expect(throws: Failure.self) { try EvidenceInspection.inspect(bytes, name: name) }
        #expect(failure?.code == code)
        #expect(failure?.values["name"] == name)
    }

    @Test("A file above 20 MiB is refused, one of exactly 20 MiB is not")
    func size() throws {
        let filler = Array(repeating: UInt8(10), count: EvidenceInspection.mostBytes - Self.pdf.count)
        let largest = Array(Self.pdf.dropLast(6)) + filler + Array(Self.pdf.suffix(6))
        #expect(try EvidenceInspection.inspect(largest, name: "a.pdf").size == 20 * 1024 * 1024)
        let failure = #expect(throws: Failure.self) { try EvidenceInspection.inspect(largest + [10], name: "a.pdf") }
        #expect(failure?.code == "submit.evidence_too_large")
    }
}
