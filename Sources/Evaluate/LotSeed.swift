import Trust
import Vocabulary

extension EvaluationRun {
    /// The seed of a round's lot: the first 8 bytes, most significant first, of SHA-256 over
    /// `lot:ROUND:SCHEME-DIGEST`.
    ///
    /// It is fixed when the round opens, before any value is known, so that nobody can compute again until the lot
    /// falls as wished; and anybody can draw it again.
    public static func lotSeed(round: RoundID, schemeDigest: Digest) -> UInt64 {
        let digest = Digest.sha256(of: Array("lot:\(round):\(schemeDigest.hex)".utf8))
        return digest.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
