import Vocabulary

/// One line of the audit log: who did what to what, when and why.
///
/// The log shows `kind`, `actor`, `at`, `subject` and a commitment. What was written and the reason stay beside the log
/// in the database: the commitment proves them to whoever is shown them, and says nothing to anybody else. Deleting
/// payload and salt leaves a log that still verifies.
public struct AuditEntry: Sendable, Hashable {
    public let kind: AuditKind
    public let actor: AuditActor
    public let at: Instant
    public let subject: AuditSubject
    /// Why, in the actor's words; part of what is committed to, never shown in the log.
    public let reason: String?
    /// What was written, of any shape the room likes; committed to, never shown in the log.
    public let payload: CanonicalJSON
    /// 16 random bytes that keep small payloads from being guessed out of the commitment.
    public let salt: [UInt8]

    /// - Parameters:
    ///   - reason: Why, in the actor's words; required by the rooms where a decision needs one.
    ///   - payload: What was written. Exact decimals go in as strings (`CanonicalJSON(_: ExactDecimal)`).
    ///   - salt: 16 random bytes from a `RandomSource`; never used twice.
    public init(
        _ kind: AuditKind, actor: AuditActor, at: Instant, subject: AuditSubject, reason: String? = nil,
        payload: CanonicalJSON = .null, salt: [UInt8]
    ) {
        self.kind = kind
        self.actor = actor
        self.at = at
        self.subject = subject
        self.reason = reason
        self.payload = payload
        self.salt = salt
    }

    /// What the commitment commits to: canonical JSON of `{"payload": …, "reason": … or null}`.
    public var committedBytes: [UInt8] {
        CanonicalJSON.object(["payload": payload, "reason": reason.map { .string($0) } ?? .null]).bytes
    }

    /// SHA-256(salt ‖ committedBytes).
    public var commitment: Digest { Digest.sha256(of: salt + committedBytes) }

    /// What the log shows.
    public var leaf: AuditLeaf {
        AuditLeaf(kind: kind, actor: actor, at: at, subject: subject, commitment: commitment)
    }

    /// The bytes in the log: canonical JSON of the public fields.
    public var leafBytes: [UInt8] { leaf.bytes }

    /// RFC 9162 leaf hash: SHA-256(0x00 ‖ leafBytes).
    public var leafHash: Digest { MerkleHash.leaf(leafBytes) }
}

/// What happened, dotted and lower case, stable across releases: `cell.declared`, `round.opened`.
public struct AuditKind: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Who did it: an account, or a part of the system that acts by itself.
public enum AuditActor: Sendable, Hashable {
    case account(AccountID)
    /// `scheduler`, `computation`, `command-line` …
    case system(String)
    /// Nobody has signed in: a failed sign-in, an objection from outside.
    case nobody
}

/// What it was done to. Every part is optional; `key` names what no other field does (`account:zhang`, `list:2025-3`).
public struct AuditSubject: Sendable, Hashable {
    public var round: RoundID?
    public var platform: PlatformID?
    public var indicator: IndicatorID?
    public var key: String?

    public init(
        round: RoundID? = nil, platform: PlatformID? = nil, indicator: IndicatorID? = nil, key: String? = nil
    ) {
        self.round = round
        self.platform = platform
        self.indicator = indicator
        self.key = key
    }
}
