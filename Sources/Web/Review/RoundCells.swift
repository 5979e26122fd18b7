import Review
import Scheme
import Submit
import Vocabulary

/// Everything the authority's pages say about the cells of a round, read once.
struct RoundCells: Sendable {
    let round: Round
    let scheme: IndicatorScheme
    let participations: [Participation]
    let declarations: [CellAddress: Declaration]
    let verifications: [CellAddress: Verification]
    let returns: [CellAddress: CellReturn]
    /// What the platforms' own summaries say of the port indicators.
    let portDeclared: [PlatformID: [IndicatorID: ExactDecimal]]

    /// How a cell reads on the heat table.
    enum Kind: String, Sendable, CaseIterable {
        case verified, submitted, declared, returned, waiting, alert, blank

        var sign: String {
            switch self {
            case .verified: "●"
            case .submitted: "○"
            case .declared: "◌"
            case .returned: "↩"
            case .waiting: "…"
            case .alert: "!"
            case .blank: "·"
            }
        }
    }

    init(
        round: Round, scheme: IndicatorScheme, participations: [Participation], declarations: [Declaration],
        verifications: [Verification], returns: [CellReturn],
        portDeclared: [PlatformID: [IndicatorID: ExactDecimal]] = [:]
    ) {
        self.portDeclared = portDeclared
        self.round = round
        self.scheme = scheme
        self.participations = participations
        self.declarations = declarations.reduce(into: [:]) { $0[$1.cell] = $1 }
        self.verifications = verifications.reduce(into: [:]) { $0[$1.cell] = $1 }
        self.returns = returns.reduce(into: [:]) { all, one in
            if let other = all[one.cell], other.at > one.at { return }
            all[one.cell] = one
        }
    }

    func address(_ platform: PlatformID, _ indicator: IndicatorID) -> CellAddress {
        CellAddress(round: round.id, platform: platform, indicator: indicator)
    }

    func kind(_ participation: Participation, _ indicator: Indicator) -> Kind {
        let cell = address(participation.platform, indicator.id)
        if deviates(cell, indicator) { return .alert }
        let owes = indicator.mode != .upload && indicator.mode != .given
        let state = CellState.of(
            declaredVersion: declarations[cell]?.version,
            isSubmitted: !participation.submission.isEditableByCompany, returned: returns[cell],
            verification: verifications[cell], awaitsOutside: owes && !participation.submission.isEditableByCompany)
        switch state {
        case .blank: return .blank
        case .declared: return .declared
        case .submitted: return .submitted
        case .returned: return .returned
        case .verified: return .verified
        case .waiting: return .waiting
        }
    }

    /// Declared against counted beyond the scheme's tolerance.
    func deviates(_ cell: CellAddress, _ indicator: Indicator) -> Bool {
        guard let tolerance = scheme.evidenceWorth?.deviationTolerance.value, indicator.parts.isEmpty,
            let stated = portDeclared[cell.platform]?[indicator.id]?.doubleValue, stated > 0,
            let rows = verifications[cell]?.values[indicator.id.rawValue]?.doubleValue,
            verifications[cell]?.basis == .counted
        else { return false }
        let counted = rows
        return abs(counted - stated) / stated > tolerance
    }

    func declaredFigure(_ cell: CellAddress, _ indicator: Indicator, _ language: Language) -> Figure? {
        if let stated = portDeclared[cell.platform]?[indicator.id] {
            return Figure(stated, unit: indicator.unit[language], language)
        }
        return figure(declarations[cell]?.values, indicator, language)
    }

    /// The indicator's own figure, or the sum of its parts.
    func figure(_ values: [String: ExactDecimal]?, _ indicator: Indicator, _ language: Language) -> Figure? {
        guard let values else { return nil }
        if let own = values[indicator.id.rawValue] { return Figure(own, unit: indicator.unit[language], language) }
        let parts = indicator.parts.compactMap { part in values["\(indicator.id).\(part.id)"].map { ($0, part) } }
        guard let first = parts.first else { return nil }
        let sameUnit = parts.filter { $0.1.unit == first.1.unit }
        let sum = sameUnit.dropFirst().reduce(first.0) { $0 + $1.0 }
        return Figure(sum, unit: first.1.unit[language], language)
    }
}
