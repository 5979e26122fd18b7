import Review
import Scheme
import Vocabulary

/// Builds the public notice: what is announced, until when, and how to object.
struct NoticePageBuilder: Sendable {
    let text: NoticeText
    private var work: PanelWork { text.work }

    func page() -> DossierPage {
        let title = work.say("notice.title")
        let kicker = work.round.title[work.context.language]
        guard let notice = text.notice else {
            return DossierPage(
                Heading(title, kicker: kicker),
                cards: [
                    DossierCard(
                        "none", title, isWide: true,
                        empty: EmptyState(
                            work.say("notice.none"),
                            act: .init(
                                title: work.catalogue.text("web.nav.method"), href: "/rounds/\(work.round.id)/method")))
                ])
        }
        let values = [
            "from": "\(notice.startsOn)", "to": "\(notice.endsOn)", "days": "\(notice.days)",
            "count": "\(text.platforms.count)",
        ]
        return DossierPage(
            Heading(
                notice.number > 1 ? work.say("notice.again", ["number": "\(notice.number)"]) : title, kicker: kicker,
                lead: work.say("notice.lead", values)), notices: [standing(notice)],
            cards: [period(notice), contacts(), how(notice), platforms(), earlier()].compactMap { $0 })
    }

    private func standing(_ notice: PublicNotice) -> Notice {
        if text.isOpenForObjections {
            return Notice(work.say("notice.open", ["day": "\(notice.endsOn)"]), .plain)
        }
        return Notice(work.say("notice.over", ["day": "\(notice.endsOn)"]), .watch)
    }

    private func period(_ notice: PublicNotice) -> DossierCard {
        DossierCard(
            "period", work.say("notice.period"),
            pairs: [
                DossierPair(work.say("notice.from"), "\(notice.startsOn)"),
                DossierPair(work.say("notice.to"), "\(notice.endsOn)"),
                DossierPair(work.say("notice.days"), work.say("notice.working_days", ["days": "\(notice.days)"])),
                DossierPair(
                    work.say("notice.entry"), work.moment(notice.at),
                    proof: notice.logIndex.map { ProofChip(index: $0) }),
            ])
    }

    private func contacts() -> DossierCard? {
        guard let contacts = text.contacts else { return nil }
        var pairs = [
            DossierPair(contacts.office, contacts.officePhone),
            DossierPair(contacts.inspection, contacts.inspectionPhone),
        ]
        if !contacts.mail.isEmpty { pairs.append(DossierPair(work.say("field.mail"), contacts.mail)) }
        if !contacts.address.isEmpty { pairs.append(DossierPair(work.say("field.address"), contacts.address)) }
        return DossierCard("contacts", work.say("notice.contacts"), pairs: pairs)
    }

    private func how(_ notice: PublicNotice) -> DossierCard {
        let links =
            text.isOpenForObjections
            ? [HeadAct(work.say("object.title"), href: "/rounds/\(work.round.id)/objections/new", isMain: true)] : []
        return DossierCard(
            "how", work.say("notice.how"), links: links,
            paragraphs: ["how_1", "how_2", "how_3"].map { work.say("notice.\($0)", ["day": "\(notice.endsOn)"]) })
    }

    private func platforms() -> DossierCard {
        let language = work.context.language
        let hasRanks = !text.ranks.isEmpty
        var head = ["number_in_list", "platform", "company", "city", "type"].map { work.say("column.\($0)") }
        if hasRanks { head.append("#" + work.say("column.rank")) }
        let ordered = text.platforms.sorted {
            (text.ranks[$0.platform] ?? Int.max, $0.platform) < (text.ranks[$1.platform] ?? Int.max, $1.platform)
        }
        let rows = ordered.enumerated().map { index, one -> [DossierCell] in
            let type = work.scheme.types.first { $0.id == one.type }?.title[language] ?? one.type
            var cells = [
                DossierCell("\(index + 1)"), DossierCell(one.name), DossierCell(one.company.name),
                DossierCell(work.scheme.regionTitle(one.company.region.city, language)), DossierCell(type),
            ]
            if hasRanks { cells.append(.figure(text.ranks[one.platform].map(String.init))) }
            return cells
        }
        return DossierCard(
            "platforms", work.say("notice.platforms"),
            hint: hasRanks ? nil : work.say("notice.no_ranks"), isWide: true,
            table: rows.isEmpty ? nil : DossierTable(work.say("notice.platforms"), columns: head, rows: rows),
            empty: rows.isEmpty ? EmptyState(work.say("notice.names_hidden")) : nil)
    }

    private func earlier() -> DossierCard? {
        guard text.notices.count > 1 else { return nil }
        let rows = text.notices.dropLast().map { one in
            [
                DossierCell(work.say("notice.number", ["number": "\(one.number)"])), DossierCell("\(one.startsOn)"),
                DossierCell("\(one.endsOn)"), DossierCell("", proof: one.logIndex.map { ProofChip(index: $0) }),
            ]
        }
        let head = ["notice", "from", "to", "proof"].map { work.say("column.\($0)") }
        return DossierCard(
            "earlier", work.say("notice.earlier"),
            table: DossierTable(work.say("notice.earlier"), columns: head, rows: rows))
    }
}
