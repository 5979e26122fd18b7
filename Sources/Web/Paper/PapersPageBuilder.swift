import Match
import Review
import Submit
import Trust
import Vocabulary
import Wording

/// Builds the pages of papers for companies and offices.
struct PapersPageBuilder: Sendable {
    let desk: PaperDesk
    let language: Language

    private var round: Round { desk.round }
    private var catalogue: Catalogue { Catalogue.of(language) }
    func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("paper.page.\(key)", values)
    }

    // MARK: Where a stamped paper stands

    /// - Parameters:
    ///   - current: the digest of the present content.
    ///   - refused: a later scan that was refused.
    func state(
        _ scan: StampedScan?, shown: PrintedPaper?, current: Digest, refused: StampedScan?
    ) -> (word: StateWord, sentence: String) {
        guard let refused, let refusal = refused.refusal else { return state(scan, shown: shown, current: current) }
        let why = refusal.failure(current: refused.number)
        let reason = say("sentence_refused", ["name": refused.name, "why": catalogue.text(why.code, why.values)])
        guard scan != nil else { return (StateWord("✕", say("state_refused"), .wrong), reason) }
        let standing = state(scan, shown: shown, current: current)
        return (standing.word, reason + standing.sentence)
    }

    private func state(
        _ scan: StampedScan?, shown: PrintedPaper?, current: Digest
    ) -> (word: StateWord, sentence: String) {
        guard let scan else { return (StateWord("○", say("state_none"), .watch), say("sentence_none")) }
        if let shown, shown.digest != current {
            return (
                StateWord("✕", say("state_old"), .wrong), say("sentence_old", ["number": "\(scan.number)"])
            )
        }
        switch scan.state {
        case .read:
            return (StateWord("✓", say("state_read"), .good), say("sentence_read", ["number": "\(scan.number)"]))
        case .waiting: return (StateWord("◔", say("state_waiting"), .act), say("sentence_waiting"))
        case .unread, .refused: return (StateWord("▲", say("state_unread"), .watch), say("sentence_unread"))
        case .confirmed:
            return (
                StateWord("✓", say("state_confirmed"), .good),
                say("sentence_confirmed", ["number": "\(scan.number)", "reason": scan.reason])
            )
        }
    }

    /// What the machine read, what it cannot see, and whether a person has looked.
    private func look(_ scan: StampedScan, seenBy: String?) -> PapersPage.Look {
        let pages = scan.read.pages.map { say("look_pages", ["count": "\($0)"]) } ?? say("look_pages_unknown")
        let version =
            scan.read.way.map { say("look_way_\($0.rawValue)", ["number": "\(scan.number)"]) } ?? say("look_way_none")
        let hint: String
        switch scan.read.stampPage {
        case nil: hint = say("look_stamp_unknown")
        case 0: hint = say("look_stamp_none")
        case let page?: hint = say("look_stamp_page", ["page": "\(page)"])
        }
        let moments = MomentFormat(zoneName: desk.scheme.zone, language)
        let seen = scan.seen.map {
            say("look_seen", ["who": seenBy ?? $0.by.rawValue, "at": moments.minute($0.at), "reason": scan.reason])
        }
        return PapersPage.Look(
            machine: [pages, version, hint],
            state: seen == nil
                ? StateWord("▲", say("look_owed"), .watch) : StateWord("✓", say("look_done"), .good),
            person: seen ?? say("look_person"))
    }

    func item(
        _ kind: PaperKind, city: String? = nil, formats: [String], base: String, query: String = "",
        scan: StampedScan? = nil, state: (word: StateWord, sentence: String)? = nil, seenBy: String? = nil,
        scanHref: String? = nil, uploadHref: String? = nil,
        confirmHref: String? = nil
    ) -> PapersPage.Item {
        let name = kind.rawValue.replacing("-", with: "_")
        let title = catalogue.text("paper.doc.title_\(name)")
        return PapersPage.Item(
            id: kind.rawValue + (city == nil ? "" : scan.map { "-\($0.subject)" } ?? ""),
            title: city.map { "\(title) \u{00B7} \($0)" } ?? title, text: say("about_\(name)"),
            state: state?.word ?? StateWord("○", say("state_printable"), .plain),
            stateSentence: state?.sentence ?? "",
            downloads: formats.map {
                PapersPage.Download(title: $0.uppercased(), href: "\(base)/\(kind.rawValue).\($0)\(query)")
            },
            scan: scan.flatMap { scan in
                scanHref.map {
                    PapersPage.Scan(
                        name: scan.name, href: $0,
                        sentence: say(
                            "scan", ["at": MomentFormat(zoneName: desk.scheme.zone, language).minute(scan.at)]),
                        look: look(scan, seenBy: seenBy))
                }
            }, isWaiting: scan?.state == .waiting, uploadHref: uploadHref, confirmHref: confirmHref)
    }

    // MARK: Eligibility

    func eligibility(
        _ hits: [NegativeHit], _ words: [EligibilityWord], answerHref: String?, decideHref: String?
    ) -> Eligibility {
        let open = hits.filter { !$0.isUnblocked(by: words) }
        let word = eligibilityWord(hits, words)
        let shown = hits.map { hit in
            let passes = hit.isUnblocked(by: words)
            let said = words.filter { $0.list == hit.list && $0.row == hit.row.number }.map {
                say(
                    "word_\($0.act.rawValue)",
                    [
                        "who": $0.by.rawValue, "reason": $0.reason, "evidence": $0.evidence,
                        "at": MomentFormat(zoneName: desk.scheme.zone, language).minute($0.at),
                    ])
            }
            return Eligibility.Hit(
                id: "\(hit.list)-\(hit.row.number)", title: hit.title,
                text: say(
                    "hit",
                    [
                        "kind": say("kind_\(hit.kind.rawValue.replacing("-", with: "_"))"), "document": hit.document,
                        "row": "\(hit.row.number)", "company": hit.row.company,
                    ]),
                state: passes
                    ? StateWord("✓", say("unblocked"), .good) : StateWord("✕", say("blocked"), .wrong),
                words: said, list: hit.list.rawValue, row: "\(hit.row.number)", answerHref: answerHref,
                decideHref: decideHref, act: passes ? "block" : "unblock",
                actTitle: say(passes ? "act_block" : "act_unblock"), wantsEvidence: !passes)
        }
        return Eligibility(
            state: word,
            sentence: say(hits.isEmpty ? "clear_sentence" : open.isEmpty ? "passed_sentence" : "blocked_sentence"),
            hasHits: !hits.isEmpty, hits: shown)
    }

    func eligibilityWord(_ hits: [NegativeHit], _ words: [EligibilityWord]) -> StateWord {
        let open = hits.filter { !$0.isUnblocked(by: words) }
        if hits.isEmpty { return StateWord("✓", say("clear"), .good) }
        return open.isEmpty ? StateWord("✓", say("unblocked"), .good) : StateWord("✕", say("blocked"), .wrong)
    }
}
