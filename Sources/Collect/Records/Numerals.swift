/// Numbers and times from checked bytes, without strings on the common paths.
enum Numerals {
    /// A whole number of at most 18 digits; nil for fractions, exponents and longer ones. `-0` is 0.
    @inline(__always)
    static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        var at = 0
        let isNegative = bytes.count > 0 && bytes[0] == 0x2d
        if isNegative { at = 1 }
        guard bytes.count &- at <= 18, bytes.count > at else { return nil }
        var value: Int64 = 0
        while at < bytes.count {
            let digit = bytes[at] &- 0x30
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int64(digit)
            at &+= 1
        }
        return isNegative ? -value : value
    }

    /// The nearest double; nil when it is not finite.
    static func double(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        if let whole = integer(bytes), whole.magnitude < 1 << 53 { return Double(whole) }
        if let short = shortDecimal(bytes) { return short }
        guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    /// A decimal of at most fifteen digits, without an exponent: its digits and the power of ten are exact, so that one
    /// division gives the nearest double. Nil for others.
    ///
    /// Source: W. D. Clinger, "How to read floating point numbers accurately" (1990), the fast path.
    private static func shortDecimal(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard bytes.count <= 17 else { return nil }
        var digits: Int64 = 0
        var scale = 1.0
        var (hasPoint, isNegative, count) = (false, false, 0)
        for byte in bytes {
            let digit = byte &- 0x30
            if digit < 10 {
                digits = digits &* 10 &+ Int64(digit)
                count += 1
                if hasPoint { scale *= 10 }
            } else if byte == 0x2e, !hasPoint {
                hasPoint = true
            } else if byte == 0x2d, count == 0, !hasPoint, !isNegative {
                isNegative = true
            } else {
                return nil
            }
        }
        guard count > 0, count <= 15 else { return nil }
        let value = Double(digits) / scale
        return isNegative ? -value : value
    }

    @inline(__always)
    private static func two(_ b: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int64 {
        let tens = b[at] &- 0x30
        let ones = b[at &+ 1] &- 0x30
        return tens < 10 && ones < 10 ? Int64(tens) &* 10 &+ Int64(ones) : -1_000_000
    }

    /// Whole seconds since 1970 of an RFC 3339 time with a zone, fractions cut off; nil for anything else.
    static func rfc3339Seconds(_ b: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard b.count >= 20, b[4] == 0x2d, b[7] == 0x2d, b[10] | 0x20 == 0x74 || b[10] == 0x20, b[13] == 0x3a,
            b[16] == 0x3a
        else { return nil }
        let year = two(b, 0) &* 100 &+ two(b, 2)
        let (month, day) = (two(b, 5), two(b, 8))
        let (hour, minute, second) = (two(b, 11), two(b, 14), two(b, 17))
        guard year >= 1, month >= 1, month <= 12, day >= 1, day <= lengthOf(month, year), hour >= 0, hour < 24,
            minute >= 0, minute < 60, second >= 0, second < 60
        else { return nil }
        var at = 19
        if b[at] == 0x2e {
            at += 1
            let digits = at
            while at < b.count, b[at] &- 0x30 < 10 { at += 1 }
            if at == digits { return nil }
        }
        guard at < b.count else { return nil }
        var offset: Int64 = 0
        if b[at] | 0x20 == 0x7a {
            guard at + 1 == b.count else { return nil }
        } else {
            guard b[at] == 0x2b || b[at] == 0x2d, at + 6 == b.count, b[at + 3] == 0x3a else { return nil }
            let (hours, minutes) = (two(b, at + 1), two(b, at + 4))
            guard hours >= 0, hours < 24, minutes >= 0, minutes < 60 else { return nil }
            offset = (hours * 60 + minutes) * (b[at] == 0x2d ? -60 : 60)
        }
        return daysSince1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    }

    private static func lengthOf(_ month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: return 30
        default: return 31
        }
    }

    /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"; years from 1 on.
    private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let y = month <= 2 ? year - 1 : year
        let era = y / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
