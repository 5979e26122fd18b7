import Scheme
import Vocabulary

/// Makes what a platform hands in for its upload indicators.
struct UploadMaker {
    let field: DemonstrationField
    let platform: DemonstrationPlatform

    func cell(_ indicator: Indicator) -> UploadCell {
        let maker = ItemRows(field: field, platform: platform, indicator: indicator)
        if indicator.items.isEmpty {
            let declared = figures(indicator)
            let isEmpty = (declared[indicator.id.rawValue] ?? .zero) == .zero
            return UploadCell(
                indicator: indicator.id, declared: declared, typed: typed(declared, indicator), items: nil,
                evidence: isEmpty ? [] : documents(indicator, declared, maker),
                judgement: judgement(indicator, declared: declared))
        }
        let rows = (0..<maker.count).map(maker.row)
        let padded = platform.cheat == .boughtCodes && indicator.id == "companies-served"
        let table = padded ? bought(rows, indicator) : plain(rows, indicator)
        let declared = declared(rows, indicator, maker)
        return UploadCell(
            indicator: indicator.id, declared: declared,
            typed: rows.isEmpty ? declared : typed(declared, indicator), items: table,
            evidence: rows.isEmpty ? [] : documents(indicator, declared, maker),
            judgement: judgement(indicator, rows: rows, declared: declared, maker: maker, table: table))
    }

    // MARK: - Lists

    private func plain(_ rows: [[String: String]], _ indicator: Indicator) -> UploadCell.ItemTable? {
        guard !rows.isEmpty else { return nil }
        let columns = indicator.items.map(\.id)
        return UploadCell.ItemTable(
            columns: columns, rows: rows.map { row in columns.map { row[$0] ?? "" } }, accepted: rows.count,
            duplicates: 0, rejected: 0)
    }

    /// A list with bought codes: to every ten good rows four whose check character is wrong and two that repeat one.
    private func bought(_ rows: [[String: String]], _ indicator: Indicator) -> UploadCell.ItemTable? {
        guard var table = plain(rows, indicator), let code = table.columns.firstIndex(of: "code") else { return nil }
        let good = table.rows
        for (place, row) in good.enumerated() where !row[code].isEmpty {
            if place % 5 < 2 {
                var wrong = row
                let last = row[code].last == "1" ? "2" : "1"
                wrong[code] = String(row[code].dropLast()) + last
                table.rows.append(wrong)
                table.rejected += 1
            } else if place % 5 == 2 {
                table.rows.append(row)
                table.duplicates += 1
            }
        }
        return table
    }

    private func declared(
        _ rows: [[String: String]], _ indicator: Indicator, _ maker: ItemRows
    ) -> [String: ExactDecimal] {
        // Marks are given by experts, not declared.
        if isMarkedOnly(indicator) { return [:] }
        var values = ItemTally.values(rows, of: indicator)
        switch indicator.id {
        case "mlps-level": values["mlps-level.report"] = ExactDecimal(maker.hasSecurityReport ? 1 : 0)
        case "companies-served":
            values["companies-served.abroad"] = ExactDecimal((0..<rows.count).count(where: maker.isAbroad))
        default: break
        }
        return values
    }

    /// Figures beside the value, and the value itself where nothing else yields it.
    private func typed(_ declared: [String: ExactDecimal], _ indicator: Indicator) -> [String: ExactDecimal] {
        let isYielded = indicator.ratio != nil || indicator.rule == .allConditions || indicator.itemCount != nil
        return isYielded ? declared.filter { indicator.auxiliaryIDs.contains($0.key) } : declared
    }

    private func isMarkedOnly(_ indicator: Indicator) -> Bool {
        if case .mark = indicator.rule { return true }
        return false
    }

    // MARK: - Figures without a list

    private func figures(_ indicator: Indicator) -> [String: ExactDecimal] {
        let figures = platform.figures
        let id = indicator.id.rawValue
        let revenue = figures.revenueHundredths
        func money(_ hundredths: Int) -> ExactDecimal { ExactDecimal(coefficient: Int64(hundredths), places: 2) }
        switch id {
        case "core-talent-share":
            return [
                id: UploadMaker.percent(figures.talent, of: figures.employees),
                "\(id).employees": ExactDecimal(figures.employees),
            ]
        case "independent-operation":
            let isMain = figures.revenueSharePercent >= 50
            return [
                id: ExactDecimal(isMain ? 1 : 0), "\(id).legal-person": ExactDecimal(1),
                "\(id).main-business": ExactDecimal(isMain ? 1 : 0), "\(id).no-negative-list": ExactDecimal(1),
            ]
        case "platform-revenue":
            let related = Int(Mixing.hash(field.seed, "related/\(platform.index)") % 20)
            return [
                id: money(revenue), "\(id).related-party": money(revenue * related / 100),
                "\(id).resold-hardware": money(revenue / 12),
            ]
        case "financing-round":
            let drawn = Int(Mixing.hash(field.seed, "financing/\(platform.index)") % 100)
            let place = Int(figures.size * 60) + drawn
            return [id: ExactDecimal(place < 70 ? 0 : place < 100 ? 1 : place < 130 ? 2 : 3)]
        case "revenue-share":
            let service = revenue * 9 / 10
            let whole = max(service, revenue * 100 / figures.revenueSharePercent)
            return [
                id: UploadMaker.percent(service, of: whole), "\(id).service-revenue": money(service),
                "\(id).operator-revenue": money(whole),
            ]
        default:
            return indicator.valueIDs.reduce(into: [:]) { $0[$1] = .zero }
        }
    }

    /// Percent with two places, half up.
    static func percent(_ part: Int, of whole: Int) -> ExactDecimal {
        guard whole > 0 else { return .zero }
        return ExactDecimal(coefficient: Int64((part * 20_000 + whole) / (2 * whole)), places: 2)
    }
}
