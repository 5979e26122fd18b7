import Review
import Scheme
import Vocabulary

/// Builds the public form of an objection; what was typed stays when something is wrong.
struct ObjectionFormBuilder: Sendable {
    let text: NoticeText
    private var work: PanelWork { text.work }

    func page(given: [String: String], failure: Failure?) -> DossierPage {
        let crumbs = [
            DossierPage.Crumb(title: work.say("notice.title"), href: "/rounds/\(work.round.id)/notice")
        ]
        let heading = Heading(
            work.say("object.title"), kicker: work.round.title[work.context.language], lead: work.say("object.lead"))
        let notices = failure.map { [Notice(work.catalogue.text($0), .wrong)] } ?? []
        guard text.isOpenForObjections else {
            let why = text.notice.map { work.say("object.closed", ["day": "\($0.endsOn)"]) } ?? work.say("notice.none")
            return DossierPage(
                heading, crumbs: crumbs, notices: notices,
                cards: [DossierCard("closed", work.say("object.title"), empty: EmptyState(why))])
        }
        let contacts = text.contacts.map { contacts in
            DossierCard(
                "contacts", work.say("notice.contacts"),
                pairs: [
                    DossierPair(contacts.office, contacts.officePhone),
                    DossierPair(contacts.inspection, contacts.inspectionPhone),
                ])
        }
        let rules = DossierCard(
            "rules", work.say("object.rules"),
            paragraphs: ["rule_1", "rule_2", "rule_3", "rule_4"].map { work.say("object.\($0)") })
        let form = DossierForm(
            "objection", work.say("object.form"), action: "/rounds/\(work.round.id)/objections", isFolded: false,
            button: work.say("object.send"), fields: fields(given, failure))
        return DossierPage(
            heading, crumbs: crumbs, notices: notices,
            cards: [rules, contacts, DossierCard("form", work.say("object.what"), isWide: true, forms: [form])]
                .compactMap { $0 })
    }

    private func fields(_ given: [String: String], _ failure: Failure?) -> [DossierField] {
        func error(_ name: String) -> String? {
            failure?.findings.first { $0.place == name }.map { work.catalogue.text($0) }
        }
        func field(_ kind: DossierField.Kind, _ name: String, hint: String? = nil, most: Int = 100) -> DossierField {
            DossierField(
                kind, name, work.say("field.\(name)"), hint: hint, error: error(name), value: given[name] ?? "",
                maxLength: most, isRequired: true)
        }
        func choice(_ name: String, _ options: [(value: String, title: String)]) -> DossierField {
            DossierField(
                .choice, name, work.say("field.\(name)"), error: error(name), value: given[name] ?? "",
                options: options)
        }
        let platforms = text.platforms.filter { $0.submission != .published }
            .map { (value: $0.platform.rawValue, title: "\($0.name) · \($0.company.name)") }
        let indicators =
            [(value: "", title: work.say("objection.whole"))]
            + work.scheme.indicators.map { (value: $0.id.rawValue, title: work.title($0.id)) }
        return [
            choice("platform", platforms), choice("indicator", indicators),
            field(.area, "facts", hint: work.say("object.facts_hint"), most: 5000),
            DossierField(.file, "file", work.say("field.evidence"), hint: work.say("object.file_hint")),
            field(.text, "name"),
            choice(
                "identityKind",
                Objector.IdentityKind.allCases.map { (value: $0.rawValue, title: work.say("identity.\($0.rawValue)")) }),
            field(.text, "identity", hint: work.say("object.identity_hint"), most: 18),
            choice(
                "contactKind",
                Objector.ContactKind.allCases.map { (value: $0.rawValue, title: work.say("contact.\($0.rawValue)")) }),
            field(.text, "contact", hint: work.say("object.contact_hint"), most: 254),
        ]
    }
}

/// Builds the page that the objector comes back to: where the objection stands, and the answer in writing.
struct ObjectionReceiptBuilder: Sendable {
    let work: PanelWork
    let objection: Objection
    private var base: String { "/rounds/\(work.round.id)/objections/\(objection.id)" }

    /// To type the code in, and to have it sent again; both say where the letter is.
    private func codeForms(_ standing: ContactCodeStanding?) -> [DossierForm] {
        var forms: [DossierForm] = []
        if let standing, standing.state != .dead {
            let at = work.moment(standing.sentAt ?? standing.askedAt)
            forms.append(
                DossierForm(
                    "code", work.say("receipt.code"), action: base + "/code",
                    effect: work.say("receipt.code_\(standing.state.rawValue)", ["at": at]), isFolded: false,
                    isMain: true,
                    fields: [DossierField(.text, "code", work.say("field.code"), maxLength: 6, isRequired: true)]))
        }
        guard standing?.nextAt != nil || standing == nil else { return forms }
        let left = ContactCode.most - (standing?.asked ?? 0)
        let effect = standing?.state == .dead ? "receipt.again_dead" : "receipt.again_effect"
        forms.append(
            DossierForm(
                "again", work.say("receipt.again"), action: base + "/code/again",
                effect: work.say(effect, ["left": "\(left)"])))
        return forms
    }

    func page(notices: [Notice]) async throws -> DossierPage {
        let participation = try await work.participation(objection.platform)
        let files = try await work.stores.files(objection.owner)
        let person = try await work.stores.objector(objection.id)?.masked
        var forms: [DossierForm] = []
        if objection.state.isOpen {
            if objection.contactProof == nil, ObjectionDesk(work: work).sendsCodes(to: person) {
                forms += codeForms(try await work.stores.codeStanding(objection.id))
            }
            forms.append(
                DossierForm(
                    "file", work.say("receipt.attach"), action: base + "/files",
                    fields: [
                        DossierField(
                            .file, "file", work.say("field.evidence"), hint: work.say("file_hint"), isRequired: true)
                    ]))
        }
        let proof = objection.contactProof.map { work.say("proof.\($0.rawValue)") } ?? work.say("proof.none")
        var cards = [
            DossierCard(
                "standing", work.say("objection.number", ["number": "\(objection.number)"]),
                state: work.state(objection),
                paragraphs: [work.say("objection_next.\(objection.state.rawValue)")],
                pairs: [
                    DossierPair(work.say("column.platform"), participation.name),
                    DossierPair(
                        work.say("column.indicator"), objection.indicator.map(work.title) ?? work.say("objection.whole")
                    ),
                    DossierPair(work.say("field.facts"), objection.facts),
                    DossierPair(work.say("field.name"), person?.name ?? "–"),
                    DossierPair(work.say("field.contact"), "\(person?.contact ?? "–") · \(proof)"),
                    DossierPair(
                        work.say("received_at"), work.moment(objection.at),
                        proof: objection.logIndex.map { ProofChip(index: $0) }),
                ],
                papers: files.map { file in
                    Paper(
                        kind: file.type.uppercased(), name: file.name, href: nil, size: FileSize.text(file.size),
                        at: work.moment(file.at), digest: file.digest.hex,
                        digestShort: String(file.digest.hex.prefix(12)))
                }, forms: forms)
        ]
        if let contacts = try await work.stores.contacts(work.round.id) {
            cards.append(
                DossierCard(
                    "contacts", work.say("notice.contacts"),
                    pairs: [
                        DossierPair(contacts.office, contacts.officePhone),
                        DossierPair(contacts.inspection, contacts.inspectionPhone),
                    ]))
        }
        if let refusal = objection.refusal {
            cards.append(
                DossierCard(
                    "refusal", work.say("refused"),
                    paragraphs: [work.say("refusal.\(refusal.rawValue)"), objection.decisionReason ?? ""]))
        }
        if let letter = objection.letter {
            cards.append(
                DossierCard(
                    "letter", work.say("letter"), hint: objection.letterNumber, paragraphs: [letter],
                    pairs: [
                        DossierPair(
                            work.say("answered_at"), objection.answeredAt.map { work.moment($0) } ?? "–")
                    ]))
        }
        return DossierPage(
            Heading(
                work.say("receipt.title"), kicker: work.round.title[work.context.language],
                lead: work.say("receipt.lead")),
            crumbs: [.init(title: work.say("notice.title"), href: "/rounds/\(work.round.id)/notice")],
            notices: notices, cards: cards)
    }
}
