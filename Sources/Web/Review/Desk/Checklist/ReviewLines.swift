import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// What the levels before have done: decided, recommended within the quota, listed in the city's stamped table; and
/// whether anything calls for a question.
public struct ReviewLines: ChecklistSource {
    private let submissions: any SubmissionStore
    private let items: any DeskStore
    private let queries: any QueryStore
    private let archive: (any PaperArchive)?
    private let signals: [any SignalSource]

    public init(
        submissions: any SubmissionStore, items: any DeskStore, queries: any QueryStore,
        archive: (any PaperArchive)?, signals: [any SignalSource]
    ) {
        self.submissions = submissions
        self.items = items
        self.queries = queries
        self.archive = archive
        self.signals = signals
    }

    public func lines(of submission: SubmissionCase) async throws -> [ChecklistLine] {
        [
            try await signals(submission),
            try await decided(submission),
            try await letter(submission),
            try await quota(submission),
            try await summary(submission),
        ].compactMap { $0 }
    }

    private func signals(_ submission: SubmissionCase) async throws -> ChecklistLine {
        let platform = submission.participation.platform
        let asked = Set(try await queries.queries(submission.round.id, platform).map(\.signal.key))
        var keys: Set<String> = []
        for source in signals {
            for signal in try await source.signals(submission.round, scheme: submission.scheme)
            where signal.platform == platform { keys.insert(signal.key) }
        }
        let open = keys.subtracting(asked).count
        return ChecklistLine(
            "consistency.signals", .consistency, "signals", open == 0 ? .pass : .open,
            open == 0 ? "no_signals" : "signals", ["count": "\(open)", "asked": "\(asked.count)"])
    }

    private func decided(_ submission: SubmissionCase) async throws -> ChecklistLine {
        let own = try await items.decisions(submission.round.id, submission.participation.platform)
            .filter { $0.level == .city && $0.verdict == .accept }
        let asked = submission.scheme.indicators.filter { $0.mode == .upload }
        let open = asked.filter { indicator in !own.contains { $0.cell.indicator == indicator.id } }
        return ChecklistLine(
            "review.items", .review, "items", open.isEmpty ? .pass : .fail,
            open.isEmpty ? "items_accepted" : "items_open",
            [
                "count": "\(asked.count)", "open": "\(open.count)",
                "numbers": open.map { "\($0.number)" }.joined(separator: ", "),
            ])
    }

    private func letter(_ submission: SubmissionCase) async throws -> ChecklistLine {
        let events = try await submissions.events(submission.round.id, submission.participation.platform)
        let number = events.last { $0.action == .recommend }?.details["letter"] ?? ""
        return ChecklistLine(
            "review.letter", .review, "letter", number.isEmpty ? .fail : .pass,
            number.isEmpty ? "letter_missing" : "letter", ["letter": number])
    }

    private func quota(_ submission: SubmissionCase) async throws -> ChecklistLine? {
        guard let zone = DayCutter(zoneName: submission.scheme.zone) else { return nil }
        let round = submission.round
        let city = submission.participation.company.region.city
        let windows = SubmissionWindows(try await submissions.windows(round.id), round: round, zone: zone)
        let used = try await submissions.recommended(round.id)[city, default: 0]
        guard let most = windows.own(city)?.quota else {
            return ChecklistLine("review.quota", .review, "quota", .pass, "no_quota", ["used": "\(used)"])
        }
        return ChecklistLine(
            "review.quota", .review, "quota", used <= most ? .pass : .fail, used <= most ? "quota" : "quota_passed",
            ["used": "\(used)", "quota": "\(most)"])
    }

    private func summary(_ submission: SubmissionCase) async throws -> ChecklistLine? {
        guard let archive else { return nil }
        func line(_ result: ChecklistLine.Result, _ found: String, _ scan: StampedScan?) -> ChecklistLine {
            ChecklistLine(
                "review.summary", .review, "summary", result, found,
                ["file": scan?.name ?? "", "number": "\(scan?.number ?? 0)", "reason": scan?.reason ?? ""])
        }
        let subject = submission.participation.company.region.city.rawValue
        guard let scan = try await archive.scan(.summary, of: subject, in: submission.round.id) else {
            return line(.fail, "scan_missing", nil)
        }
        let shown = try await archive.version(.summary, of: subject, in: submission.round.id, number: scan.number)
        let content = try CanonicalJSON(parsing: Array((shown?.content ?? "{}").utf8))
        guard case .array(let platforms)? = content["platforms"],
            platforms.contains(where: {
                $0["platform"] == .string(submission.participation.platform.rawValue)
            })
        else { return line(.fail, "summary_other", scan) }
        switch scan.state {
        case .read: return line(.pass, "summary_same", scan)
        case .confirmed: return line(.pass, "scan_confirmed", scan)
        case .unread: return line(.open, "scan_unread", scan)
        case .waiting: return line(.open, "scan_waiting", scan)
        case .refused: return line(.fail, "summary_other", scan)
        }
    }
}
