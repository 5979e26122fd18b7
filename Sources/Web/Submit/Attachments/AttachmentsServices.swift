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
    /// What was read in files; nil only where nothing is read.
    public var readings: (any ReadingStore)?
    /// Draws pages; nil only where there are no previews.
    public var painter: (any PagePainter)?
    /// Reads the queue; beside the server, and by tests.
    public var reading: ReadingWork?
    /// Files wait for the scanner before anybody else gets them.
    public var isScanned = false
    /// Whether the scanner answers.
    public var scannerHealth = ScannerHealth()

    /// How files that nobody has scanned yet are to be spoken of.
    var scanning: Scanning { isScanned ? (scannerHealth.isDown ? .down : .on) : .off }

    enum Scanning: Sendable { case off, on, down }
    /// What calls for a question at the review desk.
    public var signals: [any SignalSource] = []

    public init() {}
}
