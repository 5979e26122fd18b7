import Vocabulary

/// What a permission is asked on: the whole installation, or a platform with its operator and region.
public enum Scope: Sendable, Hashable {
    /// Nothing in particular: a round, the lists, the accounts.
    case installation
    /// A platform or anything below it.
    /// - company: The unified social credit code of the operator.
    /// - region: The county-level or city-level region that the operator lies in.
    /// - assigned: The verifiers it is assigned to; nil where the round assigns nobody in particular, and every verifier
    ///   is meant.
    /// - experts: The experts that may open something of it; nil where the round has drawn none, and every expert is
    ///   meant.
    case platform(
        company: String, region: RegionCode?, assigned: Set<AccountID>? = nil, experts: Set<AccountID>? = nil)
}
