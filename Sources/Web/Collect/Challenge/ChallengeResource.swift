import Collect
import Vocabulary

/// A commitment as the API shows it.
struct InventoryResource: Encodable, Sendable {
    let id: Int
    let size: Int
    let root: Digest
    let committedAt: Instant
    let logIndex: Int

    init(_ commitment: InventoryCommitment) {
        id = commitment.id
        size = commitment.size
        root = commitment.root
        committedAt = commitment.committedAt
        logIndex = commitment.logIndex
    }
}

/// A challenge as the API shows it: the draw, the leaves, and what the whole comes to.
struct ChallengeResource: Encodable, Sendable {
    struct Leaf: Encodable, Sendable {
        let ordinal: Int
        let place: Int
        let verdict: LeafVerdict?
        let identifier: String?
        let isHandedOver: Bool
        let isReal: Bool?
        let confirmations: Int
    }

    struct Outcome: Encodable, Sendable {
        let drawn: Int
        let good: Int
        let confidence: Double
        let answeredBound: Double
        let answeredDevices: Int
        let handedOver: Int
        let confirmed: Int
        let denied: Int
        let realBound: Double?
        let realDevices: Int?
    }

    let id: Int
    let inventory: InventoryResource
    let checkpointSize: Int
    let seed: Digest
    let drawnAt: Instant
    let dueAt: Instant
    let logIndex: Int
    let leaves: [Leaf]
    let outcome: Outcome

    init(_ challenge: Challenge, _ rules: ChallengeRules) {
        id = challenge.id
        inventory = InventoryResource(challenge.commitment)
        checkpointSize = challenge.checkpointSize
        seed = challenge.seed
        drawnAt = challenge.drawnAt
        dueAt = challenge.dueAt
        logIndex = challenge.logIndex
        leaves = challenge.leaves.map {
            Leaf(
                ordinal: $0.ordinal, place: $0.place, verdict: $0.verdict, identifier: $0.answer?.leaf.identifier,
                isHandedOver: $0.isHandedOver, isReal: $0.isReal, confirmations: $0.confirmations.count)
        }
        let sum = challenge.outcome(rules)
        outcome = Outcome(
            drawn: sum.drawn, good: sum.good, confidence: sum.confidence, answeredBound: sum.answeredBound,
            answeredDevices: sum.answeredDevices, handedOver: sum.handedOver, confirmed: sum.confirmed,
            denied: sum.denied, realBound: sum.realBound, realDevices: sum.realDevices)
    }
}
