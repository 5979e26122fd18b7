import Foundation

/// What the check of a typed credit code found, fault by fault.
public struct CompanyCodeCheck: Sendable, Hashable {
    /// Why a text is not a credit code; positions count from 1.
    public enum Fault: Sendable, Hashable {
        /// Not 18 characters.
        case length(Int)
        /// I, O, S, V, Z, or no digit or letter at all.
        case illegalCharacter(Character, position: Int)
        /// Position 17 is not the check of the organisation code (GB 11714).
        case organisationCheck(found: Character, expected: Character)
        /// Position 18 is not the check of the whole (GB 32100).
        case check(found: Character, expected: Character)

        /// Stable dotted code, the key of the text in both catalogues.
        public var code: String {
            switch self {
            case .length: return "match.code_length"
            case .illegalCharacter: return "match.code_illegal_character"
            case .organisationCheck: return "match.code_organisation_check"
            case .check: return "match.code_check"
            }
        }

        /// The named places of the text.
        public var values: [String: String] {
            switch self {
            case .length(let count): return ["count": "\(count)"]
            case .illegalCharacter(let character, let position):
                return ["character": String(character), "position": "\(position)"]
            case .organisationCheck(let found, let expected), .check(let found, let expected):
                return ["found": String(found), "expected": String(expected)]
            }
        }
    }

    /// The text as it was given.
    public let given: String
    /// The text that was checked: compatibility forms unified (full-width digits), capitals, no spaces or hyphens.
    public let cleaned: String
    /// In order of position, the length first; empty when the code is good.
    public let faults: [Fault]
    /// The code, when nothing was found.
    public let code: CompanyCode?
    /// All 18 characters legal and the last one right.
    public let satisfiesGB32100: Bool
    /// Positions 9–17 carry the right check.
    public let satisfiesGB11714: Bool

    /// The faults as findings at a place, `row 7, column code`.
    public func findings(_ severity: Finding.Severity = .error, at place: String = "") -> [Finding] {
        faults.map { fault in
            Finding(severity, fault.code, at: place, fault.values.merging(["given": given]) { own, _ in own })
        }
    }
}

extension CompanyCode {
    /// Checks a text that a person typed or a file carried: full-width characters, small letters, spaces and hyphens
    /// are forgiven, nothing else is; every fault is reported, none is repaired.
    public static func check(_ text: some StringProtocol) -> CompanyCodeCheck {
        let given = String(text)
        let cleaned = cleaned(given)
        let characters = Array(cleaned)
        let bytes = Array(cleaned.utf8)
        var faults: [CompanyCodeCheck.Fault] = []
        if characters.count != 18 { faults.append(.length(characters.count)) }
        for (index, character) in characters.enumerated() where !isLegal(character) {
            faults.append(.illegalCharacter(character, position: index + 1))
        }
        if characters.count == 18, bytes.count == 18 {
            if isLegal(characters[16]), let expected = CreditCodeTables.check11714(of: bytes[8..<16]),
                expected != bytes[16]
            {
                faults.append(.organisationCheck(found: characters[16], expected: character(expected)))
            }
            if isLegal(characters[17]), let expected = CreditCodeTables.check32100(of: bytes[0..<17]),
                expected != bytes[17]
            {
                faults.append(.check(found: characters[17], expected: character(expected)))
            }
        }
        return CompanyCodeCheck(
            given: given, cleaned: cleaned, faults: faults,
            code: faults.isEmpty ? CompanyCode(proven: cleaned) : nil,
            satisfiesGB32100: satisfiesGB32100(bytes), satisfiesGB11714: satisfiesGB11714(bytes))
    }

    /// NFKC, capitals, without white space, hyphens and invisible characters.
    static func cleaned(_ text: String) -> String {
        if CompanyCode.isValid(text.utf8) { return text }
        let hyphens: Set<Unicode.Scalar> = ["-", "\u{2010}", "\u{2011}", "\u{2013}", "\u{2014}", "\u{2212}"]
        var out = String.UnicodeScalarView()
        for scalar in text.precomposedStringWithCompatibilityMapping.uppercased().unicodeScalars {
            let isInvisible = scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
            if !isInvisible, !hyphens.contains(scalar), scalar != "\u{FEFF}" { out.append(scalar) }
        }
        return String(out)
    }

    private static func isLegal(_ character: Character) -> Bool {
        guard let ascii = character.asciiValue else { return false }
        return CreditCodeTables.value32100(ascii) < 31
    }

    private static func character(_ byte: UInt8) -> Character { Character(Unicode.Scalar(byte)) }
}
