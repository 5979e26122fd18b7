import Review
import Trust
import Vocabulary

/// What the pages and routes of this area work with: verification by sample, verifiers, checks on site.
public struct SamplingServices: Sendable {
    /// What stands against actions on submissions, as far as this area knows.
    public var guards: [any TransitionGuard] = []
    /// What happens here after a submission has moved.
    public var followers: [any TransitionFollower] = []
    /// What runs beside the server until it ends.
    public var background: [any BackgroundWork] = []
    /// Nil only where nothing is kept.
    public var store: (any SampleStore)?
    public var siteChecks: (any SiteCheckStore)?
    public var assignments: (any VerifierAssignmentStore)?

    public init() {}

    /// The store of checks on site.
    /// - Throws: `sampling.not_kept` where there is none.
    public func visits() throws(Failure) -> any SiteCheckStore {
        guard let siteChecks else { throw Failure("sampling.not_kept") }
        return siteChecks
    }

    /// Who is given which platform.
    /// - Throws: `sampling.not_kept` where there is none.
    public func verifierBook() throws(Failure) -> any VerifierAssignmentStore {
        guard let assignments else { throw Failure("sampling.not_kept") }
        return assignments
    }

    /// The store of samples.
    /// - Throws: `sampling.not_kept` where there is none.
    public func samples() throws(Failure) -> any SampleStore {
        guard let store else { throw Failure("sampling.not_kept") }
        return store
    }
}
