import Foundation
import Submit
import Vocabulary

/// Reads files with poppler and tesseract, and office files by ourselves.
public struct ToolEvidenceReader: EvidenceReader {
    /// Pages read at most; a longer file is read in part and says so.
    public static let mostPages = 300
    /// Pages recognised from pictures at most.
    public static let mostScans = 60
    /// Characters kept of one page.
    static let mostCharacters = 100_000
    /// A page with fewer letters is taken for a picture.
    static let leastLetters = 20
    private let folder: String

    /// - Parameter folder: for files of a run; emptied when the reader is made.
    public init(folder: String) {
        self.folder = folder
        try? FileManager.default.removeItem(atPath: folder)
    }

    public func read(
        _ bytes: [UInt8], _ type: EvidenceType,
        page: @Sendable (_ page: ReadPage?, _ done: Int, _ of: Int) async throws -> Void
    ) async throws -> String? {
        let work = try WorkFolder(in: folder)
        defer { work.remove() }
        switch type {
        case .pdf: return try await readPDF(bytes, work, page)
        case .jpg, .png:
            try await page(nil, 0, 1)
            _ = try work.write(bytes, "in.\(type.rawValue)")
            let pages = PageRendering(work: work)
            guard try await pages.picture(type, width: 2600, grey: true) else {
                throw Failure("submit.reading_failed", ["note": "damaged"])
            }
            let text = try await recognise(work, "picture.png")
            try await page(text.map { ReadPage(number: 1, source: .scan, text: $0) }, 1, 1)
            return nil
        case .docx, .xlsx:
            let texts = try OfficeText.pages(bytes, type)
            for (index, text) in texts.prefix(Self.mostPages).enumerated() {
                let kept = String(text.prefix(Self.mostCharacters))
                try await page(ReadPage(number: index + 1, source: .text, text: kept), index + 1, texts.count)
            }
            return texts.count > Self.mostPages ? "long" : nil
        }
    }

    private func readPDF(
        _ bytes: [UInt8], _ work: WorkFolder, _ page: @Sendable (ReadPage?, Int, Int) async throws -> Void
    ) async throws -> String? {
        _ = try work.write(bytes, "in.pdf")
        let pages = PageRendering(work: work)
        let count = try await pages.count()
        guard count > 0 else { throw Failure("submit.reading_failed", ["note": "damaged"]) }
        let last = min(count, Self.mostPages)
        try await page(nil, 0, last)
        let tool = ExternalTool(program: "pdftotext", fileBytes: 32 * 1024 * 1024)
        let end = try await tool.run(
            ["-layout", "-enc", "UTF-8", "-f", "1", "-l", "\(last)", work.path + "/in.pdf", work.path + "/text.txt"],
            seconds: 60)
        guard end != .missing else { throw Failure("submit.reading_failed", ["note": "no_tool"]) }
        let text = String(decoding: work.read("text.txt", most: 32 * 1024 * 1024) ?? [], as: UTF8.self)
        let texts = text.split(separator: "\u{C}", omittingEmptySubsequences: false).map(String.init)
        var note: String? = count > last ? "long" : end == .success ? nil : "partly"
        var scans = 0
        for number in 1...last {
            var own = number <= texts.count ? String(texts[number - 1].prefix(Self.mostCharacters)) : ""
            var source = ReadPage.Source.text
            if own.unicodeScalars.lazy.filter(\.properties.isAlphabetic).prefix(Self.leastLetters).count
                < Self.leastLetters
            {
                if scans < Self.mostScans {
                    scans += 1
                    let isDrawn = try await pages.draw(number, arguments: ["-r", "220", "-gray"], seconds: 30)
                    let scanned = isDrawn ? try await recognise(work, "page.png") : nil
                    if let scanned {
                        (own, source) = (scanned, .scan)
                    } else {
                        note = note ?? "partly"
                    }
                } else {
                    note = "many_scans"
                }
            }
            let isEmpty = own.allSatisfy(\.isWhitespace)
            try await page(isEmpty ? nil : ReadPage(number: number, source: source, text: own), number, last)
        }
        return note
    }

    /// The text in a picture of the work folder; nil when it could not be read twice.
    private func recognise(_ work: WorkFolder, _ name: String) async throws -> String? {
        let tool = ExternalTool(program: "tesseract", fileBytes: 8 * 1024 * 1024)
        let languages = ["-l", "chi_sim+eng"]
        for mode in ["1", "6"] {
            let arguments =
                [work.path + "/" + name, work.path + "/scan"] + languages + ["--psm", mode, "--dpi", "220"]
            let end = try await tool.run(arguments, seconds: 120)
            if end == .missing { throw Failure("submit.reading_failed", ["note": "no_tool"]) }
            guard end == .success, let bytes = work.read("scan.txt", most: 1 << 20) else { continue }
            let text = String(decoding: bytes, as: UTF8.self).replacing("\u{C}", with: "")
            if mode == "6" || text.unicodeScalars.lazy.filter(\.properties.isAlphabetic).prefix(4).count == 4 {
                return text
            }
        }
        return nil
    }
}
