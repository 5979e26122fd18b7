import Collect

/// The port's side of a round beside the push itself, one area a line.
public struct PortSide: Sendable {
    /// Keys whose signatures are believed; nil in tests of other things.
    public var signingKeys: (any SigningKeyStore)?

    public init(signingKeys: (any SigningKeyStore)? = nil) {
        self.signingKeys = signingKeys
    }

}
