import Vocabulary

/// One resumable upload by its random id, which is its address and nothing anybody can guess.
public struct UploadID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A file on its way to a cell: announced with its length, sent in as many pieces as the line needs.
public struct Upload: Sendable, Hashable {
    public let id: UploadID
    public let cell: CellAddress
    /// As the company's computer named it; cleaned when the file is whole.
    public let name: String
    public let requirement: String?
    /// Bytes of the whole file.
    public let length: Int
    /// What the sender says the whole file's SHA-256 will be; nil when it said nothing.
    public let expected: Digest?
    public let by: AccountID
    public let at: Instant
    /// Unfinished uploads are forgotten from then on.
    public let expires: Instant
    /// The evidence that it became; nil while pieces are missing.
    public let digest: Digest?

    public init(
        id: UploadID, cell: CellAddress, name: String, requirement: String?, length: Int, expected: Digest? = nil,
        by: AccountID, at: Instant, expires: Instant, digest: Digest? = nil
    ) {
        self.id = id
        self.cell = cell
        self.name = name
        self.requirement = requirement
        self.length = length
        self.expected = expected
        self.by = by
        self.at = at
        self.expires = expires
        self.digest = digest
    }
}

/// How much one company may have under way at a time.
public struct UploadBounds: Sendable, Hashable {
    /// Unfinished uploads of one platform.
    public var open = 20
    /// Announced bytes of all unfinished uploads of one platform: 400 MiB.
    public var bytes = 400 * 1024 * 1024
    /// How long an unfinished upload is kept: seven days, so that a weekend between two pieces does no harm.
    public var keptSeconds: Int64 = 7 * 86_400

    public init() {}
}

/// Where unfinished uploads are kept, their pieces and what they are for.
public protocol UploadStore: Sendable {
    /// - Throws: `submit.uploads_open` when the platform has as much under way as `bounds` allows.
    func make(_ upload: Upload, bounds: UploadBounds) async throws
    func upload(_ id: UploadID) async throws -> Upload?
    /// Unfinished ones of a platform, oldest first.
    func open(_ round: RoundID, _ platform: PlatformID) async throws -> [Upload]
    /// Bytes that are on disk and stay there.
    func offset(_ id: UploadID) async throws -> Int
    /// Everything received so far.
    func bytes(_ id: UploadID) async throws -> [UInt8]
    /// Takes the pen: whoever wrote to this upload before writes no more, so that a connection that hangs half open
    /// never keeps its successor out.
    func write(_ id: UploadID) async throws -> any UploadPen
    /// The upload became evidence; its pieces are let go.
    func finish(_ id: UploadID, as digest: Digest) async throws
    /// Forgets the upload with all that came of it; nothing happens when there is none.
    func remove(_ id: UploadID) async throws
    /// Forgets what expired before the instant.
    /// - Returns: how many.
    @discardableResult
    func removeExpired(before: Instant) async throws -> Int
}

/// The right to add to one upload, until somebody else takes it.
public protocol UploadPen: Sendable {
    /// Bytes there were when the pen was taken.
    var start: Int { get }
    /// Adds at the end; not yet durable.
    /// - Throws: `submit.upload_taken_over`; `submit.upload_no_space` when the disk is full (what was there stays).
    func append(_ bytes: [UInt8]) async throws
    /// Waits until all that was appended is on disk.
    /// - Returns: the upload's offset from now on.
    @discardableResult
    func commit() async throws -> Int
    /// Gives the pen back; to be called in every case.
    func lay() async
}
