import Foundation
import Submit
import Trust
import Vocabulary

/// Reads scans with the tools of the system: poppler for pages and printed text, zbar for QR codes, tesseract for text
/// in pictures where it is installed. Each is ended when it takes too long.
///
/// Our own papers bear their code in the lower right corner of every page. Only that corner is drawn at first; whole
/// pages are drawn where a page's code was not found there (turned, shifted, or too coarse).
public struct InstalledScanReader: ScanReader {
    private static let secondsPerTool = 20
    private static let mostPages = 6
    /// Dots on the longer side of a page, whatever size the file says that it has: at 1520 a code of 22 mm on A4 has three
    /// to a square; whole pages are read finer, then as at 300 dots an inch.
    private static let cornerDots = 1520
    private static let finerDots = [1754, 3508]
    private let folder: String

    /// - Parameter folder: for files of a run; emptied when the reader is made.
    public init(folder: String) {
        self.folder = folder
        try? FileManager.default.removeItem(atPath: folder)
    }

    public func read(_ bytes: [UInt8], type: EvidenceType) async throws -> ScanReading {
        let work = try WorkFolder(in: folder)
        defer { work.remove() }
        let source = try work.write(bytes, "scan.\(type.rawValue)")
        guard type == .pdf else {
            let codes = try await codes([source], work)
            let text = try await recognised(source, work, unless: !codes.isEmpty)
            return ScanReading(
                codes: Set(codes).sorted(), text: text, pages: 1, stampPage: try await stampPage(source, type, work))
        }
        let end = try await tool("pdftotext").run(
            ["-enc", "UTF-8", "-l", "\(Self.mostPages)", source, work.path + "/text.txt"], seconds: Self.secondsPerTool)
        var text = end == .success ? Self.text(work, "text.txt") : ""
        var codes = try await cornerCodes(source, work)
        for dots in Self.finerDots where codes.isEmpty {
            codes = try await self.codes(try await draw(source, work, dots), work)
        }
        if codes.isEmpty, text.allSatisfy(\.isWhitespace) {
            let finest = pictures(work, "page\(Self.finerDots[Self.finerDots.count - 1])").first
            if let finest { text = try await recognised(finest, work, unless: false) }
        }
        return ScanReading(
            codes: Set(codes).sorted(), text: text, pages: Self.pages(work),
            stampPage: try await stampPage(source, type, work))
    }

    /// How many pages the file has, as the tool told; nil when it could not.
    private static func pages(_ work: WorkFolder) -> Int? {
        let line = text(work, "info.txt").split(separator: "\n").first { $0.hasPrefix("Pages:") }
        return line.flatMap { Int($0.dropFirst(6).trimmingCharacters(in: .whitespaces)) }.flatMap { $0 >= 1 ? $0 : nil }
    }

    /// The first page with something like a red round stamp, 0 for none; nil when no page could be drawn.
    private func stampPage(_ source: String, _ type: EvidenceType, _ work: WorkFolder) async throws -> Int? {
        if type == .pdf {
            _ = try await tool("pdftoppm").run(
                ["-r", "50", "-l", "\(Self.mostPages)", source, work.path + "/red"], seconds: Self.secondsPerTool)
        } else {
            // A picture tells no size: it is taken for a sheet of A4.
            _ = try await tool("gm").run(
                ["convert", source, "-resize", "585x585", work.path + "/red-1.ppm"], seconds: Self.secondsPerTool)
        }
        let drawn = pictures(work, "red")
        if drawn.isEmpty { return nil }
        for (index, path) in drawn.enumerated() {
            guard let data = FileManager.default.contents(atPath: path),
                let picture = RedStamp.Picture(portablePixmap: [UInt8](data))
            else { continue }
            if RedStamp.isLikely(on: picture, dotsPerCentimetre: 50 / 2.54) { return index + 1 }
        }
        return 0
    }

    /// The codes in the corners of all pages, or nothing unless every page has one there: a page of another version
    /// between them must not be overlooked.
    private func cornerCodes(_ source: String, _ work: WorkFolder) async throws -> [String] {
        let info = work.path + "/info.txt"
        _ = try await tool("pdfinfo").run([source], seconds: Self.secondsPerTool, output: info)
        let line = Self.text(work, "info.txt").split(separator: "\n").first { $0.hasPrefix("Page size:") }
        let numbers = (line ?? "").split { !$0.isNumber && $0 != "." }.compactMap { Double($0) }
        guard numbers.count >= 2, numbers[0] > 0, numbers[1] > 0 else { return [] }
        let (width, height) = (numbers[0], numbers[1])
        let scale = Double(Self.cornerDots) / max(width, height)
        let corner = [
            "-x", "\(Int(width * scale / 2))", "-y", "\(Int(height * scale * 2 / 3))", "-W", "\(Int(width * scale))",
            "-H", "\(Int(height * scale))",
        ]
        let drawn = try await draw(source, work, Self.cornerDots, corner)
        let found = try await codes(drawn, work)
        return found.count >= drawn.count ? found : []
    }

    /// Grey pictures of the pages, in their order.
    private func draw(
        _ source: String, _ work: WorkFolder, _ dots: Int, _ part: [String] = []
    ) async throws -> [String] {
        let arguments = ["-gray", "-scale-to", "\(dots)", "-l", "\(Self.mostPages)"] + part
        _ = try await tool("pdftoppm").run(
            arguments + [source, work.path + "/page\(dots)"], seconds: Self.secondsPerTool)
        return pictures(work, "page\(dots)")
    }

    private func pictures(_ work: WorkFolder, _ prefix: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: work.path)) ?? []
        return names.filter { $0.hasPrefix(prefix) }.sorted().map { work.path + "/" + $0 }
    }

    private func codes(_ pictures: [String], _ work: WorkFolder) async throws -> [String] {
        guard !pictures.isEmpty else { return [] }
        _ = try await tool("zbarimg").run(
            ["-q", "--nodbus", "--raw", "-Sdisable", "-Sqrcode.enable"] + pictures, seconds: Self.secondsPerTool,
            output: work.path + "/codes.txt")
        return Self.text(work, "codes.txt").split(whereSeparator: \.isNewline).map(String.init)
    }

    private func recognised(_ picture: String, _ work: WorkFolder, unless isKnown: Bool) async throws -> String {
        if isKnown { return "" }
        _ = try await tool("tesseract").run(
            [picture, work.path + "/seen", "-l", "eng"], seconds: 3 * Self.secondsPerTool)
        return Self.text(work, "seen.txt")
    }

    private func tool(_ program: String) -> ExternalTool {
        ExternalTool(program: program, fileBytes: 128 * 1024 * 1024, turn: .soon)
    }

    /// At most 4 MiB; nothing when there is no such file.
    private static func text(_ work: WorkFolder, _ name: String) -> String {
        String(decoding: work.read(name, most: 4 << 20) ?? [], as: UTF8.self)
    }
}
