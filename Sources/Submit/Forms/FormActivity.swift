import Vocabulary

/// A stretch of work at one section by one person.
public struct SectionWork: Sendable, Hashable {
    public let round: RoundID
    public let platform: PlatformID
    /// The section's id in the scheme.
    public let section: String
    public let by: AccountID
    public let at: Instant
    /// Seconds in which something was typed, chosen or uploaded.
    public let seconds: Int

    public init(
        round: RoundID, platform: PlatformID, section: String, by: AccountID, at: Instant, seconds: Int
    ) {
        self.round = round
        self.platform = platform
        self.section = section
        self.by = by
        self.at = at
        self.seconds = seconds
    }
}

/// What filling in has cost one platform so far.
public struct FormActivity: Sendable, Hashable {
    /// Fields with a text, by where it came from.
    public var fields: [FigureOrigin: Int] = [:]
    /// Present rows of item lists, by where they came from.
    public var rows: [FigureOrigin: Int] = [:]
    /// Seconds of work by section.
    public var seconds: [String: Int] = [:]

    public init() {}
}

/// Where the work of filling in is counted.
public protocol FormActivityStore: Sendable {
    /// Adds to what the person has worked; changes no figure and leaves no entry.
    func worked(_ work: SectionWork) async throws
    /// Of all platforms of a round that have any.
    func activity(_ round: RoundID) async throws -> [PlatformID: FormActivity]
}
