import Vocabulary

/// What one reading of a file gathers: findings, provenance, and the line of every path, for checks that come later.
final class Faults {
    private(set) var findings: [Finding] = []
    private(set) var provenance: [Provenance] = []
    private var lines: [String: Int] = [:]

    func note(line: Int, path: String) {
        if lines[path] == nil { lines[path] = line }
    }

    /// The line of the path, or of the nearest one above it that was read.
    func line(of path: String) -> Int {
        var rest = Substring(path)
        while true {
            if let line = lines[String(rest)] { return line }
            guard let cut = rest.lastIndex(where: { $0 == "." || $0 == "[" }) else { return 1 }
            rest = rest[..<cut]
        }
    }

    func add(
        _ code: String, at path: String, line: Int? = nil, _ values: [String: String] = [:],
        severity: Finding.Severity = .error
    ) {
        let line = line ?? self.line(of: path)
        let place = path.isEmpty ? "line \(line)" : "line \(line) › \(path)"
        let named = values.merging(["line": String(line), "path": path]) { own, _ in own }
        findings.append(Finding(severity, "scheme.\(code)", at: place, named))
    }

    func record(_ entry: Provenance) { provenance.append(entry) }
}
