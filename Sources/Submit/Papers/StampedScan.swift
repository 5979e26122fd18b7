import Trust
import Vocabulary

/// The scan of a stamped paper.
public struct StampedScan: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, Codable {
        /// It is kept and waits to be read.
        case waiting
        /// It shows another paper or another version; the scan before it still counts.
        case refused
        /// The version was read from the scan and is the one that it names.
        case read
        /// The version could not be read; an office has to look.
        case unread
        /// An office has looked, and says with a reason that it is that version.
        case confirmed
    }

    /// 0 until it is kept.
    public let id: Int64
    public let round: RoundID
    public let subject: String
    public let kind: PaperKind
    /// The version that it is handed in for.
    public let number: Int
    /// SHA-256 over the file.
    public let file: Digest
    public let name: String
    public let type: EvidenceType
    public let size: Int
    public let state: State
    /// The office's reason, when it was confirmed by hand.
    public let reason: String
    /// Why it is refused; nil unless it is.
    public let refusal: ScanRefusal?
    public let by: AccountID
    public let at: Instant
    public let read: Read
    /// Who looked and says that stamp and signature are there; nil as long as nobody did.
    public let seen: Seen?

    /// What the machine read.
    public struct Read: Sendable, Hashable {
        public var pages: Int?
        /// How the version was told.
        public var way: ScanVerdict.Way?
        /// The first page with something like a red round stamp, 0 for none; a hint only.
        public var stampPage: Int?

        public init(pages: Int? = nil, way: ScanVerdict.Way? = nil, stampPage: Int? = nil) {
            self.pages = pages
            self.way = way
            self.stampPage = stampPage
        }
    }

    public struct Seen: Sendable, Hashable {
        public let by: AccountID
        public let at: Instant

        public init(by: AccountID, at: Instant) {
            self.by = by
            self.at = at
        }
    }

    public init(
        id: Int64 = 0, round: RoundID, subject: String, kind: PaperKind, number: Int, file: Digest, name: String,
        type: EvidenceType, size: Int, state: State, reason: String = "", refusal: ScanRefusal? = nil, by: AccountID,
        at: Instant, read: Read = Read(), seen: Seen? = nil
    ) {
        self.id = id
        self.read = read
        self.seen = seen
        self.round = round
        self.subject = subject
        self.kind = kind
        self.number = number
        self.file = file
        self.name = name
        self.type = type
        self.size = size
        self.state = state
        self.reason = reason
        self.refusal = refusal
        self.by = by
        self.at = at
    }

    public var isGood: Bool { state == .read || state == .confirmed }
}

/// Why a scan is refused.
public enum ScanRefusal: Sendable, Hashable {
    /// Another platform's paper, another round's, or another kind.
    case otherPaper
    /// Another version, with its number where the scan tells it.
    case otherVersion(Int?)

    /// As it is kept: `other-paper`, `other-version`, `other-version:7`.
    public var text: String {
        switch self {
        case .otherPaper: "other-paper"
        case .otherVersion(nil): "other-version"
        case .otherVersion(let number?): "other-version:\(number)"
        }
    }

    /// Nil for any other text.
    public init?(text: String) {
        if text == "other-paper" {
            self = .otherPaper
        } else if text == "other-version" {
            self = .otherVersion(nil)
        } else if text.hasPrefix("other-version:"), let number = Int(text.dropFirst(14)) {
            self = .otherVersion(number)
        } else {
            return nil
        }
    }

    /// What whoever handed the scan in is told.
    /// - Parameter current: the version that was asked for.
    public func failure(current: Int) -> Failure {
        switch self {
        case .otherPaper: Failure("paper.scan_other_paper")
        case .otherVersion(nil): Failure("paper.scan_other_unnamed", ["current": "\(current)"])
        case .otherVersion(let number?):
            Failure("paper.scan_other_version", ["scanned": "\(number)", "current": "\(current)"])
        }
    }
}

/// Where versions of papers and scans are kept; nothing in it is ever changed but what a scan was found to be.
public protocol PaperArchive: Sendable {
    /// The version with exactly this content; a new number is given, with the entry, when there is none yet.
    func issue(
        _ kind: PaperKind, of subject: String, in round: RoundID, content: CanonicalJSON, entry: AuditEntry
    ) async throws -> PrintedPaper
    /// The version with this content; nil when it was never printed.
    func version(_ kind: PaperKind, of subject: String, in round: RoundID, digest: Digest) async throws -> PrintedPaper?
    func version(_ kind: PaperKind, of subject: String, in round: RoundID, number: Int) async throws -> PrintedPaper?
    /// The latest scan of each subject and kind of the round, refused ones left out.
    func scans(_ round: RoundID) async throws -> [StampedScan]
    /// The latest scan that was not refused.
    func scan(_ kind: PaperKind, of subject: String, in round: RoundID) async throws -> StampedScan?
    func scan(_ id: Int64) async throws -> StampedScan?
    /// The latest scan if it was refused, so that nothing has come in its place.
    func refused(_ kind: PaperKind, of subject: String, in round: RoundID) async throws -> StampedScan?
    /// Scans that wait to be read, oldest first.
    func waitingScans() async throws -> [Int64]
    /// The bytes are on disk before the row and its entry are committed.
    /// - Returns: the scan's id.
    func keep(_ scan: StampedScan, bytes: [UInt8], entry: AuditEntry) async throws -> Int64
    /// Keeps what a waiting scan was found to be; nothing happens when it waits no more.
    func conclude(
        _ id: Int64, _ state: StampedScan.State, _ refusal: ScanRefusal?, _ read: StampedScan.Read, entry: AuditEntry
    ) async throws
    /// Somebody looked: stamp and signature are there, and where the version was not read, it is the present one.
    /// - Throws: `paper.scan_none` when there is no scan, or somebody has looked already.
    func confirm(
        _ kind: PaperKind, of subject: String, in round: RoundID, reason: String, seen: StampedScan.Seen,
        entry: AuditEntry
    ) async throws
    /// - Throws: `submit.evidence_lost` when they changed on disk.
    func bytes(_ file: Digest) async throws -> [UInt8]?
}

/// Reads QR codes and text from a scan.
public protocol ScanReader: Sendable {
    /// Takes seconds; a tool that is not installed or fails finds nothing.
    func read(_ bytes: [UInt8], type: EvidenceType) async throws -> ScanReading
}
