import Access
import Review
import Scheme
import Submit
import Vocabulary

/// A list in its verification by sample, as the API shows it.
struct SampledListResource: Encodable, Sendable {
    struct Drawing: Encodable, Sendable {
        let checkpointSize: Int
        let seed: Digest
        let logIndex: Int
        let at: Instant
        let dueDay: CivilDay
    }
    struct Result: Encodable, Sendable {
        let value: String
        let declared: ExactDecimal
        let verified: ExactDecimal
        let lowerBound: ExactDecimal
    }

    let platform: PlatformID
    let name: String
    let indicator: IndicatorID
    let number: Int
    let stage: SampledList.Stage
    let listVersion: Int
    let list: Digest
    let rowCount: Int
    let struckCount: Int
    let frozenAt: Instant
    let freezeIndex: Int
    let drawing: Drawing?
    let drawn: Int
    let proved: Int
    /// Judged rows; absent for the company before the results are told.
    let good: Int?
    let bad: Int?
    let sharePercent: ExactDecimal?
    let needsDecision: Bool?
    let results: [Result]?
    let outcome: SampledList.Outcome?
    let mayDraw: Bool
    let mayProve: Bool
    let mayJudge: Bool
    let maySettle: Bool
    let version: Int

    init(_ list: SampledList, _ owner: Participation, _ indicator: Indicator, _ access: SamplingAccess) {
        let principal = access.principal
        let stage = access.stage(list)
        let seesJudgements = access.seesJudgements(of: owner)
        platform = list.cell.platform
        name = owner.name
        self.indicator = list.cell.indicator
        number = indicator.number
        self.stage = !seesJudgements && stage.isAfterProof ? .judging : stage
        listVersion = list.listVersion
        self.list = list.digest
        rowCount = list.rowCount
        struckCount = list.struckCount
        frozenAt = list.frozenAt
        freezeIndex = list.freezeIndex
        drawing = list.drawing.map {
            .init(
                checkpointSize: $0.checkpointSize, seed: $0.seed, logIndex: $0.logIndex, at: $0.at, dueDay: $0.dueDay)
        }
        drawn = list.tally.drawn
        proved = list.tally.proved
        good = seesJudgements ? list.tally.good : nil
        bad = seesJudgements ? list.tally.bad : nil
        let results = seesJudgements && list.drawing != nil ? access.results(list, indicator) : [:]
        sharePercent = results.values.first?.sharePercent
        needsDecision = results.values.first?.needsDecision
        self.results =
            seesJudgements
            ? results.sorted { $0.key < $1.key }.map {
                Result(
                    value: $0.key, declared: list.figures[$0.key] ?? .zero, verified: $0.value.verified,
                    lowerBound: $0.value.lowerBound)
            } : nil
        outcome = seesJudgements ? list.outcome : nil
        mayDraw = list.drawing == nil && principal.may(.runSampling)
        mayProve = stage == .asked && principal.may(.declareCell, on: owner.scope)
        mayJudge =
            [.asked, .judging, .judged].contains(stage) && principal.hasSomewhere(.judgeSample)
        maySettle = stage == .judged && principal.may(.runSampling)
        version = list.version
    }
}

extension SampledList.Stage {
    /// What a company is not told before the results are.
    var isAfterProof: Bool { [.judged, .proposed, .settled].contains(self) }
}

/// Everything that is needed to repeat a draw.
struct SampleDrawResource: Encodable, Sendable {
    struct Stratum: Encodable, Sendable {
        let name: String
        /// Row numbers in short writing: `2-15,17`.
        let rows: String
        let rowCount: Int
        let drawnCount: Int
    }

    /// What the seed is joined with: `ROUND/PLATFORM/INDICATOR`.
    let name: String
    let list: Digest
    let freezeIndex: Int
    let checkpointSize: Int
    let seed: Digest
    let count: Int
    let strata: [Stratum]
    /// The drawn rows' numbers in short writing.
    let drawn: String
}

/// One drawn row, as the API shows it.
struct DrawnRowResource: Encodable, Sendable {
    struct Proof: Encodable, Sendable {
        let digest: Digest
        let name: String
        let type: EvidenceType
        let size: Int
        let at: Instant
    }

    let platform: PlatformID
    let indicator: IndicatorID
    let row: Int
    let stratum: String
    let office: RegionCode
    /// Field id → value, personal fields masked.
    let fields: [String: String]
    let proofs: [Proof]
    /// Absent while nobody has judged it, and for the company before the results are told.
    let judgement: SampleJudgement?
    let mayJudge: Bool
    let version: Int

    init(
        _ row: DrawnRow, _ owner: Participation, _ indicator: Indicator, fields: [String: String],
        proofs: [EvidenceFile], _ access: SamplingAccess
    ) {
        platform = row.cell.platform
        self.indicator = row.cell.indicator
        self.row = row.number
        stratum = row.stratum
        office = row.office
        let isOwn = access.principal.company == owner.company.code.text
        self.fields = isOwn ? fields : PersonalFields(indicator).masked(fields)
        self.proofs = proofs.filter { $0.requirement == row.requirement }.map {
            .init(digest: $0.digest, name: $0.name, type: $0.type, size: $0.size, at: $0.at)
        }
        judgement = access.seesJudgements(of: owner) ? row.judgement : nil
        mayJudge = access.principal.may(.judgeSample, on: owner.rowScope(row.office))
        version = access.seesJudgements(of: owner) ? row.judgement?.version ?? 0 : 0
    }
}

/// Fields of a list that tell of a person, masked for everybody but the company itself.
struct PersonalFields: Sendable {
    private let ids: Set<String>

    init(_ indicator: Indicator) { ids = indicator.personalFields }

    func masked(_ fields: [String: String]) -> [String: String] {
        fields.reduce(into: [:]) { shown, field in
            shown[field.key] = ids.contains(field.key) ? PersonalMask.masked(field.value) : field.value
        }
    }
}

extension SamplingAccess {
    /// Judgements are hidden from the company until its results are told; everybody else who reads samples sees them.
    func seesJudgements(of owner: Participation) -> Bool {
        CellAccess(round: round, scheme: scheme, participation: owner, principal: principal, now: now).seesVerified
    }

    /// The result of each figure of a list whose rows are all judged; empty before.
    func results(_ list: SampledList, _ indicator: Indicator) -> [String: SampleResult] {
        guard let rules, list.tally.open == 0, list.tally.drawn > 0 else { return [:] }
        return list.figures.keys.reduce(into: [:]) { all, id in
            all[id] = try? list.result(of: id, places: indicator.places(of: id), rules: rules)
        }
    }
}

extension Indicator {
    /// Digits after the point of one of the indicator's values.
    func places(of value: String) -> Int {
        parts.first { "\(id).\($0.id)" == value }?.valuePlaces ?? valuePlaces
    }
}
