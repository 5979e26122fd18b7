import Review
import Scheme
import Submit
import Vocabulary

/// Builds the page of one check on site.
struct SiteCheckPageBuilder: Sendable {
    let visit: SiteVisit
    /// What was typed and refused; nil: the record as it is kept.
    let draft: SiteCheckRoutes.Put?
    let signatures: [SiteSignature]
    let photographs: [EvidenceFile]
    let declared: [String: ExactDecimal]
    let mayEdit: Bool
    let notice: Notice?
    let words: SampleWords

    private var base: String { "/authority/rounds/\(visit.owner.round)/site-checks" }
    private var own: String { "\(base)/\(visit.owner.platform)" }
    private var moments: MomentFormat { MomentFormat(zoneName: visit.access.scheme.zone, words.language) }

    static func state(_ check: SiteCheck?, _ signed: Int, _ words: SampleWords) -> StateWord {
        if check == nil { return StateWord("○", words.say("site_open"), .plain) }
        if signed < SiteCheck.signatures { return StateWord("◑", words.say("site_to_sign"), .watch) }
        return StateWord("✓", words.say("site_signed"), .good)
    }

    func page() -> SiteCheckPage {
        let check = visit.check
        let mine = signatures.contains { $0.account == visit.access.account }
        return SiteCheckPage(
            heading: Heading(
                words.say("site_heading", ["name": visit.owner.name]), kicker: visit.owner.company.name,
                lead: nil, acts: [HeadAct(words.say("site_back"), href: base)]), notice: notice,
            state: Self.state(check, signatures.count, words), mayEdit: mayEdit, saveHref: own,
            version: "\(check?.version ?? 0)", fields: fields, findings: draft?.findings ?? check?.findings ?? "",
            items: items, pairs: pairs, hasRecord: check != nil,
            photographs: photographs.map { file in
                .init(
                    href:
                        "/api/v1/rounds/\(visit.owner.round)/platforms/\(visit.owner.platform)/site-check/photographs/"
                        + file.digest.hex, name: file.name, at: moments.minute(file.at))
            }, uploadHref: own + "/photographs",
            sign: mayEdit && check != nil && !mine
                ? .init(href: own + "/sign", title: words.say("site_sign"), effect: words.say("site_sign_effect"))
                : nil,
            signatures: signatures.map {
                words.say("site_signature", ["who": $0.account.rawValue, "at": moments.minute($0.at)])
            }, digest: check?.digest.hex ?? "")
    }

    private var fields: [FormField] {
        [
            FormField(
                id: "held-on", name: "heldOn", label: words.say("site_held"),
                value: (draft?.heldOn ?? visit.check?.heldOn ?? visit.access.today).description,
                hint: words.say("due_hint"), isRequired: true),
            FormField(
                id: "place", name: "place", label: words.say("site_place"),
                value: draft?.place ?? visit.check?.place ?? "", isRequired: true),
            FormField(
                id: "present", name: "present", label: words.say("site_present"),
                value: draft?.present ?? visit.check?.present ?? "", hint: words.say("site_present_hint"),
                isRequired: true),
        ]
    }

    private var items: [SiteCheckPage.Item] {
        let known = (draft?.items ?? visit.check?.items ?? []).reduce(into: [:]) { $0[$1.indicator] = $1 }
        return visit.indicators.map { indicator in
            let item = known[indicator.id]
            let finding = item?.finding ?? .unchecked
            let value = indicator.valueIDs.lazy.compactMap { declared[$0] }.first
            return SiteCheckPage.Item(
                title: words.indicator(indicator),
                value: value.map {
                    words.say(
                        "site_declared",
                        ["figure": FigureFormat.grouped($0), "unit": indicator.unit[words.language]])
                } ?? "",
                choice: Choice(
                    "finding-\(indicator.id)", label: words.say("site_found"),
                    options: [SiteCheck.Finding.unchecked, .agrees, .differs].map {
                        ($0.rawValue, words.say("finding.\($0.rawValue)"))
                    }, selected: finding.rawValue), noteID: "note-\(indicator.id)",
                noteName: "note-\(indicator.id)", noteLabel: words.say("site_note"), note: item?.note ?? "",
                finding: Self.word(finding, words))
        }
    }

    private static func word(_ finding: SiteCheck.Finding, _ words: SampleWords) -> StateWord {
        let word = words.say("finding.\(finding.rawValue)")
        switch finding {
        case .agrees: return StateWord("✓", word, .good)
        case .differs: return StateWord("✕", word, .wrong)
        case .unchecked: return StateWord("○", word, .plain)
        }
    }

    private var pairs: [SampledListPage.Pair] {
        guard let check = visit.check else { return [] }
        return [
            .init(title: words.say("site_held"), text: check.heldOn.description),
            .init(title: words.say("site_place"), text: check.place),
            .init(title: words.say("site_present"), text: check.present),
            .init(title: words.say("site_findings"), text: check.findings),
            .init(
                title: words.say("site_written"),
                text: words.say("site_signature", ["who": check.by.rawValue, "at": moments.minute(check.at)])),
        ]
    }
}
