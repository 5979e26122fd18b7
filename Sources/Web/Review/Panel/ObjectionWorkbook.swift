import Paper
import Review
import Vocabulary

/// The objections of a round as a spreadsheet. Of who raised them it holds no more than the page of the list: nothing.
struct ObjectionWorkbook: Sendable {
    let work: PanelWork

    func workbook() async throws -> Workbook {
        let names = try await work.site.participations(work.round.id).reduce(into: [PlatformID: Participation]()) {
            $0[$1.platform] = $1
        }
        let head = [
            "objection", "platform", "company", "indicator", "facts", "state", "at", "contact", "reason", "decided_at",
            "heard", "letter_number", "letter", "answered_at",
        ]
        var rows: [[Workbook.Cell]] = [head.map { .text(work.say("sheet.\($0)")) }]
        var after = 0
        while true {
            let found = try await work.stores.objections(work.round.id, after: after, limit: 100)
            for one in found {
                let platform = names[one.platform]
                rows.append([
                    .number(ExactDecimal(one.number)), .text(platform?.name ?? one.platform.rawValue),
                    .text(platform?.company.name ?? ""),
                    .text(one.indicator.map(work.title) ?? work.say("objection.whole")), .text(one.facts),
                    .text(work.state(one).word), .text(work.moment(one.at)),
                    .text(one.contactProof.map { work.say("proof.\($0.rawValue)") } ?? work.say("proof.none")),
                    .text(one.decisionReason ?? ""), .text(one.decidedAt.map(work.moment) ?? ""),
                    .text(one.heard ?? ""), .text(one.letterNumber ?? ""), .text(one.letter ?? ""),
                    .text(one.answeredAt.map(work.moment) ?? ""),
                ])
            }
            guard found.count == 100, let last = found.last else { break }
            after = last.number
        }
        return Workbook(sheets: [.init(name: work.say("objections.title"), rows: rows)])
    }
}
