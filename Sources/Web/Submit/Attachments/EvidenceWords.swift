import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// Files, their states and findings in the reader's words.
struct EvidenceWords: Sendable {
    let dossier: EvidenceDossier
    let language: Language
    /// Whether the reader may overrule findings.
    let mayDecide: Bool
    let scanning: AttachmentsServices.Scanning

    private var catalogue: Catalogue { Catalogue.of(language) }
    private var base: String {
        "/rounds/\(dossier.access.round.id)/platforms/\(dossier.access.participation.platform)/evidence"
    }

    func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("attachments.\(key)", values)
    }

    func card(_ file: EvidenceFile, _ index: Int) -> EvidenceCard {
        let state = dossier.states[file.digest] ?? ReadingState(.waiting)
        let lines = lines(file)
        let indicator = dossier.access.scheme.indicator(file.cell.indicator)
        let requirement = indicator?.evidence.first { $0.id == file.requirement }
        return EvidenceCard(
            key: "\(file.cell.indicator)-\(index)", kind: file.type.rawValue.uppercased(), name: file.name,
            href: "/evidence/\(file.digest)", requirement: requirement?.title[language],
            size: EvidenceWords.size(file.size),
            at: MomentFormat(zoneName: dossier.access.scheme.zone, language).minute(file.at),
            digest: file.digest.hex, digestShort: String(file.digest.hex.prefix(12)), state: word(state),
            note: note(state), isPending: !state.isEnded, hasLines: !lines.isEmpty, lines: lines)
    }

    func lines(_ file: EvidenceFile) -> [EvidenceLine] {
        dossier.findings.filter { $0.cell == file.cell && $0.digest == file.digest }.enumerated().map {
            line(
                $0.element, "\(file.cell.indicator)-\(file.requirement ?? "")-\(file.digest.hex.prefix(8))-\($0.offset)"
            )
        }
    }

    func line(_ found: EvidenceFinding, _ key: String) -> EvidenceLine {
        let decision = dossier.decision(on: found)
        let isOverruled = decision?.isOverruled == true
        let tone = isOverruled ? "plain" : found.finding.severity == .error ? "wrong" : "watch"
        let overruled = decision.map { word in
            say(word.isOverruled ? "overruled" : "stands_again", ["by": word.by.rawValue, "reason": word.reason])
        }
        return EvidenceLine(
            key: key, tone: found.finding.severity == .note && !isOverruled ? "plain" : tone,
            sign: isOverruled ? "✓" : found.finding.severity == .error ? "✕" : "▲",
            text: sentence(found.finding),
            pageHref: found.page.map { "/evidence/\(found.digest)?page=\($0)" },
            pageTitle: found.page.map { say("page_link", ["page": "\($0)"]) }, overruled: overruled,
            decision: mayDecide
                ? EvidenceLine.Decision(
                    href: base + "/decisions", indicator: found.cell.indicator.rawValue, digest: found.digest.hex,
                    finding: found.key, overrules: isOverruled ? "no" : "yes",
                    title: say(isOverruled ? "let_stand" : "overrule")) : nil)
    }

    /// The finding's sentence, with kinds of certificate by their titles.
    func sentence(_ finding: Finding) -> String {
        var values = finding.values
        if let kinds = values["kinds"] {
            values["kinds"] = kinds.split(separator: ",").map { id in
                DocumentKind.named(String(id))?.title[language] ?? String(id)
            }.joined(separator: say("or"))
        }
        return catalogue.text(finding.code, values)
    }

    func word(_ state: ReadingState) -> StateWord {
        let values = ["done": "\(state.done)", "pages": "\(state.pages)"]
        var key = state.kind == .reading && state.pages == 0 ? "state.opening" : "state.\(state.kind.rawValue)"
        if state.kind == .waiting, scanning != .off { key = "state.unscanned" }
        switch state.kind {
        case .waiting: return StateWord("…", say(key, values), .plain)
        case .reading: return StateWord("◔", say(key, values), .act)
        case .read: return StateWord("✓", say(key, values), .good)
        case .partly: return StateWord("▲", say(key, values), .watch)
        case .unreadable: return StateWord("▲", say(key, values), .watch)
        case .quarantined: return StateWord("✕", say(key, values), .wrong)
        }
    }

    func note(_ state: ReadingState) -> String? {
        if state.kind == .waiting, scanning == .down { return say("note.scanner_down") }
        guard let note = state.note else { return nil }
        if state.kind == .quarantined { return say("note.quarantined", ["threat": note]) }
        let key = "attachments.note.\(note)"
        return catalogue.texts[key] == nil ? nil : catalogue.text(key)
    }

    static func size(_ bytes: Int) -> String {
        bytes < 1 << 20 ? "\((bytes + 1023) / 1024) KB" : "\(bytes >> 20).\((bytes & 0xFFFFF) * 10 >> 20) MB"
    }
}
