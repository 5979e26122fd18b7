import Vocabulary

/// How challenges are made; the numbers are the scheme's defaults (`docs/challenge.md`).
public struct ChallengeRules: Sendable, Hashable {
    /// Leaves drawn; all of a smaller list.
    public var leaves: Int
    /// Time to answer.
    public var hours: Int
    /// Leaves of the same draw that go to confirmation by somebody else, the first ones drawn.
    public var confirmations: Int
    public var confidence: Double

    public init(leaves: Int, hours: Int, confirmations: Int, confidence: Double) {
        self.leaves = leaves
        self.hours = hours
        self.confirmations = confirmations
        self.confidence = confidence
    }

    public static let standard = ChallengeRules(leaves: 400, hours: 72, confirmations: 30, confidence: 0.95)
}

/// A challenge: leaves of a committed inventory, drawn from a later checkpoint.
public struct Challenge: Sendable, Hashable {
    public var id: Int
    public var commitment: InventoryCommitment
    /// The checkpoint whose root the seed is made of; its size is above the commitment's place in the log.
    public var checkpointSize: Int
    public var seed: Digest
    public var drawnAt: Instant
    /// Answers are taken until here.
    public var dueAt: Instant
    public var logIndex: Int
    /// By drawing order.
    public var leaves: [Leaf]

    /// A drawn leaf.
    public struct Leaf: Sendable, Hashable {
        /// From 0, in the order drawn.
        public var ordinal: Int
        /// Its place in the inventory.
        public var place: Int
        /// Nil until something was answered; a leaf once good stays good.
        public var verdict: LeafVerdict?
        public var answer: LeafAnswer?
        public var answeredAt: Instant?
        /// Whether somebody else is asked as well.
        public var isHandedOver: Bool
        public var confirmations: [LeafConfirmation]

        public init(
            ordinal: Int, place: Int, verdict: LeafVerdict? = nil, answer: LeafAnswer? = nil,
            answeredAt: Instant? = nil, isHandedOver: Bool, confirmations: [LeafConfirmation] = []
        ) {
            self.ordinal = ordinal
            self.place = place
            self.verdict = verdict
            self.answer = answer
            self.answeredAt = answeredAt
            self.isHandedOver = isHandedOver
            self.confirmations = confirmations
        }

        /// What those asked say together: a denial by anyone stands until a verifier or clerk has seen the machine.
        public var isReal: Bool? {
            let seen = confirmations.last { $0.role != .owner && $0.says != .unknown }
            if let seen { return seen.says == .yes }
            let owner = confirmations.last { $0.role == .owner && $0.says != .unknown }
            return owner.map { $0.says == .yes }
        }
    }

    public init(
        id: Int, commitment: InventoryCommitment, checkpointSize: Int, seed: Digest, drawnAt: Instant, dueAt: Instant,
        logIndex: Int, leaves: [Leaf]
    ) {
        self.id = id
        self.commitment = commitment
        self.checkpointSize = checkpointSize
        self.seed = seed
        self.drawnAt = drawnAt
        self.dueAt = dueAt
        self.logIndex = logIndex
        self.leaves = leaves
    }

    /// What the challenge says so far.
    public func outcome(_ rules: ChallengeRules) -> ChallengeOutcome {
        let handed = leaves.filter(\.isHandedOver)
        return ChallengeOutcome(
            drawn: leaves.count, size: commitment.size, good: leaves.count { $0.verdict == .good },
            handedOver: handed.count, confirmed: handed.count { $0.isReal == true },
            denied: handed.count { $0.isReal == false }, confidence: rules.confidence)
    }
}

/// What somebody other than the platform says of a drawn device.
public struct LeafConfirmation: Sendable, Hashable {
    public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
        /// The company that owns the machine, by its link.
        case owner
        /// The city's clerk, on site.
        case clerk
        /// A third-party verifier, on site.
        case verifier
    }

    public enum Word: String, Sendable, Hashable, Codable, CaseIterable {
        case yes, no
        /// Cannot tell; asks somebody else.
        case unknown
    }

    public var role: Role
    public var says: Word
    /// What is on the nameplate, or why not.
    public var note: String
    /// Where it was seen, in words.
    public var place: String
    /// Digest of the nameplate's photo among the evidence.
    public var photo: Digest?
    /// Nil for an owner, who comes by a link.
    public var by: AccountID?
    public var at: Instant

    public init(role: Role, says: Word, note: String, place: String, photo: Digest?, by: AccountID?, at: Instant) {
        self.role = role
        self.says = says
        self.note = note
        self.place = place
        self.photo = photo
        self.by = by
        self.at = at
    }
}
