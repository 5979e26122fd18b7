import Foundation
import Submit
import Trust
import Vocabulary

/// Reads scans with the tools of the system: poppler for pages and printed text, zbar for QR codes, tesseract for text
/// in pictures where it is installed. Each is ended when it takes too long.
public struct InstalledScanReader: ScanReader {
    private static let secondsPerTool = 20
    private static let mostPages = 6

    public init() {}

    public func read(_ bytes: [UInt8], type: EvidenceType) async throws -> ScanReading {
        let folder = FileManager.default.temporaryDirectory.appending(path: "heng-scan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appending(path: "scan.\(type.rawValue)").path()
        try Data(bytes).write(to: URL(filePath: source))
        var text = ""
        var codes: Set<String> = []
        if type == .pdf {
            text = await run(["pdftotext", "-enc", "UTF-8", "-l", "\(Self.mostPages)", source, "-"], in: folder)
            // 300 dots an inch only where 150 were not enough.
            for resolution in ["150", "300"] where codes.isEmpty {
                _ = await run(
                    [
                        "pdftoppm", "-gray", "-r", resolution, "-l", "\(Self.mostPages)", "-png", source,
                        folder.appending(path: "page\(resolution)").path(),
                    ], in: folder)
                codes = await self.codes(try pictures(folder, prefix: "page\(resolution)"), in: folder)
            }
        } else {
            codes = await self.codes([source], in: folder)
        }
        if codes.isEmpty, text.allSatisfy(\.isWhitespace) {
            let first = try type == .pdf ? pictures(folder, prefix: "page300").first : source
            if let first { text = await run(["tesseract", first, "-", "-l", "eng"], in: folder) }
        }
        return ScanReading(
            codes: codes.sorted(), text: text, pages: await pages(source, type, in: folder),
            stampPage: try await stampPage(source, type, in: folder))
    }

    /// How many pages the file has; nil when no tool could tell.
    private func pages(_ source: String, _ type: EvidenceType, in folder: URL) async -> Int? {
        guard type == .pdf else { return 1 }
        let told = await run(["pdfinfo", source], in: folder)
        let line = told.split(separator: "\n").first { $0.hasPrefix("Pages:") }
        return line.flatMap { Int($0.dropFirst(6).trimmingCharacters(in: .whitespaces)) }.flatMap { $0 >= 1 ? $0 : nil }
    }

    /// The first page with something like a red round stamp, 0 for none; nil when no page could be drawn.
    private func stampPage(_ source: String, _ type: EvidenceType, in folder: URL) async throws -> Int? {
        if type == .pdf {
            _ = await run(
                ["pdftoppm", "-r", "50", "-l", "\(Self.mostPages)", source, folder.appending(path: "red").path()],
                in: folder)
        } else {
            // A picture tells no size: it is taken for a sheet of A4.
            _ = await run(
                ["gm", "convert", source, "-resize", "585x585", folder.appending(path: "red-1.ppm").path()],
                in: folder)
        }
        let drawn = try pictures(folder, prefix: "red")
        if drawn.isEmpty { return nil }
        for (index, path) in drawn.enumerated() {
            guard let data = FileManager.default.contents(atPath: path),
                let picture = RedStamp.Picture(portablePixmap: [UInt8](data))
            else { continue }
            if RedStamp.isLikely(on: picture, dotsPerCentimetre: 50 / 2.54) { return index + 1 }
        }
        return 0
    }

    private func pictures(_ folder: URL, prefix: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path()).filter { $0.hasPrefix(prefix) }.sorted()
            .map { folder.appending(path: $0).path() }
    }

    private func codes(_ pictures: [String], in folder: URL) async -> Set<String> {
        guard !pictures.isEmpty else { return [] }
        let found = await run(["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable"] + pictures, in: folder)
        return Set(found.split(whereSeparator: \.isNewline).map(String.init))
    }

    /// What the tool writes, at most 4 MiB; nothing when it is not there, fails, or takes too long.
    private func run(_ command: [String], in folder: URL) async -> String {
        let output = folder.appending(path: "out-\(UUID().uuidString)")
        guard FileManager.default.createFile(atPath: output.path(), contents: nil),
            let handle = try? FileHandle(forWritingTo: output)
        else { return "" }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["timeout", "--kill-after=2", "\(Self.secondsPerTool)", "nice"] + command
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = FileHandle.nullDevice
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                continuation.resume()
            }
        }
        try? handle.close()
        guard let reader = try? FileHandle(forReadingFrom: output) else { return "" }
        let data = (try? reader.read(upToCount: 4 << 20)) ?? nil
        try? reader.close()
        return String(decoding: data ?? Data(), as: UTF8.self)
    }
}
