import Access
import Review
import Scheme
import Trust
import Vocabulary

/// Reads the formal checklist and takes people's decisions on its lines; pages and the API come here alike.
struct ChecklistWork: Sendable {
    let services: Services
    let context: WebContext

    /// The longest words on a line, in characters.
    static let longestText = 500

    private var checklist: FormalChecklist {
        get throws {
            guard let checklist = services.people.desk.checklist else { throw Failure("web.not_found") }
            return checklist
        }
    }

    /// - Throws: `access.denied` for everybody but the offices that reach the platform.
    func require(_ participation: Participation) throws {
        try DeskPageRoutes.requireOffice(context)
        try context.principal.require(.readPlatform, on: participation.scope)
    }

    func lines(of participation: Participation) async throws -> (lines: [ChecklistLine], submission: SubmissionCase) {
        let submission = try await SubmissionActs(services: services).submissionCase(participation)
        return (try await checklist.lines(of: submission), submission)
    }

    /// The reader may decide lines now.
    func mayDecide(_ participation: Participation) -> Bool {
        participation.submission == .formalCheck && context.principal.may(.checkFormally, on: participation.scope)
    }

    /// Keeps what a person says about a line.
    /// - Parameter seen: the automatic result that the person saw; nil takes the present one.
    /// - Throws: `desk.line_locked` unless the submission is being checked; `desk.line_unknown`; `desk.line_changed` when
    ///   the machine has found something else meanwhile; `desk.text_invalid` for a fault without words, or too many.
    func decide(
        _ id: String, _ verdict: ChecklistLine.Verdict, reason: String, seen: ChecklistLine.Result?,
        on participation: Participation
    ) async throws -> ChecklistLine {
        try context.principal.require(.checkFormally, on: participation.scope)
        guard let store = services.people.desk.checklists else { throw Failure("web.not_found") }
        guard participation.submission == .formalCheck else {
            throw Failure("desk.line_locked", ["state": participation.submission.rawValue])
        }
        let (lines, _) = try await lines(of: participation)
        guard var line = lines.first(where: { $0.id == id }) else {
            throw Failure("desk.line_unknown", ["line": String(id.prefix(64))])
        }
        if let seen, seen != line.result { throw Failure("desk.line_changed") }
        var words = PlainText.line(reason)
        // A tick on what the machine leaves open, or agrees with, needs no words of one's own.
        if words.isEmpty, verdict == .pass, line.result != .fail { words = ChecklistWords.seen(context.language) }
        guard (1...Self.longestText).contains(words.count) else {
            throw Failure("desk.text_invalid", ["most": "\(Self.longestText)"])
        }
        let decision = ChecklistLine.Decision(
            line: id, verdict: verdict, reason: words, automatic: line.result,
            by: context.principal.account ?? AccountID(""), at: services.clock.now())
        let entry = services.entry(
            "checklist.decided", by: context,
            on: AuditSubject(
                round: participation.round, platform: participation.platform, indicator: line.indicator,
                key: "checklist:\(id)"), reason: words,
            payload: ["verdict": .string(verdict.rawValue), "automatic": .string(line.result.rawValue)])
        try await store.decide(decision, participation.round, participation.platform, entry: entry)
        line.decision = decision
        return line
    }
}
