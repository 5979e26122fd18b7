import Vocabulary

/// The public half of an audit entry: exactly what the log shows and what its hash covers.
public struct AuditLeaf: Sendable, Hashable {
    public let kind: AuditKind
    public let actor: AuditActor
    public let at: Instant
    public let subject: AuditSubject
    /// SHA-256(salt ‖ canonical JSON of payload and reason).
    public let commitment: Digest

    public init(kind: AuditKind, actor: AuditActor, at: Instant, subject: AuditSubject, commitment: Digest) {
        self.kind = kind
        self.actor = actor
        self.at = at
        self.subject = subject
        self.commitment = commitment
    }

    /// `{"actor":{…},"at":…,"commitment":…,"kind":…,"subject":{…}}`; absent parts of the subject are left out.
    public var json: CanonicalJSON {
        .object([
            "actor": actor.json, "at": .string(at.description), "commitment": .string(commitment.hex),
            "kind": .string(kind.rawValue), "subject": subject.json,
        ])
    }

    /// Canonical JSON of the fields: what is hashed into the log.
    public var bytes: [UInt8] { json.bytes }

    /// RFC 9162 leaf hash: SHA-256(0x00 ‖ bytes).
    public var hash: Digest { MerkleHash.leaf(bytes) }

    /// Reads the bytes of a leaf back. Throws: `trust.leaf_unreadable`.
    public init(bytes: [UInt8]) throws {
        guard case .object(let fields) = try CanonicalJSON(parsing: bytes),
            let actor = fields["actor"].flatMap(AuditActor.init(json:)),
            case .string(let atText)? = fields["at"], let at = Instant(rfc3339: atText),
            case .string(let hex)? = fields["commitment"], let commitment = Digest(hex: hex),
            case .string(let kind)? = fields["kind"],
            let subject = fields["subject"].flatMap(AuditSubject.init(json:))
        else { throw Failure("trust.leaf_unreadable") }
        self.init(kind: AuditKind(kind), actor: actor, at: at, subject: subject, commitment: commitment)
    }
}

extension AuditActor {
    /// For tables and filters: `account:zhang`, `system:computation`, `nobody`.
    public var text: String {
        switch self {
        case .account(let id): "account:\(id)"
        case .system(let name): "system:\(name)"
        case .nobody: "nobody"
        }
    }

    /// `{"account":"zhang"}`, `{"system":"computation"}` or `{}`.
    public var json: CanonicalJSON {
        switch self {
        case .account(let id): .object(["account": .string(id.rawValue)])
        case .system(let name): .object(["system": .string(name)])
        case .nobody: .object([:])
        }
    }

    init?(json: CanonicalJSON) {
        guard case .object(let fields) = json else { return nil }
        switch (fields["account"], fields["system"], fields.count) {
        case (.string(let id)?, nil, 1): self = .account(AccountID(id))
        case (nil, .string(let name)?, 1): self = .system(name)
        case (nil, nil, 0): self = .nobody
        default: return nil
        }
    }
}

extension AuditSubject {
    var json: CanonicalJSON {
        var fields: [String: CanonicalJSON] = [:]
        fields["round"] = round.map { .string($0.rawValue) }
        fields["platform"] = platform.map { .string($0.rawValue) }
        fields["indicator"] = indicator.map { .string($0.rawValue) }
        fields["key"] = key.map { .string($0) }
        return .object(fields)
    }

    init?(json: CanonicalJSON) {
        guard case .object(let fields) = json else { return nil }
        func text(_ name: String) -> String? {
            guard case .string(let text)? = fields[name] else { return nil }
            return text
        }
        self.init(
            round: text("round").map { RoundID($0) }, platform: text("platform").map { PlatformID($0) },
            indicator: text("indicator").map { IndicatorID($0) }, key: text("key"))
    }
}
