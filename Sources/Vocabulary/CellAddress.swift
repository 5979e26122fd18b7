/// Where a cell stands: one indicator of one platform in one round.
public struct CellAddress: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    public let round: RoundID
    public let platform: PlatformID
    public let indicator: IndicatorID

    public init(round: RoundID, platform: PlatformID, indicator: IndicatorID) {
        self.round = round
        self.platform = platform
        self.indicator = indicator
    }

    /// `2025-demo/P07/devices-connected`.
    public var description: String { "\(round)/\(platform)/\(indicator)" }

    public static func < (a: CellAddress, b: CellAddress) -> Bool {
        (a.round, a.platform, a.indicator) < (b.round, b.platform, b.indicator)
    }
}
