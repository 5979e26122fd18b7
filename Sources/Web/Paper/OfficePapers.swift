import Paper
import Review
import Scheme
import Score
import Submit
import Vocabulary
import Wording

/// The offices' papers: the city's letter and table, lists for checks, the panel's table, notice and annex.
struct OfficePapers: Sendable {
    let writer: PaperWriter
    /// Those that the paper is about, in the order in which they are listed.
    let platforms: [Participation]

    private var language: Language { writer.language }
    private func say(_ key: String, _ values: [String: String] = [:]) -> String { writer.say(key, values) }
    private func city(_ participation: Participation) -> String {
        writer.scheme.regionTitle(participation.company.region.city, language)
    }
    private func type(_ participation: Participation) -> String {
        writer.scheme.types.first { $0.id == participation.type }?.title[language] ?? participation.type
    }

    // MARK: The city

    func letter(_ region: RegionCode, _ paper: PrintedPaper) -> PaperDocument {
        let name = writer.scheme.regionTitle(region.city, language)
        let values = [
            "city": name, "count": "\(platforms.count)", "round": writer.round.title[language],
            "version": "\(paper.number)",
        ]
        let names = platforms.enumerated().map { index, platform in
            PaperDocument.Block.paragraph(
                say(
                    "letter_item",
                    ["number": "\(index + 1)", "platform": platform.name, "company": platform.company.name]))
        }
        var blocks: [PaperDocument.Block] = [.line(say("letter_to"), .left)]
        blocks.append(.paragraph(say("letter_1", values)))
        blocks.append(.paragraph(say("letter_2", values)))
        blocks += names
        blocks.append(.paragraph(say("letter_annex", values)))
        blocks.append(.line("", .left))
        blocks.append(.line(say("letter_from", values), .right))
        blocks.append(.line(say("date"), .right))
        blocks.append(.line(say("letter_contact"), .left))
        return writer.document(.letter, subtitle: say("letter_number"), manner: .letter, paper: paper, blocks: blocks)
    }

    func summary(_ region: RegionCode, _ paper: PrintedPaper) -> PaperDocument {
        let rows = platforms.enumerated().map { index, one in
            ["\(index + 1)", one.name, one.company.name, one.company.code.text, type(one), ""]
        }
        let table = PaperDocument.Table(
            columns: [
                .init(say("number"), weight: 0.5, .center), .init(say("platform"), weight: 2),
                .init(say("company"), weight: 2.4), .init(say("code"), weight: 1.8), .init(say("type"), weight: 1.2),
                .init(say("remark"), weight: 1),
            ], rows: rows)
        let name = writer.scheme.regionTitle(region.city, language)
        return writer.document(
            .summary, subtitle: "\(name) \u{00B7} \(writer.round.title[language])", isLandscape: true, paper: paper,
            blocks: [.table(table), .signatures([say("recommender"), say("stamp")], date: say("date"))])
    }

    // MARK: One platform

    /// What the formal check looks at, generated from the scheme and from what is there.
    func checklist(_ participation: Participation, evidence: [EvidenceFile], declared: Set<IndicatorID>)
        -> PaperDocument
    {
        var rows: [[String]] = (1...5).map { ["\($0)", say("check_\($0)"), "", box, ""] }
        var number = 6
        for indicator in writer.scheme.indicators where !indicator.declaredFigures(in: writer.scheme).isEmpty {
            let files = evidence.filter { $0.cell.indicator == indicator.id }.count
            let state = say(declared.contains(indicator.id) ? "check_declared" : "check_blank", ["files": "\(files)"])
            rows.append(
                [
                    "\(number)", say("check_cell", ["indicator": "\(indicator.number) \(indicator.title[language])"]),
                    state, box, "",
                ])
            number += 1
        }
        let table = PaperDocument.Table(
            columns: [
                .init(say("number"), weight: 0.5, .center), .init(say("check_item"), weight: 3.2),
                .init(say("check_found"), weight: 1.6), .init(say("check_result"), weight: 1.5, .center),
                .init(say("remark"), weight: 1.2),
            ], rows: rows)
        return writer.document(
            .checklist, running: participation.name, paper: nil,
            blocks: [
                writer.identity(participation), .table(table),
                .signatures([say("checker"), say("second_checker")], date: say("date")),
            ])
    }

    func marks(_ participation: Participation) -> PaperDocument {
        var blocks = [writer.identity(participation)]
        let marked = writer.scheme.indicators.filter {
            $0.rule == .mark || $0.parts.contains { $0.kind == .mark }
        }
        blocks.append(
            .table(
                .init(
                    columns: [
                        .init(say("number"), weight: 0.6, .center), .init(say("indicator"), weight: 2.4),
                        .init(say("mark_definition"), weight: 4), .init(say("mark"), weight: 1, .center),
                        .init(say("mark_reason"), weight: 2),
                    ], rows: marked.map { ["\($0.number)", $0.title[language], $0.definition[language], "", ""] })))
        if let rubric = writer.scheme.expertMarking?.rubric, !rubric.isEmpty {
            blocks.append(.heading(say("rubric"), level: 1))
            blocks.append(
                .table(
                    .init(
                        columns: [
                            .init(say("rubric_line"), weight: 4), .init(say("rubric_points"), weight: 1, .center),
                        ],
                        rows: rubric.map { [$0.title[language], "\($0.points.value)"] })))
        }
        blocks.append(.signatures([say("expert")], date: say("date")))
        return writer.document(.marks, isLandscape: true, running: participation.name, paper: nil, blocks: blocks)
    }

    func siteCheck(_ participation: Participation, verified: [(title: String, declared: String)]) -> PaperDocument {
        let rows = verified.enumerated().map { index, one in
            ["\(index + 1)", one.title, one.declared, "", ""]
        }
        let table = PaperDocument.Table(
            columns: [
                .init(say("number"), weight: 0.5, .center), .init(say("indicator"), weight: 3),
                .init(say("declared"), weight: 1.4, .right), .init(say("site_seen"), weight: 1.4),
                .init(say("site_note"), weight: 2),
            ], rows: rows)
        return writer.document(
            .siteCheck, running: participation.name, paper: nil,
            blocks: [
                writer.identity(participation),
                .entries([
                    .init(say("site_when"), ""), .init(say("site_where"), ""), .init(say("site_who"), ""),
                    .init(say("site_company"), ""),
                ]), .table(table), .entries([.init(say("site_opinion"), "\n\n\n\n")]),
                .signatures([say("verifier"), say("verifier"), say("company_present")], date: say("date")),
            ])
    }

    private var box: String { say("check_box") }

    // MARK: The round

    /// Everything that the panel decides on, one line a platform.
    func panel(_ result: PublishedResult) -> PaperDocument {
        let sections = writer.scheme.sections
        var columns: [PaperDocument.Column] = [
            .init(say("rank"), weight: 0.6, .center), .init(say("platform"), weight: 2),
            .init(say("company"), weight: 2.2), .init(say("city"), weight: 0.9, .center),
        ]
        for section in sections { columns.append(.init(section.title[language], weight: 1, .right)) }
        columns.append(.init(say("total"), weight: 1, .right))
        columns.append(.init(say("grade"), weight: 0.8, .center))
        columns.append(.init(say("panel_word"), weight: 1.4))
        var rows: [[String]] = []
        for (unit, one) in ranked(result) {
            var row = [unit.rank.map(String.init) ?? "", one.name, one.company.name, city(one)]
            for section in sections { row.append(unit.sheet.section(section.id)?.points.description ?? "") }
            row += [unit.total?.description ?? "", grade(unit.grade), ""]
            rows.append(row)
        }
        let values = ["number": "\(result.number)", "digest": String(result.digest.hex.prefix(16))]
        return writer.document(
            .panel, isLandscape: true, paper: nil,
            blocks: [
                .line(say("panel_basis", values), .left), .table(.init(columns: columns, rows: rows)),
                .signatures([say("panel_head"), say("panel_members")], date: say("date")),
            ])
    }

    /// What the text of the public notice says of its days and of whom to call.
    struct NoticeFacts: Sendable {
        let days: Int
        /// First and last day; nil before it starts.
        let period: ClosedRange<CivilDay>?
        let contacts: NoticeContacts?
    }

    /// The text of the public notice: names without ranks, as the default of visibility has it.
    func notice(_ facts: NoticeFacts) -> PaperDocument {
        let values = [
            "round": writer.round.title[language], "count": "\(platforms.count)", "days": "\(facts.days)",
            "from": facts.period.map { "\($0.lowerBound)" } ?? "", "to": facts.period.map { "\($0.upperBound)" } ?? "",
        ]
        let length = facts.days == 0 ? "notice_no_days" : facts.period == nil ? "notice_days" : "notice_period"
        let contact = facts.contacts.map { contacts in
            let more = [contacts.mail, contacts.address].filter { !$0.isEmpty }
            return [
                say("notice_phone", ["who": contacts.office, "phone": contacts.officePhone]),
                say("notice_phone", ["who": contacts.inspection, "phone": contacts.inspectionPhone]),
            ] + more
        }
        let table = PaperDocument.Table(
            columns: [
                .init(say("number"), weight: 0.5, .center), .init(say("platform"), weight: 2.2),
                .init(say("company"), weight: 2.6), .init(say("city"), weight: 1, .center),
                .init(say("type"), weight: 1.2, .center),
            ], rows: platforms.enumerated().map { ["\($0 + 1)", $1.name, $1.company.name, city($1), type($1)] })
        return writer.document(
            .notice, manner: .letter, paper: nil,
            blocks: [
                .paragraph(say("notice_1", values)), .paragraph(say(length, values) + say("notice_2")),
                .paragraph(say("notice_3")),
            ] + (contact ?? [say("notice_contact")]).map { .line($0, .left) } + [
                .line(say("authority"), .right), .line(say("date"), .right), .pageBreak,
                .heading(say("notice_annex"), level: 1), .table(table),
            ])
    }

    func annex(_ result: PublishedResult) -> PaperDocument {
        let table = PaperDocument.Table(
            columns: [
                .init(say("rank"), weight: 0.7, .center), .init(say("platform"), weight: 2.2),
                .init(say("company"), weight: 2.6), .init(say("city"), weight: 1, .center),
                .init(say("type"), weight: 1.2, .center), .init(say("grade"), weight: 0.9, .center),
            ],
            rows: ranked(result).map { unit, one in
                [unit.rank.map(String.init) ?? "", one.name, one.company.name, city(one), type(one), grade(unit.grade)]
            })
        let values = ["number": "\(result.number)", "digest": result.digest.hex]
        return writer.document(
            .annex, manner: .letter, paper: nil, blocks: [.table(table), .line(say("annex_digest", values), .left)])
    }

    private func ranked(_ result: PublishedResult) -> [(UnitScore, Participation)] {
        result.field.units.compactMap { unit in result.participations[unit.unit].map { (unit, $0) } }
            .sorted { ($0.0.rank ?? .max, $0.0.unit) < ($1.0.rank ?? .max, $1.0.unit) }
    }

    private func grade(_ id: String?) -> String {
        writer.scheme.grades.first { $0.id == id }?.title[language] ?? ""
    }
}
