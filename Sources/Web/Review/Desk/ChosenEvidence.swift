import Access
import Review
import Scheme
import Submit
import Trust
import Vocabulary
import Wording

/// The papers of the item that is open on the desk, and the page that is shown beside the form.
struct ChosenEvidence: Sendable {
    let files: [EvidenceFile]
    /// States and findings of these files only; nil where there is none.
    let dossier: EvidenceDossier?
    /// The file that is open: the one asked for, else the first that has pages.
    let shown: EvidenceFile?
    /// From 1.
    let page: Int
    /// Pages of the open file that can be drawn; 0 for none.
    let count: Int
    /// Whether files are looked through for malware, for the words about those that wait for it.
    let scanning: AttachmentsServices.Scanning

    init(
        _ services: Services, _ context: WebContext, _ book: DeskBook, _ entry: DeskEntry, file: Digest?, page: Int
    ) async throws {
        files = try await services.cells.evidence.files(entry.cell)
        scanning = services.people.attachments.scanning
        guard !files.isEmpty else {
            (dossier, shown, self.page, count) = (nil, nil, 1, 0)
            return
        }
        let access = CellAccess(
            round: book.cells.round, scheme: book.cells.scheme, participation: entry.participation,
            principal: context.principal, now: book.now)
        dossier = try await EvidenceDossier(services, access, files: files, comparing: true)
        let drawn: Set<EvidenceType> = [.pdf, .png, .jpg]
        shown = files.first { $0.digest == file } ?? files.first { drawn.contains($0.type) } ?? files.first
        count = try await Self.pages(shown, services)
        self.page = max(1, min(page, max(1, count)))
    }

    /// 0 when pages cannot be drawn; the text and the download are still there.
    private static func pages(_ file: EvidenceFile?, _ services: Services) async throws -> Int {
        guard let file, let painter = services.people.attachments.painter else { return 0 }
        let readings = services.people.attachments.readings
        if let state = try await readings?.states([file.digest])[file.digest] {
            if state.kind == .quarantined { return 0 }
        } else if services.people.attachments.isScanned {
            return 0
        }
        do {
            return try await painter.pages(file.digest, file.type) {
                try await services.cells.evidence.bytes(file.digest) ?? []
            }
        } catch is Failure {
            return 0
        }
    }
}

extension QueuePageBuilder {
    /// The desk's address with a file and a page of it open.
    private func address(_ chosen: ChosenItem, _ file: Digest, page: Int) -> String {
        let item = address(filter.with { $0.cell = chosen.entry.name })
        return "\(item)&file=\(file.hex)&sheet=\(page)#desk-evidence"
    }

    func preview(_ chosen: ChosenItem) -> QueuePage.Preview? {
        let evidence = chosen.evidence
        guard let file = evidence.shown else { return nil }
        let (page, count) = (evidence.page, evidence.count)
        let pages = "/evidence/\(file.digest.hex)/pages/"
        return QueuePage.Preview(
            name: file.name, viewerHref: "/evidence/\(file.digest.hex)?page=\(page)", hasPage: count > 0,
            image: "\(pages)\(page).png", title: say("page_of", ["page": "\(page)", "count": "\(count)"]),
            page: "\(page)", pageCount: "\(count)", pages: pages,
            earlierHref: count > 1 ? address(chosen, file.digest, page: max(1, page - 1)) : nil,
            laterHref: count > 1 ? address(chosen, file.digest, page: min(count, page + 1)) : nil,
            isFirst: page == 1, isLast: page >= count)
    }

    func files(_ chosen: ChosenItem) -> [QueuePage.File] {
        guard let dossier = chosen.evidence.dossier else { return [] }
        let words = EvidenceWords(
            dossier: dossier, language: language, mayDecide: false, scanning: chosen.evidence.scanning)
        let indicator = chosen.entry.indicator
        return chosen.evidence.files.enumerated().map { index, file in
            let lines = words.lines(file).enumerated().map { at, line in
                EvidenceLine(
                    key: "desk-\(index)-\(at)", tone: line.tone, sign: line.sign, text: line.text,
                    pageHref: line.pageHref.map { href in
                        let page = href.split(separator: "=").last.flatMap { Int($0) } ?? 1
                        return address(chosen, file.digest, page: page)
                    }, pageTitle: line.pageTitle, overruled: line.overruled, decision: nil)
            }
            return QueuePage.File(
                kind: file.type.rawValue.uppercased(), name: file.name, href: address(chosen, file.digest, page: 1),
                viewerHref: "/evidence/\(file.digest.hex)", isCurrent: file.digest == chosen.evidence.shown?.digest,
                requirement: indicator.evidence.first { $0.id == file.requirement }?.title[language],
                note: "\(FigureFormat.bytes(file.size)) \u{00B7} \(moments.minute(file.at))",
                state: words.word(dossier.states[file.digest] ?? ReadingState(.waiting)), hasLines: !lines.isEmpty,
                lines: lines)
        }
    }
}
