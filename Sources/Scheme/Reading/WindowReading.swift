import Vocabulary

/// How windows are written: `port-months-mean`, `years 2022-2024`, `list-year 2024`.
public enum WindowReading {
    /// The forms, for messages.
    static let forms = [
        "port-months-mean", "end", "data-year", "on-cut-off", "up-to-cut-off", "years 2022-2024", "list-year 2024",
        "given",
    ]

    /// Nil for any other text and for years that run backwards.
    public static func window(_ text: String) -> Window? {
        switch text {
        case "port-months-mean": return .portMonthsMean
        case "end": return .end
        case "data-year": return .dataYear
        case "on-cut-off": return .onCutOff
        case "up-to-cut-off": return .upToCutOff
        case "given": return .given
        default: break
        }
        let words = text.split(separator: " ")
        guard words.count == 2 else { return nil }
        let years = words[1].split(separator: "-").map { year($0) }
        switch (words[0], years.count) {
        case ("list-year", 1): return years[0].map { .listYear($0) }
        case ("years", 2):
            guard let first = years[0], let last = years[1], first <= last else { return nil }
            return .years(first, last)
        default: return nil
        }
    }

    private static func year(_ text: Substring) -> Int? {
        guard text.utf8.count == 4, let year = Int(text), (1900...2999).contains(year) else { return nil }
        return year
    }

    /// The form in which a scheme file writes the window.
    public static func text(_ window: Window) -> String {
        switch window {
        case .portMonthsMean: return "port-months-mean"
        case .end: return "end"
        case .dataYear: return "data-year"
        case .onCutOff: return "on-cut-off"
        case .upToCutOff: return "up-to-cut-off"
        case .years(let first, let last): return "years \(first)-\(last)"
        case .listYear(let year): return "list-year \(year)"
        case .given: return "given"
        }
    }
}
