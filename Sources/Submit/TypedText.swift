import Foundation

/// Text as people type it and spreadsheets carry it, brought into one form.
enum TypedText {
    /// Trimmed, without control and invisible characters, otherwise as it was typed.
    static func clean(_ text: some StringProtocol) -> String {
        if text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) { return String(text) }
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            if isControl { if out.last != " " { out.append(" ") } } else if scalar != "\u{FEFF}" { out.append(scalar) }
        }
        return String(out).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// For comparing: full-width forms unified (NFKC), small letters, without white space.
    static func folded(_ text: some StringProtocol) -> String {
        let isPlain = text.utf8.allSatisfy { $0 > 32 && $0 < 127 }
        let unified = isPlain ? String(text) : String(text).precomposedStringWithCompatibilityMapping
        return String(unified.lowercased().unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "\u{FEFF}" })
    }

    /// NFKC and trimmed, for numbers, days and codes.
    static func halfWidth(_ text: some StringProtocol) -> String {
        let isPlain = text.utf8.allSatisfy { $0 > 32 && $0 < 127 }
        return isPlain ? String(text) : clean(String(text).precomposedStringWithCompatibilityMapping)
    }

    /// Whether the text holds a resident's identity number with its right check digit (GB 11643-1999, mod 11-2).
    static func holdsIdentityNumber(_ text: String) -> Bool {
        let bytes = Array(halfWidth(text).uppercased().utf8)
        guard bytes.count >= 18 else { return false }
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let checks = Array("10X98765432".utf8)
        func isDigit(_ index: Int) -> Bool { bytes.indices.contains(index) && (48...57).contains(bytes[index]) }
        for start in 0...(bytes.count - 18) where !isDigit(start - 1) && !isDigit(start + 18) {
            let body = bytes[start..<(start + 17)]
            guard body.allSatisfy({ (48...57).contains($0) }) else { continue }
            let month = Int(bytes[start + 10] - 48) * 10 + Int(bytes[start + 11] - 48)
            let day = Int(bytes[start + 12] - 48) * 10 + Int(bytes[start + 13] - 48)
            guard (1...12).contains(month), (1...31).contains(day) else { continue }
            let sum = zip(body, weights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
            if checks[sum % 11] == bytes[start + 17] { return true }
        }
        return false
    }
}
