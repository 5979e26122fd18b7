import Yams

/// A key that stands twice in one mapping. The parser stops there; we rename the later one in the text, so that it can
/// be reported with its place and reading goes on behind it.
enum DuplicateKey {
    private static let prefix = "duplicate of line "

    /// The key and the line of its first occurrence, when a name is one that was set aside.
    static func original(of name: String) -> (key: String, firstLine: String)? {
        guard name.hasPrefix(prefix) else { return nil }
        let words = name.dropFirst(prefix.count).split(separator: " ", maxSplits: 2)
        guard words.count == 3 else { return nil }
        return (String(words[2]), String(words[0]))
    }

    /// Renames the second occurrence of `name` behind the first; false when it is not found.
    static func setAside(_ name: String, first: Mark, in scalars: inout [Unicode.Scalar]) -> Bool {
        guard let start = offset(of: first, in: scalars) else { return false }
        let key = Array(name.unicodeScalars)
        let flow = isFlow(before: start, in: scalars)
        let found = flow ? nextInFlow(key, after: start, in: scalars) : nextInBlock(key, after: start, in: scalars)
        guard let found else { return false }
        let replacement = "\"\(prefix)\(first.line) \(found) \(name)\""
        let width = scalars[found] == "\"" || scalars[found] == "'" ? key.count + 2 : key.count
        scalars.replaceSubrange(found..<found + width, with: replacement.unicodeScalars)
        return true
    }

    private static func offset(of mark: Mark, in scalars: [Unicode.Scalar]) -> Int? {
        var line = 1
        var index = 0
        while line < mark.line {
            guard let newline = scalars[index...].firstIndex(of: "\n") else { return nil }
            index = newline + 1
            line += 1
        }
        let start = index + mark.column - 1
        return start < scalars.count ? start : nil
    }

    private static func isFlow(before start: Int, in scalars: [Unicode.Scalar]) -> Bool {
        let previous = scalars[..<start].last { $0 != " " && $0 != "\n" && $0 != "\r" }
        return previous == "{" || previous == ","
    }

    /// Whether the key, plain or quoted, stands at `index` and a colon follows.
    private static func stands(_ key: [Unicode.Scalar], at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        for quote in [nil, "\"", "'"] as [Unicode.Scalar?] {
            let text = quote.map { [$0] + key + [$0] } ?? key
            let end = index + text.count
            guard end < scalars.count, Array(scalars[index..<end]) == text else { continue }
            if scalars[end...].first(where: { $0 != " " }) == ":" { return true }
        }
        return false
    }

    private static func nextInFlow(_ key: [Unicode.Scalar], after start: Int, in scalars: [Unicode.Scalar]) -> Int? {
        var depth = 0
        var quote: Unicode.Scalar?
        var expectsKey = false
        for index in start..<scalars.count {
            let scalar = scalars[index]
            if let open = quote {
                if scalar == open { quote = nil }
                continue
            }
            if expectsKey, depth == 0, scalar != " ", scalar != "\n" {
                if stands(key, at: index, in: scalars) { return index }
                expectsKey = false
            }
            switch scalar {
            case "\"", "'": quote = scalar
            case "{", "[": depth += 1
            case "}", "]": depth -= 1
            case ",": expectsKey = depth == 0
            default: break
            }
            if depth < 0 { return nil }
        }
        return nil
    }

    /// A later line with the same indentation, before any line that is indented less.
    private static func nextInBlock(_ key: [Unicode.Scalar], after start: Int, in scalars: [Unicode.Scalar]) -> Int? {
        let lineStart = scalars[..<start].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        let indent = start - lineStart
        var index = start
        while let newline = scalars[index...].firstIndex(of: "\n") {
            index = newline + 1
            var text = index
            while text < scalars.count, scalars[text] == " " { text += 1 }
            guard text < scalars.count else { return nil }
            if scalars[text] == "\n" || scalars[text] == "\r" || scalars[text] == "#" { continue }
            if text - index < indent { return nil }
            if text - index == indent, stands(key, at: text, in: scalars) { return text }
        }
        return nil
    }
}
