import Foundation
import Vocabulary

/// Days as certificates print them: with the Han marks of year, month and day, with points, slashes or hyphens, and in
/// Han numerals.
enum DayReader {
    /// In the order in which they stand; text without white space is expected.
    static func days(in text: String) -> [CivilDay] {
        var out: [CivilDay] = []
        let plain = numbers(text)
        let expression = try? NSRegularExpression(
            pattern: "(?<![0-9])((?:19|20)[0-9]{2})[-./~]([0-9]{1,2})[-./~]([0-9]{1,2})(?![0-9])")
        let matches = expression?.matches(in: plain, range: NSRange(plain.startIndex..., in: plain)) ?? []
        for match in matches {
            let parts = (1...3).compactMap { Range(match.range(at: $0), in: plain).flatMap { Int(plain[$0]) } }
            if parts.count == 3, let day = CivilDay(year: parts[0], month: parts[1], day: parts[2]) { out.append(day) }
        }
        return out
    }

    /// The text with Han dates written in digits and points.
    private static func numbers(_ text: String) -> String {
        let numerals = DocumentKind.numerals
        let marks = DocumentKind.dateMarks
        var out = ""
        var run: [Int] = []
        func flush() {
            guard !run.isEmpty else { return }
            out += run.count >= 4 ? run.map(String.init).joined() : "\(small(run))"
            run = []
        }
        for character in text {
            if let digit = numerals[character] {
                run.append(digit)
                continue
            }
            flush()
            if let mark = marks.firstIndex(of: character) {
                out += mark == 2 ? " " : "."
            } else {
                out.append(character)
            }
        }
        flush()
        return out
    }

    /// Ten, eleven, twenty, thirty-one: at most two places.
    private static func small(_ run: [Int]) -> Int {
        guard let ten = run.firstIndex(of: 10) else { return run.reduce(0) { $0 * 10 + $1 } }
        let tens = ten == 0 ? 1 : run[ten - 1]
        return tens * 10 + (ten + 1 < run.count ? run[ten + 1] : 0)
    }
}
