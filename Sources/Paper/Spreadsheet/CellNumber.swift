import Vocabulary

/// A number as a spreadsheet file writes it.
///
/// Files hold the seventeen digits of a binary double (`1.1000000000000001`), the screen shows fifteen. What the
/// person saw is what counts: numbers of more than fifteen digits are rounded half up to fifteen.
enum CellNumber {
    /// The exact number; nil when it is none or too large. More than nine places are rounded to nine.
    static func exact(_ text: some StringProtocol) -> ExactDecimal? {
        guard let parts = digits(text) else { return nil }
        var (negative, digits, exponent) = parts
        // Zeros that were written down are kept (`12.50`), those that come of rounding are not.
        let isAsWritten = digits.count <= 15 && exponent >= -9
        if digits.count > 15 {
            exponent += digits.count - 15
            let roundsUp = digits[15] >= 5
            digits = Array(digits[..<15])
            if roundsUp { increment(&digits) }
        }
        while !isAsWritten, let last = digits.last, last == 0, digits.count > 1 {
            digits.removeLast()
            exponent += 1
        }
        if digits == [0], !isAsWritten { return .zero }
        if exponent < -9 {
            let lost = -9 - exponent
            guard lost <= digits.count else { return .zero }
            let roundsUp = digits[digits.count - lost] >= 5
            digits = lost == digits.count ? [0] : Array(digits[..<(digits.count - lost)])
            if roundsUp { increment(&digits) }
            exponent = -9
        }
        guard exponent <= 18, digits.count + max(0, exponent) <= 18 else { return nil }
        var coefficient: Int64 = 0
        for digit in digits { coefficient = coefficient * 10 + Int64(digit) }
        for _ in 0..<max(0, exponent) { coefficient *= 10 }
        return ExactDecimal(coefficient: negative ? -coefficient : coefficient, places: max(0, -exponent))
    }

    /// Sign, significant digits without leading zeros, and the power of ten of the last one.
    private static func digits(_ text: some StringProtocol) -> (Bool, [UInt8], Int)? {
        var negative = false
        var digits: [UInt8] = []
        var exponent = 0
        var seenPoint = false
        var seenDigit = false
        let bytes = Array(text.utf8)
        guard bytes.count <= 400 else { return nil }
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where index == 0: negative = true
            case UInt8(ascii: "+") where index == 0: continue
            case UInt8(ascii: ".") where !seenPoint: seenPoint = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                seenDigit = true
                if !(digits.isEmpty && byte == UInt8(ascii: "0")) { digits.append(byte - UInt8(ascii: "0")) }
                if seenPoint { exponent -= 1 }
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                let rest = String(decoding: bytes[(index + 1)...], as: UTF8.self)
                guard seenDigit, let power = Int(rest), abs(power) <= 400 else { return nil }
                return (negative, digits.isEmpty ? [0] : digits, digits.isEmpty ? 0 : exponent + power)
            default: return nil
            }
        }
        guard seenDigit else { return nil }
        return (negative, digits.isEmpty ? [0] : digits, digits.isEmpty ? 0 : exponent)
    }

    private static func increment(_ digits: inout [UInt8]) {
        var index = digits.count - 1
        while index >= 0 {
            if digits[index] < 9 {
                digits[index] += 1
                return
            }
            digits[index] = 0
            index -= 1
        }
        digits.insert(1, at: 0)
    }
}
