import Trust
import Vocabulary

/// One page of a file as text.
public struct ReadPage: Sendable, Hashable, Codable {
    public enum Source: String, Sendable, Hashable, Codable {
        /// The file carries its text.
        case text
        /// Recognised from a picture; single characters may be wrong.
        case scan
    }
    /// From 1.
    public let number: Int
    public let source: Source
    public let text: String

    public init(number: Int, source: Source, text: String) {
        self.number = number
        self.source = source
        self.text = text
    }
}

/// How far a file's reading is.
public struct ReadingState: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case waiting, reading, read
        /// Some pages could not be read, or there are more than are read.
        case partly
        case unreadable
        /// A scanner found something; nobody gets the file.
        case quarantined
    }
    public let kind: Kind
    /// Pages of the file; 0 while unknown.
    public let pages: Int
    public let done: Int
    public let tries: Int
    /// Why not whole: the key of a sentence under `attachments.note.`, or what the scanner named.
    public let note: String?

    public init(_ kind: Kind, pages: Int = 0, done: Int = 0, tries: Int = 0, note: String? = nil) {
        self.kind = kind
        self.pages = pages
        self.done = done
        self.tries = tries
        self.note = note
    }

    public var isEnded: Bool { ![.waiting, .reading].contains(kind) }
}

/// A file with what was read in it.
public struct ReadDocument: Sendable, Hashable {
    public let digest: Digest
    public let state: ReadingState
    /// In order; pages without text are absent.
    public let pages: [ReadPage]

    public init(digest: Digest, state: ReadingState, pages: [ReadPage]) {
        self.digest = digest
        self.state = state
        self.pages = pages
    }
}

/// Reads what stands in a file. Works page by page, so that a long scan shows how far it is.
public protocol EvidenceReader: Sendable {
    /// Hands over each page that holds text, with how many pages there are.
    /// - Returns: nil when all was read, otherwise why not (a key under `attachments.note.`).
    /// - Throws: `submit.reading_failed` with a note when nothing could be read.
    func read(
        _ bytes: [UInt8], _ type: EvidenceType,
        page: @Sendable (_ page: ReadPage?, _ done: Int, _ of: Int) async throws -> Void
    ) async throws -> String?
}

/// Draws pages as pictures.
public protocol PagePainter: Sendable {
    /// A PNG of one page, at most `width` pixels wide.
    /// - Throws: `submit.page_unknown` when there is no such page or the type has none, `submit.preview_busy` when too
    ///   many wait, `submit.preview_failed`.
    func png(
        _ digest: Digest, _ type: EvidenceType, page: Int, width: Int,
        bytes: @Sendable () async throws -> [UInt8]
    ) async throws -> [UInt8]
    /// Pages of a file that can be drawn; 0 for types that have no pictures.
    func pages(_ digest: Digest, _ type: EvidenceType, bytes: @Sendable () async throws -> [UInt8]) async throws -> Int
}

/// Asks an antivirus daemon.
public protocol EvidenceScanner: Sendable {
    /// The name of what was found; nil for a clean file.
    /// - Throws: `submit.scanner_unreachable`.
    func threat(in bytes: [UInt8]) async throws -> String?
}

/// The queue of files to read, and what was read.
public protocol ReadingStore: Sendable {
    /// The file that waits longest, now marked as being read; nil when none waits. One reader takes at a time, so that a
    /// reading found begun was left by a fault or a fallen server: it is taken up once more, then given up.
    func take(now: Instant) async throws -> (digest: Digest, type: EvidenceType, tries: Int)?
    func begin(_ digest: Digest, pages: Int, done: Int, page: ReadPage?) async throws
    func end(_ digest: Digest, _ kind: ReadingState.Kind, note: String?, now: Instant) async throws
    /// Puts a taken file back as if it had never been taken.
    func wait(_ digest: Digest, now: Instant) async throws
    func states(_ digests: Set<Digest>) async throws -> [Digest: ReadingState]
    /// Present files only; text is capped at `characters` in all.
    func document(_ digest: Digest) async throws -> ReadDocument?
    /// Numbers and fingerprint of a read file, for finding the same in other submissions.
    func keep(_ numbers: [ReadNumber], print: TextPrint?, of digest: Digest) async throws
    /// Uses by other platforms of the round of what this platform's files hold.
    func shared(_ round: RoundID, _ platform: PlatformID) async throws -> [SharedEvidence]
    func decide(_ decision: FindingDecision, entry: AuditEntry) async throws
    /// The last word on every finding of a platform.
    func decisions(_ round: RoundID, _ platform: PlatformID) async throws -> [FindingDecision]
}
