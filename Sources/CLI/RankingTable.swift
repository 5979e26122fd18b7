import Foundation
import Scheme
import Score
import Vocabulary
import Wording

/// A scored field as a table for people, best first, and the limited list below it.
struct RankingTable {
    let scheme: IndicatorScheme
    let field: ScoreField
    let catalogue: Catalogue

    func text() -> String {
        let words = ["rank", "unit", "type", "total", "grade", "rank_in_type"]
        var header = words.map { catalogue.text("score.column_\($0)") }
        header += scheme.sections.map { $0.title[catalogue.language] }
        var rows = [header]
        for unit in field.byRank {
            let grade = scheme.grades.first { $0.id == unit.grade }?.title[catalogue.language]
            rows.append(
                [
                    unit.rank.map(String.init) ?? "–", unit.unit, unit.type ?? "",
                    unit.total?.description ?? catalogue.text("score.sheet_unrated"), grade ?? "",
                    unit.rankInType.map(String.init) ?? "",
                ] + unit.sheet.sections.map { unit.total == nil ? "" : $0.points.description })
        }
        return aligned(rows) + limitedList()
    }

    private func limitedList() -> String {
        guard !field.limitedList.isEmpty else { return "" }
        var out = "\n" + catalogue.text("score.limited_list", ["count": "\(field.limitedList.count)"]) + "\n"
        for entry in field.limitedList {
            let values = ["place": "\(entry.place)", "unit": entry.unit, "key": entry.decidedBy ?? ""]
            let key = entry.decidedBy == nil ? "score.limited_list_entry" : "score.limited_list_decided"
            out += "  " + catalogue.text(key, values) + "\n"
        }
        return out
    }

    /// Figures to the right, words to the left; a Chinese character is two columns wide.
    private func aligned(_ rows: [[String]]) -> String {
        guard let header = rows.first else { return "" }
        let widths = header.indices.map { column in rows.map { TerminalWidth.of($0[column]) }.max() ?? 0 }
        var out = ""
        for row in rows {
            let cells = row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - TerminalWidth.of(cell))
                return [1, 2, 4].contains(column) ? cell + space : space + cell
            }
            out += cells.joined(separator: "  ").trimmingTrailingSpaces() + "\n"
        }
        return out
    }
}

/// How many columns of a terminal a text takes.
enum TerminalWidth {
    static func of(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + (isWide($1.value) ? 2 : 1) }
    }

    /// East Asian wide and full-width blocks (UAX 11).
    private static func isWide(_ value: UInt32) -> Bool {
        (0x1100...0x115f).contains(value) || (0x2e80...0xa4cf).contains(value) || (0xac00...0xd7a3).contains(value)
            || (0xf900...0xfaff).contains(value) || (0xfe30...0xfe6f).contains(value)
            || (0xff00...0xff60).contains(value) || (0xffe0...0xffe6).contains(value)
            || (0x20000...0x3fffd).contains(value)
    }
}

extension String {
    fileprivate func trimmingTrailingSpaces() -> String {
        var out = self[...]
        while out.last == " " { out.removeLast() }
        return String(out)
    }
}
