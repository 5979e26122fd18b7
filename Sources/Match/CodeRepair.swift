import Vocabulary

/// Valid codes that are one slip of the pen away from a code that fails its checks: offered to people, never taken.
public enum CodeRepair {
    /// One substitution, swap of neighbours, insertion or deletion away; likely slips (O for 0, I for 1 …) first, then in
    /// the order of the codes. Only codes of a registering authority that exists (1–9, A, N, Y), with a region of digits. Empty for a text that is itself a valid code, or further away than one slip.
    public static func oneSlip(from text: some StringProtocol) -> [CompanyCode] {
        let check = CompanyCode.check(text)
        guard check.code == nil else { return [] }
        let given = Array(check.cleaned.utf8)
        var found: [CompanyCode: Int] = [:]
        for (bytes, cost) in edits(of: given) where isPlausible(bytes) && CompanyCode.isValid(bytes) {
            guard let code = CompanyCode(String(decoding: bytes, as: UTF8.self)) else { continue }
            found[code] = min(found[code] ?? cost, cost)
        }
        return found.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
    }

    private static func isPlausible(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 18 else { return false }
        let authorities = Set("123456789ANY".utf8)
        return authorities.contains(bytes[0]) && bytes[2..<8].allSatisfy { (48...57).contains($0) }
    }

    /// Every text one edit away that has 18 characters, with 0 for a likely slip, 1 for a swap, 2 for any other.
    private static func edits(of given: [UInt8]) -> [([UInt8], Int)] {
        var out: [([UInt8], Int)] = []
        switch given.count {
        case 18:
            for position in 0..<18 {
                for letter in CreditCodeTables.alphabet where letter != given[position] {
                    var changed = given
                    changed[position] = letter
                    out.append((changed, isLikely(given[position], letter) ? 0 : 2))
                }
                if position < 17, given[position] != given[position + 1] {
                    var changed = given
                    changed.swapAt(position, position + 1)
                    out.append((changed, 1))
                }
            }
        case 17:
            for position in 0...17 {
                for letter in CreditCodeTables.alphabet {
                    var changed = given
                    changed.insert(letter, at: position)
                    out.append((changed, 2))
                }
            }
        case 19:
            for position in 0..<19 {
                var changed = given
                changed.remove(at: position)
                // Most often a character was typed twice.
                out.append((changed, position > 0 && given[position] == given[position - 1] ? 0 : 2))
            }
        default: break
        }
        return out
    }

    /// Whether one substitution, swap of neighbours, insertion or deletion makes one text the other.
    static func isOneSlip(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard abs(a.count - b.count) <= 1, a != b else { return false }
        let prefix = zip(a, b).prefix { $0 == $1 }.count
        let (restA, restB) = (a.dropFirst(prefix), b.dropFirst(prefix))
        if a.count != b.count {
            return a.count > b.count ? restA.dropFirst() == restB : restA == restB.dropFirst()
        }
        if restA.dropFirst() == restB.dropFirst() { return true }
        return restA.dropFirst(2) == restB.dropFirst(2) && restA.first == restB.dropFirst().first
            && restA.dropFirst().first == restB.first
    }

    /// Characters that are taken for each other in print and by optical reading.
    private static let lookAlikes: [Set<UInt8>] = [
        Set("0ODQC".utf8), Set("1ILT7".utf8), Set("2Z".utf8), Set("5S".utf8), Set("8B3".utf8), Set("6G".utf8),
        Set("UVWY".utf8), Set("MN".utf8), Set("EF".utf8), Set("PR".utf8), Set("KX".utf8),
    ]

    private static func isLikely(_ a: UInt8, _ b: UInt8) -> Bool {
        lookAlikes.contains { $0.contains(a) && $0.contains(b) }
    }
}
