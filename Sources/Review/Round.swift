import Scheme
import Vocabulary

/// One evaluation round: a scheme applied to a field of platforms over a stretch of time.
public struct Round: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Counts; opens only on a scheme without defaults.
        case production
        /// A rehearsal with real applicants and no consequences.
        case rehearsal
        /// A demonstration; marked as one on every page and file.
        case demonstration
    }

    public var id: RoundID
    public var scheme: SchemeID
    /// The digest of the scheme file at opening; what the round is judged by.
    public var schemeDigest: Digest
    public var title: LocalizedText
    public var kind: Kind
    public var state: RoundState
    /// The state that a suspended round returns to.
    public var suspendedFrom: RoundState?
    /// The last day of submission in the province.
    public var cutOff: CivilDay
    /// Stated factors by which a demonstration's port volumes were scaled down; empty in every other kind.
    public var portScale: [IndicatorID: Int]
    public var createdAt: Instant
    /// Grows by one with every change; the entity tag of the API.
    public var version: Int

    public init(
        id: RoundID, scheme: SchemeID, schemeDigest: Digest, title: LocalizedText, kind: Kind,
        state: RoundState = .preparing, suspendedFrom: RoundState? = nil, cutOff: CivilDay,
        portScale: [IndicatorID: Int] = [:], createdAt: Instant, version: Int = 1
    ) {
        self.id = id
        self.scheme = scheme
        self.schemeDigest = schemeDigest
        self.title = title
        self.kind = kind
        self.state = state
        self.suspendedFrom = suspendedFrom
        self.cutOff = cutOff
        self.portScale = portScale
        self.createdAt = createdAt
        self.version = version
    }
}

/// Where a round stands. Source: the round's line in `docs/architecture.md`, product text.
public enum RoundState: String, Sendable, Hashable, Codable, CaseIterable {
    case preparing, open, reviewing, evaluating, panel, notice, published, archived, suspended, cancelled

    /// Position on the main line; suspended and cancelled stand outside (-1).
    public var order: Int {
        switch self {
        case .preparing: 0
        case .open: 1
        case .reviewing: 2
        case .evaluating: 3
        case .panel: 4
        case .notice: 5
        case .published: 6
        case .archived: 7
        case .suspended, .cancelled: -1
        }
    }
}

/// What may be done to a round.
public enum RoundAction: String, Sendable, Hashable, Codable, CaseIterable {
    case open, review, evaluate, panel, notice, publish, archive, suspend, resume, cancel
}

extension Round {
    /// The round after `action`, one version on.
    ///
    /// A production round opens only when no value of its scheme is ours by default.
    /// - Throws: `review.round_action_not_allowed` when the state does not allow it;
    ///   `review.scheme_has_defaults` for a production round on unconfirmed values.
    public func performing(_ action: RoundAction, scheme: IndicatorScheme) throws(Failure) -> Round {
        guard let next = next(action) else {
            throw Failure("review.round_action_not_allowed", ["action": action.rawValue, "state": state.rawValue])
        }
        if action == .open, kind == .production {
            let open = scheme.indicators.filter { $0.points.origin == .default }.map(\.id.rawValue)
            if !open.isEmpty {
                throw Failure("review.scheme_has_defaults", ["indicators": open.joined(separator: ", ")])
            }
        }
        var round = self
        round.suspendedFrom = action == .suspend ? state : nil
        round.state = next
        round.version += 1
        return round
    }

    /// The actions that the present state allows, in their usual order.
    public var allowedActions: [RoundAction] { RoundAction.allCases.filter { next($0) != nil } }

    private func next(_ action: RoundAction) -> RoundState? {
        switch (state, action) {
        case (.preparing, .open): .open
        case (.open, .review): .reviewing
        case (.reviewing, .evaluate): .evaluating
        case (.evaluating, .panel): .panel
        case (.panel, .notice): .notice
        // An upheld objection changes the result: back to the panel, then a new notice.
        case (.notice, .panel): .panel
        case (.notice, .publish): .published
        case (.published, .archive): .archived
        case (.suspended, .resume): suspendedFrom
        case (.preparing, .suspend), (.open, .suspend), (.reviewing, .suspend), (.evaluating, .suspend),
            (.panel, .suspend), (.notice, .suspend):
            .suspended
        case (.preparing, .cancel), (.open, .cancel), (.reviewing, .cancel), (.evaluating, .cancel),
            (.panel, .cancel), (.notice, .cancel), (.suspended, .cancel):
            .cancelled
        default: nil
        }
    }
}

extension Round {
    /// A port figure times the demonstration's stated factor; rows and the platforms' own summaries are both sent scaled
    /// down, so both are shown scaled up. Every other round has no factor.
    public func scaledUp(_ value: ExactDecimal, of indicator: IndicatorID) -> ExactDecimal {
        guard let factor = portScale[indicator], factor > 1 else { return value }
        return ExactDecimal(coefficient: value.coefficient * Int64(factor), places: value.places)
    }
}
