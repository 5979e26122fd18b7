import Hummingbird
import Review
import Submit

/// What the pages and routes of this area work with: the forms that companies fill in.
public struct FormsServices: Sendable {
    /// What stands against actions on submissions, as far as this area knows.
    public var guards: [any TransitionGuard] = []
    /// What happens here after a submission has moved.
    public var followers: [any TransitionFollower] = []
    /// What runs beside the server until it ends.
    public var background: [any BackgroundWork] = []
    /// How much was typed, copied and prefilled, and for how long people worked; nil where nothing counts it.
    public var activity: (any FormActivityStore)?
    /// Who is at which section now.
    public let presence = PresenceBoard()

    public init() {}
}
