import Access
import Review
import Scheme

/// What a reader may see of a round's result, by the scheme's visibility and the round's state.
struct Sight: Sendable, Hashable {
    var names = false
    var ranks = false
    var totals = false
    var sections = false
    var points = false
    var values = false

    static let everything = Sight(
        names: true, ranks: true, totals: true, sections: true, points: true, values: true)

    /// What everybody sees: the authority everything, the public what the scheme opens at this state. The
    /// demonstration round switches everything on.
    init(_ round: Round, _ scheme: IndicatorScheme, for principal: Principal) {
        if principal.may(.readDraftResult) || round.kind == .demonstration {
            self = .everything
            return
        }
        self.init(round, scheme, as: "public")
    }

    /// What the reader sees of one platform: a company sees its own points and values once they are settled.
    init(_ round: Round, _ scheme: IndicatorScheme, of platform: Participation, for principal: Principal) {
        self.init(round, scheme, for: principal)
        guard self != .everything, principal.may(.readCell, on: platform.scope) else { return }
        let own = Sight(round, scheme, as: "company")
        points = points || own.points
        sections = sections || own.points
        totals = totals || own.points
        values = values || own.values
    }

    private init(_ round: Round, _ scheme: IndicatorScheme, as who: String) {
        func isOpen(_ what: String) -> Bool {
            guard let rule = scheme.visibility.first(where: { $0.what == what && $0.who == who }) else { return false }
            guard let from = RoundState(rawValue: rule.from.value) else { return false }
            let state = round.state == .suspended ? round.suspendedFrom ?? .preparing : round.state
            return state.order >= from.order
        }
        self.init(
            names: isOpen("names"), ranks: isOpen("ranks"), totals: isOpen("totals"), sections: isOpen("sections"),
            points: isOpen("points"), values: isOpen("values"))
    }

    private init(names: Bool, ranks: Bool, totals: Bool, sections: Bool, points: Bool, values: Bool) {
        self.names = names
        self.ranks = ranks
        self.totals = totals
        self.sections = sections
        self.points = points
        self.values = values
    }
}
