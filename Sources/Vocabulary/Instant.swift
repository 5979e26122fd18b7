import Foundation

/// A moment, in whole milliseconds since 1970-01-01T00:00:00Z; always stored and sent in UTC.
public struct Instant: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    public init(seconds: Int64) { self.milliseconds = seconds * 1000 }
    public init(_ date: Date) { self.milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded(.down)) }

    /// RFC 3339 with a zone: `2025-11-03T08:00:00+08:00`, `2025-11-03T00:00:00.250Z`; nil for anything else.
    public init?(rfc3339 text: some StringProtocol) {
        guard let value = RFC3339.milliseconds(Array(text.utf8)) else { return nil }
        self.milliseconds = value
    }

    public var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
    public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }
    public func adding(seconds: Int64) -> Instant { Instant(milliseconds: milliseconds + seconds * 1000) }

    /// `2025-11-03T00:00:00Z`; milliseconds only when there are any.
    public var description: String {
        let day = CivilDay(daysSince1970: Int(milliseconds.flooredQuotient(by: 86_400_000)))
        let rest = milliseconds - Int64(day.daysSince1970) * 86_400_000
        let (seconds, fraction) = (rest / 1000, rest % 1000)
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        let tail = fraction == 0 ? "" : "." + String("000\(fraction)".suffix(3))
        return "\(day)T\(clock.joined(separator: ":"))\(tail)Z"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Instant(rfc3339: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 instant: \(text)")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Where the time comes from; tests hand in a fixed one.
public protocol Clock: Sendable {
    func now() -> Instant
}

/// The machine's clock.
public struct SystemClock: Clock {
    public init() {}
    public func now() -> Instant { Instant(Date()) }
}

extension Int64 {
    func flooredQuotient(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

/// The strict RFC 3339 reader behind `Instant`.
enum RFC3339 {
    static func milliseconds(_ b: [UInt8]) -> Int64? {
        func number(_ from: Int, _ count: Int) -> Int? {
            guard from + count <= b.count else { return nil }
            var value = 0
            for byte in b[from..<(from + count)] {
                guard (48...57).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 48)
            }
            return value
        }
        guard b.count >= 20, b[4] == 45, b[7] == 45, b[10] == 84 || b[10] == 116 || b[10] == 32, b[13] == 58,
            b[16] == 58,
            let year = number(0, 4), let month = number(5, 2), let dayOfMonth = number(8, 2),
            let day = CivilDay(year: year, month: month, day: dayOfMonth),
            let hour = number(11, 2), hour < 24, let minute = number(14, 2), minute < 60,
            let second = number(17, 2), second < 60
        else { return nil }
        var at = 19
        var fraction: Int64 = 0
        if b[at] == 46 {
            at += 1
            var weight: Int64 = 100
            let start = at
            while at < b.count, (48...57).contains(b[at]) {
                fraction += Int64(b[at] - 48) * weight
                weight /= 10
                at += 1
            }
            if at == start { return nil }
        }
        guard at < b.count else { return nil }
        var offset = 0
        if b[at] == 90 || b[at] == 122 {
            if at + 1 != b.count { return nil }
        } else {
            guard b[at] == 43 || b[at] == 45, at + 6 == b.count, b[at + 3] == 58, let h = number(at + 1, 2), h < 24,
                let m = number(at + 4, 2), m < 60
            else { return nil }
            offset = (h * 60 + m) * (b[at] == 45 ? -1 : 1)
        }
        let seconds = Int64(day.daysSince1970) * 86400 + Int64(hour * 3600 + minute * 60 + second - offset * 60)
        return seconds * 1000 + fraction
    }
}
