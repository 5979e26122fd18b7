import Paper
import Review
import Scheme
import Vocabulary
import Wording

/// Who sits on which panel of the round, as a spreadsheet: seats with the pledge and how far each is, and who was kept
/// out of the draw and why.
struct ExpertPanelWorkbook: Sendable {
    let builder: ExpertPanelsBuilder

    private var known: ExpertRound { builder.known }
    private var language: Language { builder.language }
    private func say(_ key: String) -> String { builder.say("sheet.\(key)") }
    private func head(_ columns: String...) -> [Workbook.Cell] { columns.map { .text(say($0)) } }

    func workbook() -> Workbook {
        Workbook(sheets: [
            .init(name: say("panels"), rows: seats()), .init(name: say("excluded"), rows: excluded()),
        ])
    }

    private func who(_ account: AccountID) -> [Workbook.Cell] {
        let expert = builder.pool[account]
        return [.text(account.rawValue), .text(builder.name(account)), .text(expert?.employer ?? "")]
    }

    private func seats() -> [[Workbook.Cell]] {
        var rows = [
            head(
                "number", "indicator", "panel", "account", "expert", "employer", "fields", "since", "stand_in", "left",
                "pledged", "owed", "given")
        ]
        for indicator in known.indicators {
            for seat in known.book.seats.filter({ $0.indicator == indicator.id }) {
                let cases = known.standings.values.filter {
                    $0.cell.indicator == indicator.id && $0.experts.contains(seat.expert)
                }
                let fields = builder.pool[seat.expert]?.fields ?? []
                let given = cases.filter { $0.first[seat.expert] != nil }.count
                rows.append(
                    [
                        .number(ExactDecimal(indicator.number)), .text(indicator.title[language]),
                        .number(ExactDecimal(seat.panel)),
                    ] + who(seat.expert) + [
                        .text(
                            fields.map { builder.catalogue.text("experts.field.\($0.rawValue)") }
                                .joined(separator: builder.catalogue.text("web.list.separator"))),
                        .text(builder.moments.minute(seat.at)), .text(say(seat.isStandIn ? "yes" : "no")),
                        .text(seat.left ?? ""), .text(say(known.book.hasPledged(seat.expert) ? "yes" : "no")),
                        .number(ExactDecimal(cases.count)), .number(ExactDecimal(given)),
                    ])
            }
        }
        return rows
    }

    private func excluded() -> [[Workbook.Cell]] {
        var rows = [head("number", "indicator", "account", "expert", "employer", "why")]
        for indicator in known.indicators {
            for one in known.book.draw(indicator.id)?.outcome.excluded ?? [] {
                rows.append(
                    [.number(ExactDecimal(indicator.number)), .text(indicator.title[language])]
                        + who(one.account) + [.text(builder.reason(one))])
            }
        }
        return rows
    }
}
