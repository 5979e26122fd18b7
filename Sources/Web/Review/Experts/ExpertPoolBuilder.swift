import Review
import Vocabulary
import Wording

/// Builds the page of the pool.
struct ExpertPoolBuilder: Sendable {
    let experts: [Expert]
    /// Accounts that exist, are not locked, and are experts'.
    let openAccounts: Set<AccountID>
    let groups: [String: String]
    let query: String
    let field: String
    let state: String
    var chosen: AccountID
    let done: String
    let count: Int
    let language: Language
    /// What was sent and refused.
    var typed: Expert?
    /// The chosen expert's contact in clear with the entry of this look.
    var seen: (contact: String, logIndex: Int)?
    var failure: Failure?
    var reading: ExpertPool.Reading?

    private var catalogue: Catalogue { Catalogue.of(language) }
    private var base: String { "/authority/experts" }
    private func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("web.experts.pool.\(key)", values)
    }

    func page() -> ExpertPoolPage {
        let found = experts.filter(fits)
        let entry = typed ?? experts.first { $0.account == chosen }
        let isKnown = entry.map { one in experts.contains { $0.account == one.account } } ?? false
        let notice =
            ["kept", "taken", "grouped"].contains(done)
            ? Notice(say("done_\(done)", ["count": "\(count)"]), .good) : nil
        let faults = reading?.refused ?? []
        let findings = failure.map { $0.findings.isEmpty ? [Finding(.error, $0.code, at: "", $0.values)] : $0.findings }
        return ExpertPoolPage(
            heading: Heading(say("title"), lead: say("lead")), notice: notice, address: base, query: query,
            choices: [
                Choice(
                    "field", label: say("fields"),
                    options: [("", say("all"))] + ExpertField.allCases.map { ($0.rawValue, title($0)) },
                    selected: field),
                Choice(
                    "state", label: say("state"),
                    options: [
                        ("", say("all")), ("open", say("state_open")), ("none", say("state_none")),
                        ("retired", say("state_retired")),
                    ],
                    selected: state),
            ], shown: say("shown", ["count": "\(found.count)", "all": "\(experts.count)"]), hasRows: !found.isEmpty,
            rows: found.prefix(500).map(row),
            none: found.isEmpty ? EmptyState(say(experts.isEmpty ? "empty" : "no_match")) : nil,
            formTitle: isKnown ? say("edit", ["name": entry?.name ?? ""]) : say("new"), saveHref: base + "#entry",
            version: "\(typed.map { $0.version - 1 } ?? entry?.version ?? 0)",
            fields: fields(entry, isKnown, findings ?? []),
            look: look(isKnown ? entry : nil),
            knows: ExpertField.allCases.map {
                ExpertPoolPage.Check(
                    name: "knows-\($0.rawValue)", title: title($0), isChecked: entry?.fields.contains($0) ?? false)
            }, hasErrors: findings != nil, errors: (findings ?? []).map { catalogue.text($0) },
            retire: isKnown
                ? entry.map {
                    ExpertPoolPage.Retire(
                        href: base + "/retire", account: $0.account.rawValue, version: "\($0.version)",
                        isRetired: $0.retired != nil)
                } : nil, newHref: isKnown ? base : nil, importHref: base + "/import#import",
            templateHref: base + "/template",
            columnsSentence: say(
                "columns",
                [
                    "columns": ExpertPool.columns.map { catalogue.text("experts.column.\($0)") }
                        .joined(separator: catalogue.text("web.list.separator"))
                ]), hasFaults: !faults.isEmpty,
            faultsSentence: say(
                "faults",
                ["accepted": "\(reading?.accepted.count ?? 0)", "refused": "\(Set(faults.map(\.row)).count)"]),
            faults: faults.prefix(200).map {
                ExpertPoolPage.Fault(row: "\($0.row)", text: catalogue.text($0.finding))
            }, groupsHref: base + "/groups",
            groups: groups.sorted { $0.key < $1.key }.map { "\($0.key),\($0.value)" }.joined(separator: "\n"))
    }

    private func title(_ field: ExpertField) -> String { catalogue.text("experts.field.\(field.rawValue)") }

    private func fits(_ expert: Expert) -> Bool {
        if !field.isEmpty, !expert.fields.contains(where: { $0.rawValue == field }) { return false }
        switch state {
        case "open": if expert.retired != nil || !openAccounts.contains(expert.account) { return false }
        case "none": if expert.retired != nil || openAccounts.contains(expert.account) { return false }
        case "retired": if expert.retired == nil { return false }
        default: break
        }
        guard !query.isEmpty else { return true }
        let asked = query.lowercased()
        return [expert.account.rawValue, expert.name, expert.employer, expert.employerCode, expert.group]
            .contains { $0.lowercased().contains(asked) }
    }

    private func row(_ expert: Expert) -> ExpertPoolPage.Row {
        let state: StateWord
        if let retired = expert.retired {
            state = StateWord("✕", say("retired", ["reason": retired]), .plain)
        } else if openAccounts.contains(expert.account) {
            state = StateWord("✓", say("state_open"), .good)
        } else {
            state = StateWord("▲", say("state_none"), .watch)
        }
        return ExpertPoolPage.Row(
            href: "\(base)?account=\(expert.account)#entry", isCurrent: expert.account == chosen,
            account: expert.account.rawValue, name: expert.name, employer: expert.employer, group: expert.group,
            fields: expert.fields.map(title).joined(separator: catalogue.text("web.list.separator")),
            title: expert.title, contact: Self.masked(expert.contact), state: state)
    }

    /// What may be done to see the contact in clear, and after it the contact with its entry.
    private func look(_ entry: Expert?) -> ExpertPoolPage.Look? {
        guard let entry, let stored = experts.first(where: { $0.account == entry.account }), !stored.contact.isEmpty
        else { return nil }
        return ExpertPoolPage.Look(
            href: base + "/contact#entry", account: stored.account.rawValue, isOpen: seen != nil,
            contact: seen?.contact ?? Self.masked(stored.contact), proof: seen.map { ProofChip(index: $0.logIndex) })
    }

    /// The first three and last two characters; the whole is shown with a reason only.
    static func masked(_ contact: String) -> String {
        contact.count <= 5
            ? String(repeating: "*", count: contact.count)
            : contact.prefix(3) + String(repeating: "*", count: contact.count - 5) + contact.suffix(2)
    }

    private func fields(_ entry: Expert?, _ isKnown: Bool, _ findings: [Finding]) -> [FormField] {
        func field(_ name: String, _ value: String?, isRequired: Bool = false, isReadOnly: Bool = false) -> FormField {
            FormField(
                id: "expert-\(name)", name: name, label: catalogue.text("experts.column.\(name)"), value: value ?? "",
                hint: ["account", "employerCode", "group", "contact"].contains(name) ? say("hint_\(name)") : nil,
                error: findings.first { $0.place == name }.map { catalogue.text($0) }, isRequired: isRequired,
                isReadOnly: isReadOnly)
        }
        return [
            field("account", entry?.account.rawValue, isRequired: true, isReadOnly: isKnown),
            field("name", entry?.name, isRequired: true), field("employer", entry?.employer, isRequired: true),
            field("employerCode", entry?.employerCode), field("group", entry?.group), field("title", entry?.title),
            field("contact", typed?.contact),
        ]
    }
}
