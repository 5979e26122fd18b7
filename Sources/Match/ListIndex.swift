import Vocabulary

/// A list made ready to be asked: rows by code, by former and present name, by platform, and by pairs of characters for
/// near names. Built once a list; asking does not change it.
public struct ListIndex: Sendable {
    public let list: OfficialList
    let byCode: [CompanyCode: [Int]]
    /// Normalised company name → rows.
    let byName: [String: [Int]]
    /// Normalised former name that the list itself states → rows.
    let byFormerName: [String: [Int]]
    /// Rows whose code fails its checks, with the code's cleaned bytes.
    let damaged: [(row: Int, code: [UInt8])]
    let byPlatform: [String: [Int]]
    let names: [NormalisedName]
    /// Two neighbouring characters of a core → rows, ascending; pairs that too many rows share are left out.
    private let byPair: [UInt64: [Int]]

    public init(_ list: OfficialList) {
        self.list = list
        var byCode: [CompanyCode: [Int]] = [:]
        var byName: [String: [Int]] = [:]
        var byFormerName: [String: [Int]] = [:]
        var byPlatform: [String: [Int]] = [:]
        var damaged: [(row: Int, code: [UInt8])] = []
        var byPair: [UInt64: [Int]] = [:]
        var names: [NormalisedName] = []
        names.reserveCapacity(list.rows.count)
        for (index, row) in list.rows.enumerated() {
            if let code = row.code { byCode[code, default: []].append(index) }
            if let code = row.damagedCode { damaged.append((index, Array(CompanyCode.check(code).cleaned.utf8))) }
            let name = NormalisedName(company: row.company)
            names.append(name)
            if !name.isEmpty { byName[name.key, default: []].append(index) }
            for former in row.formerNames {
                let key = NormalisedName(company: former).key
                if !key.isEmpty, key != name.key { byFormerName[key, default: []].append(index) }
            }
            if let platform = row.platform {
                let key = NormalisedName(title: platform).key
                if !key.isEmpty { byPlatform[key, default: []].append(index) }
            }
            for pair in ListIndex.pairs(name.core) { byPair[pair, default: []].append(index) }
        }
        // A pair in more than one row of fifty says little about who it is ("technology", the province).
        let common = max(200, list.rows.count / 50)
        self.byCode = byCode
        self.byName = byName
        self.byFormerName = byFormerName
        self.byPlatform = byPlatform
        self.damaged = damaged
        self.byPair = byPair.filter { $0.value.count <= common }
        self.names = names
    }

    /// Rows whose names are like one of these: at least 0.6, best first, then in the order of the list.
    func near(_ wanted: [NormalisedName], count: Int) -> [(row: Int, similarity: Double)] {
        var shared: [Int: Int] = [:]
        for name in wanted {
            for pair in ListIndex.pairs(name.core) {
                for row in byPair[pair] ?? [] { shared[row, default: 0] += 1 }
            }
        }
        // Only the rows that share the most pairs are measured.
        let likely = shared.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(200)
        var measured: [(row: Int, similarity: Double)] = []
        for (row, _) in likely {
            let similarity = wanted.map { NameSimilarity.of($0, names[row]) }.max() ?? 0
            if similarity >= 0.6 { measured.append((row, similarity)) }
        }
        measured.sort { ($1.similarity, $0.row) < ($0.similarity, $1.row) }
        return Array(measured.prefix(count))
    }

    private static func pairs(_ core: [Unicode.Scalar]) -> Set<UInt64> {
        guard core.count > 1 else { return [] }
        return Set((1..<core.count).map { UInt64(core[$0 - 1].value) << 32 | UInt64(core[$0].value) })
    }
}
