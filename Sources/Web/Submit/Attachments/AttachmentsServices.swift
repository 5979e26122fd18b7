import Review
import Submit

/// What the pages and routes of this area work with: evidence files: upload, preview, reading and checks.
public struct AttachmentsServices: Sendable {
    /// What stands against actions on submissions, as far as this area knows.
    public var guards: [any TransitionGuard] = []
    /// What happens here after a submission has moved.
    public var followers: [any TransitionFollower] = []
    /// What runs beside the server until it ends.
    public var background: [any BackgroundWork] = []
    /// Uploads under way; nil only where evidence comes in one piece.
    public var uploads: (any UploadStore)?

    public init() {}
}
