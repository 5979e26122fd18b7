/// What a platform really has, in the units of the indicators; port figures are multiples of the port scale, so that
/// what is sent and what is meant agree exactly.
public struct PlatformFigures: Sendable, Hashable {
    public var devices: Int
    public var points: Int
    public var cores: Int
    /// Bytes, a multiple of 10^9.
    public var storageBytes: Int
    /// Models of the mechanism kind.
    public var models: Int
    public var apps: Int
    public var users: Int
    /// Share of the users who called an app in a month, in percent.
    public var activePercent: Int
    public var developers: Int
    public var subscriptions: Int
    public var solutions: Int
    public var companies: Int
    public var diagnosis: Int
    public var talent: Int
    /// All employees on the platform.
    public var employees: Int
    /// Patents and copyrights, in items.
    public var intellectualProperty: Int
    public var parks: Int
    /// Platform revenue in hundredths of 10 000 yuan.
    public var revenueHundredths: Int
    /// Platform revenue ÷ the operator's revenue, percent.
    public var revenueSharePercent: Int
    /// 0…1 by rank of size: 0 the smallest, 1 the largest.
    public var size: Double
}
