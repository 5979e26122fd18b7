import Review

/// What the pages and routes of this area work with: windows, quotas, guards, clocks and messages of submissions.
public struct WorkflowServices: Sendable {
    /// What stands against actions on submissions, as far as this area knows.
    public var guards: [any TransitionGuard] = []
    /// What happens here after a submission has moved.
    public var followers: [any TransitionFollower] = []
    /// What runs beside the server until it ends.
    public var background: [any BackgroundWork] = []

    public init() {}
}
