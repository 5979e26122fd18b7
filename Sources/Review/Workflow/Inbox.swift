import Trust
import Vocabulary

/// A message as one reader finds it.
public struct InboxMessage: Sendable, Hashable, Codable {
    public let id: Int
    /// The key of its sentence in both catalogues.
    public let code: String
    public let values: [String: String]
    public let round: RoundID?
    public let platform: PlatformID?
    public let address: String
    public let at: Instant
    /// Nil while it is unread.
    public let readAt: Instant?

    public init(
        id: Int, code: String, values: [String: String], round: RoundID?, platform: PlatformID?, address: String,
        at: Instant, readAt: Instant?
    ) {
        self.id = id
        self.code = code
        self.values = values
        self.round = round
        self.platform = platform
        self.address = address
        self.at = at
        self.readAt = readAt
    }
}

/// Where an account is reached outside the system.
public struct Contact: Sendable, Hashable, Codable {
    public var mail: String?
    public var phone: String?
    /// In which letters are written; nil where nobody chose, then Chinese.
    public var language: Language?

    public init(mail: String? = nil, phone: String? = nil, language: Language? = nil) {
        self.mail = mail
        self.phone = phone
        self.language = language
    }

    /// Everything that is wrong with it; empty when it is sound.
    public var findings: [Finding] {
        var findings: [Finding] = []
        if let mail, !Self.isMail(mail) { findings.append(Finding(.error, "workflow.mail_invalid", at: "mail")) }
        if let phone {
            let digits = phone.utf8.allSatisfy { (48...57).contains($0) || $0 == 43 || $0 == 45 }
            if !digits || !(5...20).contains(phone.utf8.count) {
                findings.append(Finding(.error, "workflow.phone_invalid", at: "phone"))
            }
        }
        return findings
    }

    /// Printable ASCII, one `@`, something on both sides, no white space and no brackets: what goes into an envelope.
    static func isMail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && text.utf8.count <= 254
            && text.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != 60 && $0 != 62 && $0 != 44 && $0 != 59 }
    }
}

/// What readers find in their inbox. Reading changes no score and leaves no entry.
public protocol Inbox: Sendable {
    /// Newest first, older than `before`.
    func messages(
        of account: AccountID, unreadOnly: Bool, round: RoundID?, before: Int?, limit: Int
    ) async throws -> [InboxMessage]
    func unreadCount(of account: AccountID) async throws -> Int
    /// Nil marks all that are unread. Answers how many were marked.
    @discardableResult
    func markRead(_ message: Int?, of account: AccountID, at now: Instant) async throws -> Int
    func contact(of account: AccountID) async throws -> Contact
    func setContact(_ contact: Contact, of account: AccountID, entry: AuditEntry) async throws
}

/// A message on its way out of the system.
public struct OutgoingMessage: Sendable, Hashable {
    public let id: Int
    public let code: String
    public let values: [String: String]
    public let address: String
    public let at: Instant
    /// Mail address, or nil for the work chat.
    public let mail: String?
    /// Telephone numbers to mention in the work chat.
    public let phones: [String]
    public let attempts: Int
    /// In which it is written.
    public let language: Language

    public init(
        id: Int, code: String, values: [String: String], address: String, at: Instant, mail: String?,
        phones: [String], attempts: Int, language: Language = .zhHans
    ) {
        self.language = language
        self.id = id
        self.code = code
        self.values = values
        self.address = address
        self.at = at
        self.mail = mail
        self.phones = phones
        self.attempts = attempts
    }
}

/// A message that was given up, for the operator.
public struct DeadLetter: Sendable, Hashable, Codable {
    public let id: Int
    public let channel: String
    public let code: String
    public let attempts: Int
    public let lastError: String
    public let at: Instant

    public init(id: Int, channel: String, code: String, attempts: Int, lastError: String, at: Instant) {
        self.id = id
        self.channel = channel
        self.code = code
        self.attempts = attempts
        self.lastError = lastError
        self.at = at
    }
}

/// The queue of what still has to leave the system; durable, so that a power cut loses nothing.
public protocol Outbox: Sendable {
    /// What is due, oldest first.
    func due(_ channel: String, at now: Instant, limit: Int) async throws -> [OutgoingMessage]
    func sent(_ id: Int, at now: Instant) async throws
    /// Tried and failed: again at `next`, or given up when nil.
    func failed(_ id: Int, error: String, next: Instant?) async throws
    /// Newest first.
    func deadLetters(limit: Int) async throws -> [DeadLetter]
    /// How many wait, by channel.
    func waiting() async throws -> [String: Int]
    /// A given-up message is tried again from the beginning. False when there is none.
    func retry(_ id: Int, at now: Instant) async throws -> Bool
}

/// A way out of the system: mail, or a work chat.
public protocol MessageChannel: Sendable {
    /// `mail` or `webhook`.
    var name: String { get }
    /// Returns once the other side has taken it. May deliver twice after a broken connection, never lose.
    func send(_ message: OutgoingMessage) async throws
}
