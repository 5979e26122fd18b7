import Review
import Scheme
import Score
import Trust
import Vocabulary

/// Everything a result follows from, frozen before scoring: who scores these units by this scheme gets these digits.
public struct FrozenInputs: Sendable, Hashable {
    public let round: RoundID
    public let schemeDigest: Digest
    public let lotSeed: UInt64
    /// In the order of platform ids.
    public let units: [RatedUnit]

    public init(round: RoundID, schemeDigest: Digest, lotSeed: UInt64, units: [RatedUnit]) {
        self.round = round
        self.schemeDigest = schemeDigest
        self.lotSeed = lotSeed
        self.units = units
    }

    /// The inputs out of verified values alone; what is only declared is never scored.
    ///
    /// A cell without a verified value waits when something is owed for it: a port, list or registry has to answer,
    /// a step said so, or a declared value has not been judged yet. Otherwise nothing was handed in, and it is missing.
    public init(
        field: EvaluationField, verifications: [Verification], declared: Set<CellAddress>, waiting: Set<CellAddress>,
        lotSeed: UInt64
    ) {
        let byPlatform = Swift.Dictionary(grouping: verifications, by: \.cell.platform)
        let units = field.participations.map { participation in
            var unit = RatedUnit(id: participation.platform.rawValue, type: participation.type, values: [:])
            let verified = (byPlatform[participation.platform] ?? []).reduce(into: [:]) { $0[$1.cell.indicator] = $1 }
            for indicator in field.scheme.indicators {
                let cell = CellAddress(
                    round: field.round.id, platform: participation.platform, indicator: indicator.id)
                if let verification = verified[indicator.id] {
                    unit.take(verification, indicator, scale: field.round.portScale[indicator.id])
                } else if FrozenInputs.isOwed(indicator) || waiting.contains(cell) || declared.contains(cell) {
                    unit.waiting.insert(indicator.id)
                }
            }
            return unit
        }
        self.init(
            round: field.round.id, schemeDigest: field.scheme.digest, lotSeed: lotSeed,
            units: units.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) })
    }

    /// The same inputs with one cell verified otherwise; everything else stays frozen.
    public func taking(_ verification: Verification, of indicator: Indicator) -> FrozenInputs {
        var units = units
        guard let index = units.firstIndex(where: { $0.id == verification.cell.platform.rawValue }) else { return self }
        for id in indicator.valueIDs + indicator.auxiliaryIDs { units[index].values[id] = nil }
        units[index].evidence[indicator.id] = nil
        units[index].portScales[indicator.id] = nil
        units[index].waiting.remove(indicator.id)
        units[index].take(verification, indicator, scale: nil)
        return FrozenInputs(round: round, schemeDigest: schemeDigest, lotSeed: lotSeed, units: units)
    }

    /// The same inputs without a platform that takes no part any more.
    public func without(_ platform: PlatformID) -> FrozenInputs {
        FrozenInputs(
            round: round, schemeDigest: schemeDigest, lotSeed: lotSeed,
            units: units.filter { $0.id != platform.rawValue })
    }

    /// Ports, lists and registries always owe an answer, if only that there is nothing.
    private static func isOwed(_ indicator: Indicator) -> Bool {
        switch indicator.mode {
        case .port, .list, .registry: true
        case .upload, .given: false
        }
    }

    /// SHA-256 of the canonical bytes.
    public var digest: Digest { Digest.sha256(of: bytes) }
    /// Canonical JSON (RFC 8785); values are strings with their exact digits.
    public var bytes: [UInt8] { json.bytes }
    /// How many cells wait.
    public var waitingCount: Int { units.reduce(0) { $0 + $1.waiting.count } }
}

extension RatedUnit {
    /// Takes a verified cell in.
    fileprivate mutating func take(_ verification: Verification, _ indicator: Indicator, scale: Int?) {
        for (id, value) in verification.values { values[id] = ScoreValue(value) }
        guard indicator.mode == .port else { return }
        if let level = verification.evidenceLevel {
            evidence[indicator.id] = CellEvidence(
                level: level, isRaised: level == .declared && verification.basis == .reviewed,
                completeness: verification.completeness?.doubleValue ?? 1)
        }
        if let scale, scale > 1, verification.basis == .counted { portScales[indicator.id] = ExactDecimal(scale) }
    }
}
