import Submit
import Vocabulary

/// Builds the viewer of one file around the page that the reader came for.
struct ViewerBuilder: Sendable {
    let use: EvidenceReach.Use
    let words: EvidenceWords
    /// Pages that can be drawn.
    let count: Int
    let document: ReadDocument?
    let window: Int
    let asked: Int

    func page() -> EvidenceViewPage {
        let file = use.file
        let address = "/evidence/\(file.digest)"
        let start = max(1, min(asked, max(1, count)))
        let first = (start - 1) / window * window + 1
        let last = min(count, first + window - 1)
        let shown = count == 0 ? [] : Array(first...last)
        let state = words.dossier.states[file.digest] ?? ReadingState(.waiting)
        let lines = words.lines(file)
        let near = document?.pages.filter { count == 0 || (first...max(first, last)).contains($0.number) } ?? []
        return EvidenceViewPage(
            heading: Heading(
                file.name, kicker: use.owner.name,
                lead: words.say(
                    "viewer.lead",
                    [
                        "kind": file.type.rawValue.uppercased(), "size": EvidenceWords.size(file.size),
                        "digest": String(file.digest.hex.prefix(16)),
                    ]),
                acts: [HeadAct(words.say("viewer.download"), href: "/api/v1/evidence/\(file.digest)", isDownload: true)]
            ),
            state: words.word(state), note: words.note(state), isPending: !state.isEnded, digest: file.digest.hex,
            start: "\(start)", pageCount: "\(count)", hasPages: !shown.isEmpty,
            pages: shown.map { number in
                EvidenceViewPage.Sheet(
                    n: "\(number)", source: "\(address)/pages/\(number).png",
                    thumb: "\(address)/pages/\(number).png?width=160",
                    title: words.say("viewer.page", ["page": "\(number)"]))
            }, earlierHref: first > 1 ? "\(address)?page=\(first - window)" : nil,
            laterHref: last < count ? "\(address)?page=\(last + 1)" : nil, hasLines: !lines.isEmpty, lines: lines,
            hasTexts: !near.isEmpty,
            texts: near.prefix(window).map { page in
                EvidenceViewPage.PageWords(
                    n: "\(page.number)", title: words.say("viewer.page", ["page": "\(page.number)"]),
                    isScan: page.source == .scan, text: String(page.text.prefix(20_000)))
            })
    }
}
