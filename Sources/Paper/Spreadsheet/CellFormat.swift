import Vocabulary

/// What a number format makes of a cell's number: dates and times are numbers in a spreadsheet, and only the format
/// tells them apart.
struct CellFormat: Sendable, Hashable {
    /// The parts of a moment that the format shows.
    struct Shown: OptionSet, Sendable, Hashable {
        let rawValue: Int
        static let year = Shown(rawValue: 1)
        static let day = Shown(rawValue: 2)
        static let month = Shown(rawValue: 4)
        static let hour = Shown(rawValue: 8)
        static let second = Shown(rawValue: 16)
    }

    let shown: Shown

    static let general = CellFormat(shown: [])

    init(shown: Shown) { self.shown = shown }

    /// One of the formats that files name by number only; those of East Asian editions included.
    /// Source: ECMA-376 part 1, 18.8.30 numFmts.
    init(builtIn number: Int) {
        switch number {
        case 14, 15, 30, 31, 28, 29, 36, 50, 51, 53, 54, 58: self.init(shown: [.year, .month, .day])
        case 17, 27, 52, 55, 57: self.init(shown: [.year, .month])
        case 16: self.init(shown: [.year, .month, .day])
        case 18, 20, 32, 34: self.init(shown: [.hour])
        case 19, 21, 33, 35, 45, 46, 47, 56: self.init(shown: [.hour, .second])
        case 22: self.init(shown: [.year, .month, .day, .hour])
        default: self.init(shown: [])
        }
    }

    /// A format by its code: `yyyy"…"m"…"d"…"`; letters in quotes, brackets and after a backslash say nothing.
    init(code: String) {
        var letters = ""
        var inQuotes = false
        var inBrackets = false
        var skipNext = false
        for character in code.prefix(256) {
            if skipNext {
                skipNext = false
            } else if inQuotes {
                inQuotes = character != "\""
            } else if inBrackets {
                inBrackets = character != "]"
            } else {
                switch character {
                case "\"": inQuotes = true
                case "[": inBrackets = true
                case "\\", "_", "*": skipNext = true
                case ";":
                    self.init(letters: letters)
                    return
                default: letters += character.lowercased()
                }
            }
        }
        self.init(letters: letters)
    }

    private init(letters: String) {
        guard !letters.contains("general"), !letters.contains("#"), !letters.contains("?") else {
            self.init(shown: [])
            return
        }
        var shown: Shown = []
        let hasTime = letters.contains("h") || letters.contains("s")
        if letters.contains("y") || letters.contains("e") { shown.insert(.year) }
        if letters.contains("d") { shown.formUnion([.day, .month, .year]) }
        if letters.contains("m"), !hasTime || shown.contains(.year) { shown.formUnion([.month, .year]) }
        if letters.contains("h") { shown.insert(.hour) }
        if letters.contains("s") { shown.formUnion([.hour, .second]) }
        // A zero with an exponent (0.00E+00) is a number, not the year of an era.
        if letters.contains("0"), !letters.contains("y"), !hasTime { shown = [] }
        self.init(shown: shown)
    }

    /// The ISO text of a moment with the parts that are shown (`2025-06-30`, `2025-06`, `2025-06-30 14:05`); nil when
    /// the format shows a number, or when no such day exists.
    func moment(_ text: String, from1904: Bool) -> String? {
        guard !shown.isEmpty, let serial = Double(text), serial >= 0, serial < 2_958_466 else { return nil }
        var day = Int(serial)
        var seconds = Int(((serial - Double(day)) * 86_400).rounded())
        if seconds == 86_400 {
            day += 1
            seconds = 0
        }
        let time = CellFormat.time(seconds, withSeconds: shown.contains(.second) || seconds % 60 != 0)
        guard shown.contains(.year) else { return time }
        // Day 60 of the 1900 system is a 29 February that never was.
        guard from1904 || (day != 60 && day != 0) else { return nil }
        let sinceEpoch = from1904 ? day - 24_107 : day - (day < 60 ? 25_568 : 25_569)
        let date = CellFormat.date(sinceEpoch)
        if !shown.contains(.month) { return String(date.prefix(4)) }
        if !shown.contains(.day) { return String(date.prefix(7)) }
        return shown.contains(.hour) || seconds != 0 ? date + " " + time : date
    }

    private static func time(_ seconds: Int, withSeconds: Bool) -> String {
        let parts = [seconds / 3_600, seconds / 60 % 60] + (withSeconds ? [seconds % 60] : [])
        return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }

    /// The civil date of a day counted from 1970-01-01. Source: Howard Hinnant, chrono-compatible date algorithms.
    private static func date(_ days: Int) -> String {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}
