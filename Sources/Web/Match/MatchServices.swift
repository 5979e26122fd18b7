import Evaluate
import Match
import Vocabulary

/// What Match needs from the joiner: where lists are kept, and whom to ask.
public struct MatchServices: Sendable {
    public var lists: any OfficialListStore
    public var awards: any MatchedAwardsStore
    /// Nil where the installation knows no registry: its cells wait.
    public var registry: (any Registry)?

    public init(lists: any OfficialListStore, awards: any MatchedAwardsStore, registry: (any Registry)?) {
        self.lists = lists
        self.awards = awards
        self.registry = registry
    }
}

/// The lists as a settling step asks for them.
public struct ServedLists: ImportedLists {
    private let store: any OfficialListStore

    public init(store: any OfficialListStore) { self.store = store }

    public func lists(_ round: RoundID, for indicator: IndicatorID) async throws -> [OfficialList] {
        try await store.lists(round, for: indicator)
    }
}
