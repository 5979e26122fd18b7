/// A string that names one kind of thing; two kinds never mix by accident.
public protocol Identifier: RawRepresentable<String>, Hashable, Sendable, Codable, Comparable,
    CustomStringConvertible, ExpressibleByStringLiteral
{
    init(rawValue: String)
}

extension Identifier {
    public init(_ text: String) { self.init(rawValue: text) }
    public init(stringLiteral value: String) { self.init(rawValue: value) }
    public var description: String { rawValue }
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// An evaluation round: `2025-demo`.
public struct RoundID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// An industrial-internet platform within the installation: `P07`.
public struct PlatformID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// An indicator by its id in the scheme: `devices-connected`.
public struct IndicatorID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A scheme by its id: `jiangsu-2025`.
public struct SchemeID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A person's or a machine's account.
public struct AccountID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// An administrative region by its six-digit GB/T 2260 code: `320500` is Suzhou.
public struct RegionCode: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    /// The prefecture-level city that the region lies in: `320583` → `320500`.
    public var city: RegionCode { RegionCode(rawValue: String(rawValue.prefix(4)) + "00") }
}
