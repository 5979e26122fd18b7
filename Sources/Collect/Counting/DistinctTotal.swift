/// The keys of one worker that has ended.
///
/// Safe because nobody changes the keys any more: workers only read them.
final class FinishedKeys: @unchecked Sendable {
    let keys: KeyGroups
    let names: [CountGroup]
    let spill: any KeySpill

    init(_ keys: consuming KeyGroups, names: [CountGroup], spill: any KeySpill) {
        self.keys = keys
        self.names = names
        self.spill = spill
    }
}

/// Joins the parts of several workers: every group is counted piece by piece of the key space, each by itself, so that
/// pieces can be shared out again.
public struct DistinctTotal: Sendable {
    private struct Source {
        var part: Int
        var index: Int
    }

    private struct Piece {
        var group: Int
        var part: Int
    }

    private let parts: [FinishedKeys]
    private let names: [CountGroup]
    private let records: [Int]
    private let sources: [[Source]]
    private let pieces: [Piece]

    public init(_ parts: [DistinctCounter.Part]) {
        self.parts = parts.map(\.keys)
        var sources: [CountGroup: [Source]] = [:]
        for (part, finished) in self.parts.enumerated() {
            for (index, name) in finished.names.enumerated() {
                sources[name, default: []].append(Source(part: part, index: index))
            }
        }
        let names = sources.keys.sorted()
        let finished = self.parts
        self.names = names
        self.sources = names.map { sources[$0] ?? [] }
        self.records = self.sources.map { $0.reduce(0) { $0 + finished[$1.part].keys.groups[$1.index].records } }
        self.pieces = self.sources.enumerated().flatMap { group, sources in
            let isDivided = sources.contains { DistinctTotal.isDivided(finished[$0.part].keys, $0.index) }
            let parts = isDivided ? Array(0..<KeyGroups.parts) : [KeyGroups.mixed]
            return parts.map { Piece(group: group, part: $0) }
        }
    }

    private static func isDivided(_ keys: borrowing KeyGroups, _ index: Int) -> Bool {
        keys.groups[index].mask != 0 || keys.spilled[index]?.contains { $0.part != KeyGroups.mixed } == true
    }

    /// How many pieces there are to count.
    public var count: Int { pieces.count }

    /// Counts the pieces that `next` names until it names none; answers different identifiers by group.
    /// - Throws: what the spill throws.
    public func distinct(_ next: () -> Int?) throws -> [Int] {
        var sums = [Int](repeating: 0, count: names.count)
        var tally = KeyTally()
        var keys: [RecordKey] = []
        while let index = next() {
            let piece = pieces[index]
            keys.removeAll(keepingCapacity: true)
            for source in sources[piece.group] { try gather(source, part: piece.part, into: &keys) }
            let shared = piece.part == KeyGroups.mixed ? 0 : KeyGroups.partBits
            sums[piece.group] += keys.withUnsafeMutableBufferPointer { tally.unique($0, sharing: shared) }
        }
        return sums
    }

    private func gather(_ source: Source, part: Int, into keys: inout [RecordKey]) throws {
        let finished = parts[source.part]
        finished.keys.gather(source.index, part: part, into: &keys)
        for piece in finished.keys.spilled[source.index] ?? [] {
            guard piece.part == part || piece.part == KeyGroups.mixed || part == KeyGroups.mixed else { continue }
            let read = try [RecordKey](unsafeUninitializedCapacity: piece.count) { buffer, count in
                try finished.spill.read(
                    at: piece.place, into: UnsafeMutableBufferPointer(rebasing: buffer[..<piece.count]))
                count = piece.count
            }
            if piece.part == part {
                keys.append(contentsOf: read)
            } else {
                keys.append(contentsOf: read.lazy.filter { KeyGroups.part(of: $0) == part })
            }
        }
    }

    /// All groups, sorted by platform, kind and period, from what the workers counted.
    public func counts(_ sums: [[Int]]) -> [GroupCount] {
        names.indices.map { index in
            GroupCount(
                group: names[index], records: records[index], distinct: sums.reduce(0) { $0 + $1[index] })
        }
    }
}

extension DistinctCounter {
    /// All parts as one, sorted by platform, kind and period; counted by the caller alone.
    /// - Throws: what the spill throws.
    public static func total(_ parts: [Part]) throws -> [GroupCount] {
        let total = DistinctTotal(parts)
        var next = 0
        let sums = try total.distinct {
            next += 1
            return next <= total.count ? next - 1 : nil
        }
        return total.counts([sums])
    }
}
