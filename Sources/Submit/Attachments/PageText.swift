import Foundation

/// A page's text prepared for finding labels: full width unified, white space taken out, line by line, with the places
/// where columns are parted kept in mind.
struct PageText: Sendable {
    struct Line: Sendable {
        /// Without white space.
        let squeezed: [Character]
        /// For every squeezed character whether a gap of three spaces or more (or a tab) stands before it.
        let startsColumn: [Bool]

        var text: String { String(squeezed) }
    }

    let lines: [Line]
    /// All lines, squeezed, one after the other.
    let whole: String

    init(_ text: String) {
        let unified = String(text.prefix(200_000)).precomposedStringWithCompatibilityMapping
        var lines: [Line] = []
        for line in unified.split(whereSeparator: \.isNewline) {
            var squeezed: [Character] = []
            var starts: [Bool] = []
            var gap = 0
            for character in line {
                if character.isWhitespace {
                    gap += character == "\t" ? 3 : 1
                } else {
                    squeezed.append(character)
                    starts.append(gap >= 3 && squeezed.count > 1)
                    gap = 0
                }
            }
            if !squeezed.isEmpty { lines.append(Line(squeezed: squeezed, startsColumn: starts)) }
        }
        self.lines = lines
        whole = lines.map(\.text).joined(separator: "\n")
    }

    func holds(_ word: String) -> Bool {
        whole.contains(word) || whole.replacing("\n", with: "").contains(word)
    }

    /// Where a value may stand: after the label on its line up to the next column, then the rest of the line, then the
    /// next line.
    struct Place: Sendable {
        let column: String
        let rest: String
        let next: String
    }

    /// Places after the first of the labels that stands on the page.
    func places(after labels: [String]) -> [Place] {
        for label in labels {
            let wanted = Array(label)
            var found: [Place] = []
            for (index, line) in lines.enumerated() {
                var from = 0
                while let start = PageText.find(wanted, in: line.squeezed, from: from) {
                    var at = start + wanted.count
                    from = at
                    while at < line.squeezed.count, ":.-_".contains(line.squeezed[at]) { at += 1 }
                    var end = at
                    while end < line.squeezed.count, end == at || !line.startsColumn[end] { end += 1 }
                    found.append(
                        Place(
                            column: String(line.squeezed[at..<end]), rest: String(line.squeezed[at...]),
                            next: index + 1 < lines.count ? lines[index + 1].text : ""))
                }
            }
            if !found.isEmpty { return found }
        }
        return []
    }

    private static func find(_ wanted: [Character], in line: [Character], from: Int) -> Int? {
        guard !wanted.isEmpty, line.count >= wanted.count, from <= line.count - wanted.count else { return nil }
        return (from...(line.count - wanted.count)).first { line[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }
}
