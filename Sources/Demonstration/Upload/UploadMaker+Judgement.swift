import Scheme
import Vocabulary

extension UploadMaker {
    /// How reviewers judge a list: what is struck out, what the sample shows, what is left.
    func judgement(
        _ indicator: Indicator, rows: [[String: String]], declared: [String: ExactDecimal], maker: ItemRows,
        table: UploadCell.ItemTable?
    ) -> UploadCell.Judgement {
        if rows.isEmpty {
            // Without a case nothing is left for the experts; the settlement of the marks makes it 0.
            let none = isOnlyMark(indicator) ? [] : indicator.valueIDs.filter { !isMark($0, indicator) }
            return UploadCell.Judgement(
                verified: none.reduce(into: [:]) { $0[$1] = .zero }, reason: "demo.verify.none", values: [:])
        }
        if isOnlyMark(indicator) {
            return UploadCell.Judgement(verified: [:], reason: "demo.verify.cases", values: ["count": "\(rows.count)"])
        }
        if indicator.id == "dcmm-level", let struck = struckCertificate(maker) { return struck }
        if indicator.isSampled { return sampled(indicator, rows: rows, declared: declared, table: table) }
        if indicator.id == "diagnosis-projects" { return ledger(indicator, declared: declared) }
        return UploadCell.Judgement(verified: declared, reason: "demo.verify.accepted", values: [:])
    }

    /// How reviewers judge a figure without a list.
    func judgement(_ indicator: Indicator, declared: [String: ExactDecimal]) -> UploadCell.Judgement {
        let id = indicator.id.rawValue
        let drawn = Mixing.hash(field.seed, "audit/\(platform.index)")
        if indicator.id == "platform-revenue", drawn % 11 == 0, let figure = declared[id] {
            // The audit report shows less: hardware resold was counted in.
            var verified = declared
            verified[id] = ExactDecimal(coefficient: figure.coefficient * 93 / 100, places: figure.places)
            return UploadCell.Judgement(
                verified: verified, reason: "demo.verify.audit", values: ["declared": figure.description])
        }
        if indicator.id == "core-talent-share" { return share(declared) }
        return UploadCell.Judgement(verified: declared, reason: "demo.verify.accepted", values: [:])
    }

    private func isOnlyMark(_ indicator: Indicator) -> Bool {
        if case .mark = indicator.rule { return true }
        return false
    }

    private func isMark(_ valueID: String, _ indicator: Indicator) -> Bool {
        indicator.parts.contains { $0.kind == .mark && "\(indicator.id).\($0.id)" == valueID }
    }

    private func struckCertificate(_ maker: ItemRows) -> UploadCell.Judgement? {
        switch platform.cheat {
        case .expiredCertificate:
            return UploadCell.Judgement(
                verified: ["dcmm-level": .zero], reason: "demo.verify.expired",
                values: ["until": field.cutOff.adding(days: -75).description, "cutOff": field.cutOff.description])
        case .foreignCertificate:
            return UploadCell.Judgement(
                verified: ["dcmm-level": .zero], reason: "demo.verify.holder",
                values: ["holder": maker.foreignHolder?.name ?? "", "operator": platform.operator.name])
        default: return nil
        }
    }

    /// Verified = what is left after duplicates and invalid codes × share of the drawn rows found good.
    private func sampled(
        _ indicator: Indicator, rows: [[String: String]], declared: [String: ExactDecimal],
        table: UploadCell.ItemTable?
    ) -> UploadCell.Judgement {
        let sample = sample(indicator, count: rows.count)
        let kept = ItemTally.values(rows, of: indicator)[indicator.id.rawValue] ?? .zero
        let exact = kept.rounded(places: indicator.valuePlaces).coefficient * Int64(sample.good)
        let divisor = Int64(sample.drawn)
        var verified = declared
        verified[indicator.id.rawValue] = ExactDecimal(
            coefficient: (exact * 2 + divisor) / (2 * divisor), places: indicator.valuePlaces)
        let struck = (table?.duplicates ?? 0) + (table?.rejected ?? 0)
        return UploadCell.Judgement(
            verified: verified, reason: struck > 0 ? "demo.verify.struck" : "demo.verify.sampled",
            values: [
                "drawn": "\(sample.drawn)", "good": "\(sample.good)", "rows": "\(rows.count)",
                "duplicates": "\(table?.duplicates ?? 0)", "invalid": "\(table?.rejected ?? 0)",
            ])
    }

    /// How many rows are drawn and how many of them are found good.
    func sample(_ indicator: Indicator, count: Int) -> (drawn: Int, good: Int) {
        guard count > 0 else { return (1, 1) }
        let large = indicator.points.value >= (field.scheme.sampling?.largeFrom.value ?? ExactDecimal(4))
        let whole = field.scheme.sampling?.wholeUpTo.value ?? 30
        let asked = large ? field.scheme.sampling?.drawLarge.value ?? 59 : field.scheme.sampling?.draw.value ?? 30
        let drawn = count <= whole ? count : min(count, asked)
        if platform.cheat == .boughtCodes, indicator.id == "companies-served" {
            return (drawn, drawn - drawn * 18 / 100)
        }
        let number = Mixing.hash(Mixing.hash(field.seed, "sample/\(indicator.id)"), UInt64(platform.index))
        let bad = [0, 0, 0, 0, 1, 0, 0, 2, 0, 3][Int(number % 10)]
        return (drawn, drawn > 10 ? drawn - bad : drawn)
    }

    /// The authority's own ledger knows one project in twenty fewer for one platform in six.
    private func ledger(_ indicator: Indicator, declared: [String: ExactDecimal]) -> UploadCell.Judgement {
        let id = indicator.id.rawValue
        let figure = declared[id] ?? .zero
        guard platform.index % 6 == 4 else {
            return UploadCell.Judgement(
                verified: declared, reason: "demo.verify.ledger", values: ["declared": figure.description])
        }
        let known = ExactDecimal(coefficient: figure.coefficient * 19 / 20, places: 0)
        return UploadCell.Judgement(
            verified: [id: known], reason: "demo.verify.ledger_fewer",
            values: ["declared": figure.description, "known": known.description])
    }

    /// The verified number of people with a graduate education ÷ the employees on the platform.
    private func share(_ declared: [String: ExactDecimal]) -> UploadCell.Judgement {
        guard let talent = field.scheme.indicator("core-talent") else {
            return UploadCell.Judgement(verified: declared, reason: "demo.verify.accepted", values: [:])
        }
        let people = platform.figures.talent
        let sample = sample(talent, count: people)
        let verified = (people * sample.good * 2 + sample.drawn) / (2 * sample.drawn)
        var values = declared
        values["core-talent-share"] = UploadMaker.percent(verified, of: platform.figures.employees)
        return UploadCell.Judgement(
            verified: values, reason: "demo.verify.share",
            values: ["people": "\(verified)", "employees": "\(platform.figures.employees)"])
    }
}
