import Foundation

/// A company's or platform's name in the form in which names are compared.
///
/// Unified are: compatibility forms (NFKC: full-width letters, brackets and spaces), capitals, traditional characters,
/// and the spellings of a legal form that the law treats as one (limited liability company, written long or short). Left out are white space,
/// invisible characters, brackets, quotes, hyphens, dots and commas. Nothing else: two names that still differ are
/// different names.
public struct NormalisedName: Sendable, Hashable {
    /// What is compared for equality.
    public let key: String
    /// The key without its legal form: what near names are measured on.
    let core: [Unicode.Scalar]

    public var isEmpty: Bool { key.isEmpty }

    /// The normal form of a company's name.
    public init(company text: some StringProtocol) { self.init(text, unifiesLegalForm: true) }

    /// The normal form of a platform's name or a title.
    public init(title text: some StringProtocol) { self.init(text, unifiesLegalForm: false) }

    private init(_ text: some StringProtocol, unifiesLegalForm: Bool) {
        let tables = NameTables.shared
        var key = NormalisedName.unified(String(text), tables)
        if unifiesLegalForm {
            for (from, to) in tables.formEquivalents where key.contains(from) {
                key = key.replacingOccurrences(of: from, with: to)
            }
        }
        self.key = key
        self.core = NormalisedName.core(Array(key.unicodeScalars), tables)
    }

    private static func unified(_ text: String, _ tables: NameTables) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            guard !isLeftOut(scalar), !tables.removed.contains(scalar) else { continue }
            out.append(tables.simplified[scalar] ?? scalar)
        }
        return String(out)
    }

    private static func isLeftOut(_ scalar: Unicode.Scalar) -> Bool {
        // Han characters, the bulk of every name, need no look at their properties.
        if (0x4E00...0x9FFF).contains(scalar.value) { return false }
        if scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint { return true }
        switch scalar.properties.generalCategory {
        case .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .dashPunctuation, .control,
            .format:
            return true
        default:
            return scalar == "\"" || scalar == "'" || scalar == "," || scalar == "."
        }
    }

    /// Without the legal form, unless nothing of two characters would be left.
    private static func core(_ key: [Unicode.Scalar], _ tables: NameTables) -> [Unicode.Scalar] {
        for form in tables.legalForms where key.count >= form.count + 2 && key.suffix(form.count).elementsEqual(form) {
            return Array(key.dropLast(form.count))
        }
        return key
    }
}

/// How alike two names are.
enum NameSimilarity {
    /// 1 − (edits between the two ÷ length of the longer), over the names without their legal forms; an edit is an
    /// insertion, a deletion, a substitution or a swap of neighbours. Source: Damerau 1964, restricted distance. At
    /// least 0.8 where one name begins with the whole other one: a company and its branch.
    static func of(_ a: NormalisedName, _ b: NormalisedName) -> Double {
        let longer = max(a.core.count, b.core.count)
        guard longer > 0 else { return 0 }
        let isBranch =
            a.key != b.key && min(a.core.count, b.core.count) > 1 && (a.key.hasPrefix(b.key) || b.key.hasPrefix(a.key))
        let measured = 1 - Double(edits(a.core, b.core)) / Double(longer)
        return isBranch ? max(measured, 0.8) : measured
    }

    private static func edits(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        var row = last
        for i in 1...a.count {
            row[0] = i
            for j in 1...b.count {
                var best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, beforeLast[j - 2] + 1) }
                row[j] = best
            }
            (beforeLast, last, row) = (last, row, beforeLast)
        }
        return last[b.count]
    }
}
