import Trust
import Vocabulary

/// Which leaves of a committed inventory are asked for: drawn from public randomness that was fixed after the
/// commitment, so that neither side could choose.
public enum LeafDraw {
    /// The seed: SHA-256 of the text `heng/challenge/1`, the root of the checkpoint and the committed root, each on a
    /// line, hexadecimal.
    ///
    /// - Parameters:
    ///   - checkpoint: The root of a log checkpoint that contains the commitment.
    ///   - commitment: The committed root, so that two platforms challenged from one checkpoint get different leaves.
    public static func seed(checkpoint: Digest, commitment: Digest) -> Digest {
        Digest.sha256(of: "heng/challenge/1\n\(checkpoint.hex)\n\(commitment.hex)\n".utf8)
    }

    /// `count` different places below `size`, in the order drawn; all of them, ascending, when there are no more.
    ///
    /// The i-th number (i = 0, 1, 2 …) is the first eight bytes, big-endian, of SHA-256 over the seed's hexadecimal
    /// text, a slash and i; numbers at or above the largest multiple of `size` below 2^64 are passed over, so that
    /// every place is equally likely; so are places already drawn. Costs the same for ten thousand or a hundred million.
    public static func places(_ count: Int, of size: Int, seed: Digest) -> [Int] {
        guard size > 0, count > 0 else { return [] }
        guard count < size else { return Array(0..<size) }
        let bound = UInt64(size)
        let limit = UInt64.max - (UInt64.max % bound + 1) % bound
        var drawn: [Int] = []
        var seen: Set<Int> = []
        var i = 0
        while drawn.count < count {
            let hash = Digest.sha256(of: "\(seed.hex)/\(i)".utf8)
            i += 1
            let number = hash.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard number <= limit else { continue }
            let place = Int(number % bound)
            if seen.insert(place).inserted { drawn.append(place) }
        }
        return drawn
    }
}
