import Foundation
import Scheme
import Testing

@Suite("The document of the scheme format")
struct SchemeFormatTests {
    /// The first column of the tables in docs/scheme-format.md, by the heading above.
    private func documented() throws -> [String: [String]] {
        let file = SchemeFiles.folder.deletingLastPathComponent().appending(path: "docs/scheme-format.md")
        var keys: [String: [String]] = [:]
        var block = ""
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("## ") { block = String(line.dropFirst(3).filter { $0 != "`" }) }
            guard line.hasPrefix("| `"), let end = line.dropFirst(3).firstIndex(of: "`") else { continue }
            keys[block, default: []].append(String(line.dropFirst(3)[..<end]))
        }
        return keys
    }

    @Test("Every key that the reader knows is explained, and no other", arguments: SchemeKeys.allCases)
    func keys(_ block: SchemeKeys) throws {
        let known = block.keys.filter { ($0 != "origin" && $0 != "document") }
        #expect(try documented()[block.rawValue] ?? [] == known)
    }
}
