/// How identifiers become 128-bit keys under a secret seed; see `docs/decisions/0006-keys-of-identifiers.md`.
public enum KeyFamily: Sendable, Hashable {
    /// SipHash-2-4: for keys that are kept, and so may be met again by someone who has seen what they led to.
    case pseudorandom
    /// Multilinear hashing: for one counting, whose seed is drawn after its input was written and dies with it. Two
    /// identifiers of up to 64 bytes have one key with a probability of 2^-128, whatever they are; several times as fast.
    case universal
}
