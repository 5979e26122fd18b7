import Trust
import Vocabulary

/// What a platform answers for one drawn leaf.
public struct LeafAnswer: Sendable, Hashable, Codable {
    /// The device, with its path to the committed root.
    public var leaf: InventoryLeaf
    /// The leaf after it, nil for the last of the list: shows that the list is sorted and has nothing twice.
    public var next: InventoryLeaf?
    /// When the device last sent something; a machine that is off answers with its last sample inside the port months.
    public var sampledAt: Instant
    /// What it sent, in the platform's words: a reading with its unit, a state.
    public var sample: String
    /// Credit code of the company that owns or runs it.
    public var owner: String
    /// GB/T 2260 code of the county or city where it stands, and the address within.
    public var region: String
    public var place: String

    public init(
        leaf: InventoryLeaf, next: InventoryLeaf?, sampledAt: Instant, sample: String, owner: String, region: String,
        place: String
    ) {
        self.leaf = leaf
        self.next = next
        self.sampledAt = sampledAt
        self.sample = sample
        self.owner = owner
        self.region = region
        self.place = place
    }
}

/// What became of a drawn leaf.
public enum LeafVerdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// Answered for: it stands in the committed list, sent its last sample in time, has an owner and a place.
    case good
    /// The path does not lead to the committed root, or to another place of it.
    case proofRefused = "proof-refused"
    /// The list is not sorted here, or says the same identifier twice.
    case orderBroken = "order-broken"
    /// The last sample lies outside the port months.
    case sampleOutside = "sample-outside"
    /// No sample was given.
    case sampleMissing = "sample-missing"
    /// The credit code of the owner fails its check.
    case ownerInvalid = "owner-invalid"
    /// No known region, or no place in it.
    case placeMissing = "place-missing"
    /// The platform sent device rows, and this device is not among them.
    case notCounted = "not-counted"
}

/// Holds answers against the commitment.
public struct LeafCheck: Sendable {
    private let commitment: InventoryCommitment
    private let samples: ClosedRange<Instant>
    private let isRegion: @Sendable (String) -> Bool
    private let isCounted: @Sendable (String) -> Bool?

    /// - Parameters:
    ///   - samples: The port months, from the first to the last instant.
    ///   - isRegion: Whether a code stands in the scheme's regions.
    ///   - isCounted: Whether an identifier stands among the devices counted from the platform's rows; nil where it sent
    ///     none.
    public init(
        commitment: InventoryCommitment, samples: ClosedRange<Instant>,
        isRegion: @escaping @Sendable (String) -> Bool, isCounted: @escaping @Sendable (String) -> Bool?
    ) {
        self.commitment = commitment
        self.samples = samples
        self.isRegion = isRegion
        self.isCounted = isCounted
    }

    /// - Parameter place: The drawn place that is answered for.
    public func verdict(_ answer: LeafAnswer, at place: Int) -> LeafVerdict {
        guard answer.leaf.index == place, answer.leaf.isIn(commitment) else { return .proofRefused }
        if let next = answer.next {
            guard next.index == place + 1, next.isIn(commitment) else { return .proofRefused }
            guard Inventory.precedes(answer.leaf.identifier, next.identifier) else { return .orderBroken }
        } else if place + 1 < commitment.size {
            return .proofRefused
        }
        if answer.sample.allSatisfy(\.isWhitespace) { return .sampleMissing }
        guard samples.contains(answer.sampledAt) else { return .sampleOutside }
        guard CompanyCode(answer.owner) != nil else { return .ownerInvalid }
        guard isRegion(answer.region), !answer.place.allSatisfy(\.isWhitespace) else { return .placeMissing }
        return isCounted(answer.leaf.identifier) == false ? .notCounted : .good
    }
}
