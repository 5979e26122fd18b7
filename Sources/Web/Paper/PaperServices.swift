import Match
import Review
import Submit

/// What the pages and routes of this area work with: documents made from data, and eligibility.
public struct PaperServices: Sendable {
    /// What stands against actions on submissions, as far as this area knows.
    public var guards: [any TransitionGuard] = []
    /// What happens here after a submission has moved.
    public var followers: [any TransitionFollower] = []
    /// What runs beside the server until it ends.
    public var background: [any BackgroundWork] = []
    /// Versions and scans; nil only where nothing is kept.
    public var archive: (any PaperArchive)?
    public var eligibility: (any EligibilityStore)?
    /// Reads scans that were handed in; without it an office looks at each.
    public var reading: ScanReadingWork?

    public init() {}
}
