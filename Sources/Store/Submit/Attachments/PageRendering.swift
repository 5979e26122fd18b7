import Foundation
import Submit
import Vocabulary

/// Pages of the file `in.*` of a work folder as pictures.
struct PageRendering: Sendable {
    let work: WorkFolder
    /// See `ExternalTool.patience`.
    var patience = 10
    var turn = ToolBench.Turn.later

    /// Pages of `in.pdf`; 0 when it cannot be read.
    func count() async throws -> Int {
        let tool = ExternalTool(program: "pdfinfo", fileBytes: 1 << 20, patience: patience, turn: turn)
        let end = try await tool.run([work.path + "/in.pdf"], seconds: 20, output: work.path + "/info.txt")
        if end == .starved { throw Failure("submit.preview_busy") }
        guard end == .success, let bytes = work.read("info.txt", most: 1 << 16) else {
            if end == .missing { throw Failure("submit.reading_failed", ["note": "no_tool"]) }
            return 0
        }
        let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("Pages:") }
        return line.flatMap { Int($0.dropFirst(6).filter(\.isNumber)) } ?? 0
    }

    /// Draws a page of `in.pdf` into `page.png`.
    func draw(_ page: Int, arguments: [String], seconds: Int) async throws -> Bool {
        let tool = ExternalTool(program: "pdftoppm", patience: patience, turn: turn)
        let end = try await tool.run(
            ["-png", "-singlefile", "-f", "\(page)", "-l", "\(page)"] + arguments
                + [work.path + "/in.pdf", work.path + "/page"], seconds: seconds)
        return end == .success
    }

    /// Scales `in.jpg` or `in.png` into `picture.png`, turned as its camera says.
    func picture(_ type: EvidenceType, width: Int, grey: Bool = false) async throws -> Bool {
        let tool = ExternalTool(program: "gm", patience: patience, turn: turn)
        // The decoder is named, so that no content chooses another one.
        var arguments = ["convert", "-limit", "Pixels", "120MP", "-limit", "Memory", "512MiB"]
        arguments += ["\(type.rawValue):\(work.path)/in.\(type.rawValue)", "-auto-orient", "+profile", "*"]
        arguments += ["-background", "white", "-flatten", "-resize", "\(width)x\(width * 4)>"]
        if grey { arguments += ["-colorspace", "GRAY"] }
        let end = try await tool.run(arguments + ["png:\(work.path)/picture.png"], seconds: 40)
        if end == .missing { throw Failure("submit.reading_failed", ["note": "no_tool"]) }
        return end == .success
    }
}
