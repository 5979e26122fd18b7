import Access
import Match
import Paper
import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Prints papers, takes stamped scans in and compares their version; for pages of companies and offices alike.
struct PaperDesk: Sendable {
    /// 20 MiB, as for evidence.
    static let mostBytes = EvidenceInspection.mostBytes

    let site: Site
    let round: Round
    let scheme: IndicatorScheme
    private var services: Services { site.services }

    init(_ site: Site, _ round: Round) async throws {
        self.site = site
        self.round = round
        scheme = try await site.services.scheme(of: round)
    }

    /// - Throws: `paper.not_kept` where the installation keeps no papers.
    func archive() throws(Failure) -> any PaperArchive {
        guard let archive = services.people.paper.archive else { throw Failure("paper.not_kept") }
        return archive
    }

    private var contents: PaperContents {
        PaperContents(declarations: services.cells.declarations, evidence: services.cells.evidence)
    }

    /// The present version of a stamped paper of one platform, printed now if it never was.
    func issue(_ kind: PaperKind, _ participation: Participation, _ context: WebContext) async throws -> PrintedPaper {
        let content = try await contents.of(kind, participation, round)
        return try await issue(kind, participation.platform.rawValue, content, context, participation.platform)
    }

    /// The present version of a city's letter or table.
    func issue(
        _ kind: PaperKind, city: RegionCode, _ platforms: [Participation], _ context: WebContext
    ) async throws -> PrintedPaper {
        let content = PaperContents.summary(city, round, platforms)
        return try await issue(kind, city.city.rawValue, content, context, nil)
    }

    private func issue(
        _ kind: PaperKind, _ subject: String, _ content: CanonicalJSON, _ context: WebContext, _ platform: PlatformID?
    ) async throws -> PrintedPaper {
        let digest = Digest.sha256(of: content.bytes)
        let entry = services.entry(
            "paper.printed", by: context,
            on: AuditSubject(round: round.id, platform: platform, key: "paper:\(kind.rawValue)"),
            payload: ["kind": .string(kind.rawValue), "digest": .string(digest.hex)])
        return try await archive().issue(kind, of: subject, in: round.id, content: content, entry: entry)
    }

    /// How long an upload waits for what is read in its scan before it answers without.
    private static let patience = Duration.seconds(2)

    /// Takes a scan in for the present version: it is on disk before it is read, and where many are read at once the
    /// answer does not wait for it.
    /// - Throws: `paper.scan_type`, `paper.scan_other_version`, `paper.scan_other_unnamed`, `paper.scan_other_paper`,
    ///   and what the inspection of the file throws.
    func take(
        _ file: MultipartForm.File, for paper: PrintedPaper, platform: PlatformID?, _ context: WebContext
    ) async throws -> StampedScan.State {
        let inspected = try EvidenceInspection.inspect(file.bytes, name: file.name)
        guard [.pdf, .jpg, .png].contains(inspected.type) else { throw Failure("paper.scan_type") }
        let reading = services.people.paper.reading
        let state = reading == nil ? StampedScan.State.unread : .waiting
        let scan = StampedScan(
            round: round.id, subject: paper.subject, kind: paper.kind, number: paper.number, file: inspected.digest,
            name: inspected.name, type: inspected.type, size: inspected.size, state: state,
            by: context.principal.account ?? AccountID(""), at: services.clock.now())
        let entry = services.entry(
            "paper.scan_attached", by: context,
            on: AuditSubject(round: round.id, platform: platform, key: "paper:\(paper.kind.rawValue)"),
            payload: [
                "digest": .string(inspected.digest.hex), "version": .string("\(paper.number)"),
                "state": .string(state.rawValue),
            ])
        let id = try await archive().keep(scan, bytes: file.bytes, entry: entry)
        let read = try await reading?.read(id, within: Self.patience)
        if let refusal = read?.refusal { throw refusal.failure(current: paper.number) }
        return read?.state ?? state
    }
}
