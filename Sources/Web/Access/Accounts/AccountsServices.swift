import Access
import Review

/// What the pages and routes of this area work with: accounts, sign-in and sessions.
public struct AccountsServices: Sendable {
    /// What stands against actions on submissions, as far as this area knows.
    public var guards: [any TransitionGuard] = []
    /// What happens here after a submission has moved.
    public var followers: [any TransitionFollower] = []
    /// What runs beside the server until it ends.
    public var background: [any BackgroundWork] = []
    /// Nil only where no installation stands behind the site.
    public var factors: (any SecondFactorStore)?

    public init() {}
}
