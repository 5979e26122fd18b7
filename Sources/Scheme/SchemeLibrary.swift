import Vocabulary

/// The schemes that an installation knows, by id and by the digest of the file's bytes.
public protocol SchemeLibrary: Sendable {
    /// The newest reading of every scheme, in the order of their ids.
    func schemes() async throws -> [IndicatorScheme]
    /// The newest reading of one scheme.
    func scheme(_ id: SchemeID) async throws -> IndicatorScheme?
    /// Exactly the version with that digest: what a round is judged by, whatever came later.
    func scheme(digest: Digest) async throws -> IndicatorScheme?
    /// The file's bytes.
    func file(digest: Digest) async throws -> [UInt8]?
}
