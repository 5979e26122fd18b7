import Collect

/// The port's side of a round beside the push itself, one area a line.
public struct PortSide: Sendable {
    /// Keys whose signatures are believed; nil in tests of other things.
    public var signingKeys: (any SigningKeyStore)?
    /// Commitments, challenges and confirmations; nil in tests of other things.
    public var challenges: (any ChallengeStore)?

    public init(signingKeys: (any SigningKeyStore)? = nil, challenges: (any ChallengeStore)? = nil) {
        self.signingKeys = signingKeys
        self.challenges = challenges
    }
}
