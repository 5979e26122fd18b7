import Vocabulary

/// Who is concerned by a message; resolved to accounts when it is told.
public enum Audience: Sendable, Hashable {
    /// Everybody of the platform company.
    case company(CompanyCode)
    /// The office of exactly this region.
    case county(RegionCode)
    /// The office of the city that this region lies in.
    case city(RegionCode)
    /// Everybody with the role, by the role's id.
    case role(String)
    case accounts([AccountID])
}

/// A message before it has readers.
public struct MessageDraft: Sendable, Hashable {
    /// The key of its sentence in both catalogues, such as `message.returned`.
    public let code: String
    /// The named places of the sentence.
    public let values: [String: String]
    public let round: RoundID?
    public let platform: PlatformID?
    /// Where the reader can act on it.
    public let address: String
    public let to: [Audience]

    public init(
        _ code: String, _ values: [String: String] = [:], round: RoundID? = nil, platform: PlatformID? = nil,
        address: String, to: [Audience]
    ) {
        self.code = code
        self.values = values
        self.round = round
        self.platform = platform
        self.address = address
        self.to = to
    }
}

/// Tells people what concerns them: into the inbox at once, and from there by mail and work chat.
public protocol MessageDesk: Sendable {
    /// Kept durably before it answers; every account receives one message a call.
    /// - Returns: how many accounts were told.
    @discardableResult
    func tell(_ draft: MessageDraft, at now: Instant) async throws -> Int
}
