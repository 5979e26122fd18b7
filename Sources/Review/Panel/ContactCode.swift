import Trust
import Vocabulary

/// The code that proves an objector's mail address, on its way there.
public struct ContactCode: Sendable, Hashable {
    /// Six digits; kept sealed until the relay has taken it, then only as a salted digest.
    public let code: String
    public let salt: [UInt8]
    public let digest: Digest
    public let runsOut: Instant
    /// In which the letter is written.
    public let language: Language

    public init(code: String, salt: [UInt8], digest: Digest, runsOut: Instant, language: Language) {
        self.code = code
        self.salt = salt
        self.digest = digest
        self.runsOut = runsOut
        self.language = language
    }

    /// How often one objection may ask for a code.
    public static let most = 5
    /// The seconds between two askings.
    public static let pause: Int64 = 60
}

/// Where the code of an objection stands.
public struct ContactCodeStanding: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, Codable { case waiting, sent, dead }

    public let state: State
    /// How often it was asked for.
    public let asked: Int
    public let askedAt: Instant
    public let sentAt: Instant?

    public init(state: State, asked: Int, askedAt: Instant, sentAt: Instant?) {
        self.state = state
        self.asked = asked
        self.askedAt = askedAt
        self.sentAt = sentAt
    }

    /// From when on it may be asked for again; nil when it was asked for often enough.
    public var nextAt: Instant? {
        asked >= ContactCode.most ? nil : askedAt.adding(seconds: ContactCode.pause)
    }
}

/// A code that is due to be sent, with whom it goes to.
public struct DueContactCode: Sendable, Hashable {
    public let objection: String
    public let number: Int
    public let round: RoundID
    public let mail: String
    public let code: String
    public let language: Language
    public let attempts: Int

    public init(
        objection: String, number: Int, round: RoundID, mail: String, code: String, language: Language, attempts: Int
    ) {
        self.objection = objection
        self.number = number
        self.round = round
        self.mail = mail
        self.code = code
        self.language = language
        self.attempts = attempts
    }
}

/// Codes on their way to objectors; durable, so that a relay that is down delays them and loses none.
public protocol ContactCodeStore: Sendable {
    /// Keeps the code as due at once; replaces an earlier one.
    /// - Throws: `panel.code_too_soon`, `panel.code_too_often`.
    func keepCode(_ id: String, _ code: ContactCode, at now: Instant) async throws
    /// Nil when none was asked for, or it has done its work.
    func codeStanding(_ id: String) async throws -> ContactCodeStanding?
    /// Oldest first.
    func dueCodes(at now: Instant, limit: Int) async throws -> [DueContactCode]
    func codeSent(_ id: String, at now: Instant) async throws
    /// Tried and failed: again at `next`, or given up when nil.
    func codeFailed(_ id: String, next: Instant?) async throws
    /// Counts the try; answers whether it is the code. A code is tried five times at most.
    func tryCode(_ id: String, at now: Instant, check: @Sendable @escaping ([UInt8], Digest) -> Bool) async throws
        -> Bool
}
