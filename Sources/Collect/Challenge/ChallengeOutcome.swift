import Vocabulary

/// What a challenge and its confirmations say, and what they do not.
///
/// E3 says that the list was fixed before the draw and that a share of at least `answeredBound` of it can be answered
/// for. A simulator answers as well as a machine: no number of answers is proof that devices exist. E4 rests on somebody
/// else than the sender: of `confirmed` and `denied` leaves the bound says what share of the list is real, trusting
/// those who confirmed.
public struct ChallengeOutcome: Sendable, Hashable {
    /// Leaves asked for, and identifiers in the list they were drawn from.
    public var drawn: Int
    public var size: Int
    /// Answered for; all others were refused or not answered.
    public var good: Int
    /// Leaves given to confirmation, those confirmed by an owner, a clerk or a verifier, and those denied.
    public var handedOver: Int
    public var confirmed: Int
    public var denied: Int
    public var confidence: Double

    public init(
        drawn: Int, size: Int, good: Int, handedOver: Int, confirmed: Int, denied: Int, confidence: Double = 0.95
    ) {
        self.drawn = drawn
        self.size = size
        self.good = good
        self.handedOver = handedOver
        self.confirmed = confirmed
        self.denied = denied
        self.confidence = confidence
    }

    /// At least this share of the list can be answered for; one-sided. Whoever does not answer counts as bad.
    public var answeredBound: Double {
        drawn == size && good == drawn
            ? 1 : ClopperPearson.lowerBound(good: good, drawn: drawn, confidence: confidence)
    }

    /// At least this share of the list is real, if those who confirmed say the truth; nil until every leaf handed over
    /// has an answer. 30 of 30 give 0.905.
    public var realBound: Double? {
        guard handedOver > 0, confirmed + denied == handedOver else { return nil }
        return ClopperPearson.lowerBound(good: confirmed, drawn: handedOver, confidence: confidence)
    }

    /// What the bounds come to in devices, rounded down.
    public var answeredDevices: Int { Int((answeredBound * Double(size)).rounded(.down)) }
    public var realDevices: Int? { realBound.map { Int(($0 * Double(size)).rounded(.down)) } }
}
