import Review
import Scheme
import Score
import Vocabulary
import Wording

extension PlatformPageBuilder {
    /// The score sheet, section by section.
    func sheet() -> [PlatformPage.SheetSection] {
        let plain = unitsWithoutEvidence()
        let declaredSheet = declared.isEmpty ? nil : scored(declared.mapValues(ScoreValue.init), evidence: [:])
        return unit.sheet.sections.enumerated().map { index, section in
            PlatformPage.SheetSection(
                n: "\(index + 1)", title: section.title[language], points: "\(section.points)",
                of: FigureFormat.trimmed(cap(section)),
                groups: section.groups.map { group in
                    PlatformPage.SheetGroup(
                        title: group.title[language], points: "\(group.points)",
                        of: FigureFormat.trimmed(group.full),
                        rows: group.indicators.map { line in
                            let bars = (declaredSheet?.indicator(line.id), plain?.indicator(line.id))
                            return row(line, section: index + 1, declared: bars.0, verified: bars.1)
                        })
                })
        }
    }

    /// The verified values scored with every evidence factor at one: how far each value lies towards its limit.
    private func unitsWithoutEvidence() -> ScoreSheet? {
        var values: [String: ScoreValue] = [:]
        for line in unit.sheet.indicators {
            for value in line.values { if let figure = value.value { values[value.id] = figure } }
        }
        return scored(values, evidence: [:])
    }

    private func scored(_ values: [String: ScoreValue], evidence: [IndicatorID: CellEvidence]) -> ScoreSheet? {
        let alone = RatedUnit(id: unit.unit, type: unit.type, values: values, evidence: evidence)
        return ScoreEngine(scheme: scheme).score([alone]).units.first?.sheet
    }

    private func row(
        _ line: IndicatorScore, section: Int, declared declaredLine: IndicatorScore?, verified plain: IndicatorScore?
    ) -> SheetRow {
        let indicator = scheme.indicator(line.id)
        let verification = verifications[line.id]
        // What stands beside the value (a split by cloud, the conditions behind a yes) is shown below, never added in.
        let own = Set(indicator?.valueIDs ?? [])
        let values = line.values.filter { own.contains($0.id) }
        let stated = figure(values.map { (declared[$0.id], $0.unit[language]) }, of: indicator)
        let counted = figure(
            values.map { ($0.value.flatMap { ExactDecimal($0.text) }, $0.unit[language]) }, of: indicator)
        return SheetRow(
            id: line.id.rawValue, number: "\(line.number)", n: "\(section)", title: line.title[language],
            state: state(line), declared: sight.values ? stated : nil, verified: sight.values ? counted : nil,
            bar: sight.values ? bar(line, stated == nil ? nil : declaredLine, counted == nil ? nil : plain) : nil,
            ring: verification?.evidenceLevel.map { EvidenceRing($0, language) }, points: "\(line.points)",
            of: FigureFormat.trimmed(line.full), sentence: sentences(line.sentences),
            formula: sight.values && !line.formula.isEmpty ? "\(line.formula) → \(line.points)" : nil,
            limits: limits(line), parts: sight.values ? parts(line) : [],
            factors: line.factors.isEmpty ? nil : sentences(line.factors.map(\.sentence)),
            evidence: verification.map { basis($0) },
            verifiedBy: verification.map { verifiedBy($0) },
            reason: verification.flatMap { $0.reason.isEmpty ? nil : $0.reason },
            definition: indicator?.definition[language] ?? "",
            proof: verification?.logIndex.map { ProofChip(index: Int($0)) },
            methodHref: "/rounds/\(result.round.id)/method#\(line.id)")
    }

    private func sentences(_ list: [Sentence]) -> String {
        list.map { catalogue.text($0.code, $0.values(in: language)) }
            .joined(separator: catalogue.text("web.list.space"))
    }

    /// One figure for the row: the value in the scheme's digits, the name of the step it reached, yes or no; the sum of
    /// parts of one unit, or the first part that is there.
    private func figure(_ values: [(value: ExactDecimal?, unit: String)], of indicator: Indicator?) -> Figure? {
        let there = values.compactMap { item in item.value.map { ($0, item.unit) } }
        guard let first = there.first else { return nil }
        if let words = indicator?.rule.words(for: first.0, in: language, catalogue) { return Figure(text: words) }
        let sum = there.allSatisfy { $0.1 == first.1 } ? there.dropFirst().reduce(first.0) { $0 + $1.0 } : first.0
        let places = min(sum.places, indicator?.valuePlaces ?? sum.places)
        return Figure(sum.rounded(places: places), unit: first.1, language)
    }

    private func parts(_ line: IndicatorScore) -> [SheetRow.Part] {
        guard line.values.count > 1 else { return [] }
        return line.values.map { value in
            let text = value.value.map { "\($0.text) \(value.unit[language])" } ?? catalogue.text("web.sheet.none")
            return SheetRow.Part(title: value.title[language], text: text)
        }
    }

    private func state(_ line: IndicatorScore) -> StateWord? {
        switch line.state {
        case .waiting: return StateWord("…", catalogue.text("web.cell_state.waiting"), .watch)
        case .missing: return StateWord("·", catalogue.text("web.cell_state.blank"), .plain)
        case .excluded: return StateWord("–", catalogue.text("web.cell_state.excluded"), .plain)
        case .scored:
            guard sight.values, let share = deviation(line), let worth = scheme.evidenceWorth,
                abs(share) > worth.deviationTolerance.value
            else { return nil }
            let percent = FigureFormat.trimmedText(worth.deviationTolerance.value * 100)
            return StateWord("▲", catalogue.text("web.cell_state.deviates", ["percent": percent]), .watch)
        }
    }

    /// Verified against declared, as a share of declared; nil where either is missing or there are several figures.
    private func deviation(_ line: IndicatorScore) -> Double? {
        guard line.values.count == 1, let value = line.values.first, let counted = value.value?.number,
            let stated = declared[value.id]?.doubleValue, stated > 0
        else { return nil }
        return (counted - stated) / stated
    }

    private func bar(_ line: IndicatorScore, _ stated: IndicatorScore?, _ counted: IndicatorScore?) -> BalanceBar {
        func share(_ other: IndicatorScore?) -> Double? {
            guard let other, other.full > .zero else { return nil }
            return other.unrounded / other.full.doubleValue
        }
        let values = [
            "declared": share(stated).map(BalanceBar.percent) ?? catalogue.text("web.sheet.none"),
            "verified": share(counted).map(BalanceBar.percent) ?? catalogue.text("web.sheet.none"),
        ]
        return BalanceBar(
            declared: share(stated), verified: share(counted), sentence: say("balance_sentence", values))
    }

    private func limits(_ line: IndicatorScore) -> String? {
        guard let limits = line.limits else { return nil }
        let ours = limits.floor.origin == .default || limits.target.origin == .default
        let values = [
            "floor": FigureFormat.grouped(FigureFormat.trimmedText(limits.floor.value)),
            "target": FigureFormat.grouped(FigureFormat.trimmedText(limits.target.value)),
            "unit": line.unit[language], "full": FigureFormat.trimmed(line.full),
        ]
        return say(ours ? "limits_ours" : "limits", values)
    }

    private func basis(_ verification: Verification) -> String {
        let text = catalogue.text("web.basis.\(verification.basis.rawValue)")
        guard let completeness = verification.completeness else { return text }
        let percent = FigureFormat.trimmedText(completeness.doubleValue * 100)
        return say("basis_completeness", ["basis": text, "percent": percent])
    }

    private func verifiedBy(_ verification: Verification) -> String {
        let moments = MomentFormat(zoneName: scheme.zone, language)
        return say("verified_by", ["who": verification.by.rawValue, "at": moments.minute(verification.at)])
    }
}

extension Rule {
    /// The words for a value that is no quantity: yes or no, or the title of the step it reached.
    fileprivate func words(for value: ExactDecimal, in language: Language, _ catalogue: Catalogue) -> String? {
        switch self {
        case .allConditions: return catalogue.text(value == .zero ? "web.sheet.no" : "web.sheet.yes")
        case .highestOnly(let steps), .tiers(let steps):
            return steps.last { $0.at.value <= value.doubleValue && $0.title != nil }?.title?[language]
        default: return nil
        }
    }
}
