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
        return ScanReading(codes: codes.sorted(), text: text)
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
