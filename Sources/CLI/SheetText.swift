import Score
import Vocabulary
import Wording

/// One unit's score sheet as plain text: every line with its formula and what it means.
struct SheetText {
    let unit: UnitScore
    let catalogue: Catalogue

    private var language: Language { catalogue.language }

    func text() -> String {
        var out = catalogue.text("score.sheet_title", ["unit": unit.unit]) + "\n"
        for section in unit.sheet.sections {
            out += "\n" + head(section.title, section.points, section.full) + "\n"
            for group in section.groups {
                out += "  " + head(group.title, group.points, group.full) + "\n"
                for line in group.indicators { out += self.line(line) }
            }
            if section.capped > .zero {
                let values = ["sum": section.beforeCap.description, "points": section.points.description]
                out += "  " + catalogue.text("score.sheet_capped", values) + "\n"
            }
        }
        return out + "\n" + total() + "\n"
    }

    private func head(_ title: LocalizedText, _ points: ExactDecimal, _ full: ExactDecimal) -> String {
        let values = ["title": title[language], "points": points.description, "full": full.description]
        return catalogue.text("score.sheet_group", values)
    }

    private func line(_ line: IndicatorScore) -> String {
        let values = [
            "number": "\(line.number)", "title": line.title[language], "points": line.points.description,
            "full": line.full.description,
        ]
        var out = "    " + catalogue.text("score.sheet_line", values) + "\n"
        if line.state == .scored { out += "      \(line.formula)\n" }
        for sentence in line.sentences {
            out += "      " + catalogue.text(sentence.code, sentence.values(in: language)) + "\n"
        }
        return out
    }

    private func total() -> String {
        guard let total = unit.total, let plain = unit.totalWithoutBonus else {
            return catalogue.text("score.sheet_unrated")
        }
        let rank = unit.rank.map(String.init) ?? "–"
        return catalogue.text(
            "score.sheet_total", ["total": total.description, "plain": plain.description, "rank": rank])
    }
}
