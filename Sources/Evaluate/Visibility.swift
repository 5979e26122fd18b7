import Review
import Scheme

/// What of a result the scheme lets a circle of people see while the round stands where it stands.
public struct ResultVisibility: Sendable, Hashable {
    public var names: Bool
    public var ranks: Bool
    public var totals: Bool
    public var sections: Bool
    /// Points of single indicators, sheets and verified values.
    public var points: Bool

    public init(names: Bool, ranks: Bool, totals: Bool, sections: Bool, points: Bool) {
        self.names = names
        self.ranks = ranks
        self.totals = totals
        self.sections = sections
        self.points = points
    }

    public static let everything = ResultVisibility(
        names: true, ranks: true, totals: true, sections: true, points: true)
    public static let nothing = ResultVisibility(
        names: false, ranks: false, totals: false, sections: false, points: false)

    /// By the scheme's rules for `public`; a demonstration shows everything.
    public static func ofPublic(_ round: Round, scheme: IndicatorScheme) -> ResultVisibility {
        if round.kind == .demonstration { return .everything }
        return ResultVisibility(
            names: scheme.shows("names", to: "public", in: round),
            ranks: scheme.shows("ranks", to: "public", in: round),
            totals: scheme.shows("totals", to: "public", in: round),
            sections: scheme.shows("sections", to: "public", in: round),
            points: scheme.shows("points", to: "public", in: round))
    }

    /// Whether a company sees its own sheet: by the scheme from a state of the round on, or once its result was told
    /// to it.
    public static func companySeesOwn(
        _ round: Round, scheme: IndicatorScheme, submission: SubmissionState
    ) -> Bool {
        let isTold: Bool
        switch submission {
        case .settled, .inNotice, .objection, .published: isTold = true
        default: isTold = false
        }
        return round.kind == .demonstration || isTold
            || (scheme.shows("points", to: "company", in: round) && round.state.order >= RoundState.notice.order)
    }
}

extension IndicatorScheme {
    /// Whether the round has reached the state from which `who` sees `what`. A suspended round shows what it showed.
    func shows(_ what: String, to who: String, in round: Round) -> Bool {
        guard let rule = visibility.first(where: { $0.what == what && $0.who == who }),
            let from = RoundState(rawValue: rule.from.value), from.order >= 0
        else { return false }
        let state = round.state == .suspended ? round.suspendedFrom ?? .preparing : round.state
        return state.order >= from.order
    }
}
