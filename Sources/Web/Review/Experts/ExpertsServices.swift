import Review
import Vocabulary

/// What the pages and routes of this area work with: experts and their marks.
public struct ExpertsServices: Sendable {
    /// The pool, the panels and the sheets.
    public var store: (any ExpertStore)?
    /// What stands against actions on submissions, as far as this area knows.
    public var guards: [any TransitionGuard] = []
    /// What happens here after a submission has moved.
    public var followers: [any TransitionFollower] = []
    /// What runs beside the server until it ends.
    public var background: [any BackgroundWork] = []

    public init() {}

    /// - Throws: `experts.no_store` where the site was put together without one.
    func kept() throws(Failure) -> any ExpertStore {
        guard let store else { throw Failure("experts.no_store") }
        return store
    }
}
