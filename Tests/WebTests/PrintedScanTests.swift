import Foundation
import Store
import Submit
import Testing
import Vocabulary

/// Papers that this very program has printed, as scanners and telephones hand them back.
@Suite("Scans of printed papers")
struct PrintedScanTests {
    private static let tools = ["pdftoppm", "pdfunite", "gm", "zbarimg"]
    static let hasTools = tools.allSatisfy { FileManager.default.isExecutableFile(atPath: "/usr/bin/" + $0) }

    private let desk: CellDesk
    private let folder: URL

    init() async throws {
        desk = try await CellDesk()
        folder = desk.site.folder.appending(path: "scans-of-tests")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path }

    /// Prints the application as it stands into a file.
    private func printed(_ name: String) async throws {
        let answer = try await desk.site.ask(.get, "/rounds/r1/papers/p1/declaration.pdf", as: "manager")
        try #require(answer.status == 200)
        try Data(answer.bytes).write(to: folder.appending(path: name))
    }

    private func run(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(arguments)")
    }

    private func read(_ name: String, _ type: EvidenceType = .pdf) async throws -> ScanReading {
        let reader = InstalledScanReader(folder: path("work"))
        return try await reader.read([UInt8](Data(contentsOf: folder.appending(path: name))), type: type)
    }

    /// The paper's pages as pictures, treated, in one file.
    private func scan(_ source: String, _ result: String, dots: Int, _ treatment: [String]) throws {
        try run("pdftoppm", "-gray", "-r", "\(dots)", "-png", path(source), path(result))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasPrefix(result + "-") && $0.hasSuffix(".png")
        }.sorted()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["gm", "convert"] + names.map { path($0) } + treatment
            + ["-units", "PixelsPerInch", "-density", "\(dots)", path(result)]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    private func code(_ number: Int) async throws -> String {
        let archive = try #require(desk.site.services.people.paper.archive)
        return try #require(try await archive.version(.declaration, of: "p1", in: "r1", number: number)).code
    }

    @Test("Printed, scanned askew, upside down, coarse or photographed: the version is read", .enabled(if: hasTools))
    func treatments() async throws {
        try await printed("paper.pdf")
        let code = try await code(1)
        #expect(try await read("paper.pdf").codes == [code])
        try scan("paper.pdf", "askew.pdf", dots: 200, ["-background", "white", "-rotate", "1.5"])
        #expect(try await read("askew.pdf").codes == [code], "askew")
        try scan("paper.pdf", "turned.pdf", dots: 150, ["-rotate", "180"])
        // Some scanners write pages of the wrong size.
        try run(
            "gm", "convert", "-density", "500", "-units", "PixelsPerInch", path("askew.pdf-1.png"), path("tiny.pdf"))
        #expect(try await read("tiny.pdf").codes == [code], "tiny")
        #expect(try await read("turned.pdf").codes == [code], "upside down")
        try run("pdftoppm", "-r", "200", "-f", "1", "-l", "1", "-jpeg", "-singlefile", path("paper.pdf"), path("photo"))
        #expect(try await read("photo.jpg", .jpg).codes == [code], "photograph")
    }

    @Test("A page of an earlier version between the others is not overlooked", .enabled(if: hasTools))
    func mixed() async throws {
        try await printed("first.pdf")
        _ = try await desk.put("/cells/platform-revenue/declared", #"{"values":{"platform-revenue":1500.5}}"#)
        try await printed("second.pdf")
        try run("pdfunite", path("second.pdf"), path("first.pdf"), path("mixed.pdf"))
        let reading = try await read("mixed.pdf")
        #expect(Set(reading.codes) == [try await code(1), try await code(2)])
    }

    @Test("Uploaded as printed it is read at once; a blank page is not", .enabled(if: hasTools))
    func uploaded() async throws {
        try await printed("paper.pdf")
        let scan = [UInt8](try Data(contentsOf: folder.appending(path: "paper.pdf")))
        let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n"
        func upload(_ bytes: [UInt8]) async throws -> StampedScan {
            let answer = try await desk.site.ask(
                .post, "/company/rounds/r1/papers/declaration/scan", as: "manager",
                headers: ["Content-Type": "multipart/form-data; boundary=b"],
                bytes: Array(head.utf8) + bytes + Array("\r\n--b--\r\n".utf8))
            try #require(answer.status == 303, "\(answer.body)")
            let paper = desk.site.services.people.paper
            let archive = try #require(paper.archive)
            let kept = try #require(try await archive.scan(.declaration, of: "p1", in: "r1"))
            return try #require(try await paper.reading?.read(kept.id, within: .seconds(60)))
        }
        #expect(try await upload(scan).state == .read)
        #expect(try await upload(ItemAndEvidenceRoutesTests.pdf).state == .unread)
    }
}
