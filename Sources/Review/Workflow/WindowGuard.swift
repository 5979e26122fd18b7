import Vocabulary

/// Windows, quotas and the number of the letter of recommendation.
public struct WindowGuard: TransitionGuard {
    private let store: any SubmissionStore

    public init(store: any SubmissionStore) { self.store = store }

    /// The longest number of a letter.
    static let longestLetter = 60

    public func hindrances(to request: SubmissionRequest, of submission: SubmissionCase) async throws -> [Finding] {
        guard [.submit, .recommend, .takeIn].contains(request.action),
            let zone = DayCutter(zoneName: submission.scheme.zone)
        else { return [] }
        let round = submission.round
        let windows = SubmissionWindows(try await store.windows(round.id), round: round, zone: zone)
        let region = submission.participation.company.region
        switch request.action {
        case .submit:
            return WindowGuard.closed(windows.effective(region), submission.now, zone)
        case .recommend:
            var findings = WindowGuard.closed(windows.effective(region.city), submission.now, zone)
            if let most = windows.own(region.city)?.quota {
                let used = try await store.recommended(round.id)[region.city, default: 0]
                if used >= most { findings.append(Finding(.error, "workflow.quota_used", ["quota": "\(most)"])) }
            }
            let letter = (request.details["letter"] ?? "").filter { !$0.isWhitespace }
            if letter.isEmpty || letter.count > WindowGuard.longestLetter {
                findings.append(Finding(.error, "workflow.letter_missing", at: "letter"))
            }
            return findings
        default:
            let closes = windows.effective(region.city).closes
            guard submission.now < closes else { return [] }
            // A rehearsal is driven through in one go.
            return [
                Finding(
                    round.kind == .production ? .error : .warning, "workflow.city_window_open",
                    ["closes": zone.clockText(closes)])
            ]
        }
    }

    private static func closed(_ window: SubmissionWindow, _ now: Instant, _ zone: DayCutter) -> [Finding] {
        if now < window.opens {
            return [Finding(.error, "workflow.window_not_open", ["opens": zone.clockText(window.opens)])]
        }
        if now >= window.closes {
            return [Finding(.error, "workflow.window_closed", ["closes": zone.clockText(window.closes)])]
        }
        return []
    }
}
