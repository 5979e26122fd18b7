import Review
import Vocabulary

/// The formal checklist of a submission: the lines of all sources with what people decided about them.
public struct FormalChecklist: Sendable {
    private let sources: [any ChecklistSource]
    private let store: any ChecklistStore

    /// - Parameter sources: in the order in which their lines stand within a part.
    public init(sources: [any ChecklistSource], store: any ChecklistStore) {
        self.sources = sources
        self.store = store
    }

    /// Generated anew from the scheme and what is there now, by part. Quick enough for a page: it reads what is indexed
    /// and the text of files that was read before.
    public func lines(of submission: SubmissionCase) async throws -> [ChecklistLine] {
        let participation = submission.participation
        let decided = try await store.decisions(participation.round, participation.platform)
        let byLine = decided.reduce(into: [String: ChecklistLine.Decision]()) { $0[$1.line] = $1 }
        var lines: [ChecklistLine] = []
        for source in sources { lines += try await source.lines(of: submission) }
        return ChecklistLine.Part.allCases.flatMap { part in
            lines.filter { $0.part == part }.map { line in
                var line = line
                line.decision = byLine[line.id]
                return line
            }
        }
    }
}

/// The formal check is passed only when every line is settled: by the machine, or by a person's word.
public struct ChecklistGuard: TransitionGuard {
    private let checklist: FormalChecklist

    public init(_ checklist: FormalChecklist) { self.checklist = checklist }

    /// The most lines that are named one by one.
    static let mostNamed = 12

    public func hindrances(
        to request: SubmissionRequest, of submission: SubmissionCase
    ) async throws -> [Finding] {
        guard submission.participation.submission == .formalCheck, request.action == .pass else { return [] }
        let open = try await checklist.lines(of: submission).filter { !$0.isSettled }
        guard !open.isEmpty else { return [] }
        let failed = open.filter { $0.outcome == .fail }.count
        let sum = Finding(
            .error, "desk.guard.checklist", at: "checklist",
            ["open": "\(open.count - failed)", "failed": "\(failed)"])
        return [sum]
            + open.prefix(Self.mostNamed).map { line in
                Finding(.error, line.question.code, at: "checklist/\(line.id)", line.question.values)
            }
    }
}

extension ChecklistLine {
    /// - Parameters:
    ///   - question: what is asked, the key under `desk.check.`.
    ///   - found: what was seen, the key under `desk.found.`.
    init(
        _ id: String, _ part: Part, _ question: String, _ result: Result, _ found: String,
        _ values: [String: String] = [:], indicator: (id: IndicatorID, number: Int)? = nil
    ) {
        self.init(
            id: id, part: part, indicator: indicator?.id,
            question: Finding(
                .note, "desk.check.\(question)", at: id, indicator.map { ["number": "\($0.number)"] } ?? [:]),
            result: result, source: Finding(.note, "desk.found.\(found)", at: id, values))
    }
}
