import Review

/// What the pages and routes of this area work with: the review desk.
public struct DeskServices: Sendable, RaisesSignals {
    /// What stands against actions on submissions, as far as this area knows.
    public var guards: [any TransitionGuard] = []
    /// What happens here after a submission has moved.
    public var followers: [any TransitionFollower] = []
    /// What runs beside the server until it ends.
    public var background: [any BackgroundWork] = []
    /// Decisions on items; nil only where nothing is kept.
    public var items: (any DeskStore)?
    public var queries: (any QueryStore)?
    public var checklists: (any ChecklistStore)?
    /// What this area itself finds.
    public var signalSources: [any SignalSource] = []
    /// The formal checklist over all areas; nil only where nothing is kept.
    public var checklist: FormalChecklist?

    public init() {}
}
