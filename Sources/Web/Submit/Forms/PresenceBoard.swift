import Vocabulary

/// Who is at which section now. Kept in memory only; whoever says nothing for a while is gone.
public actor PresenceBoard {
    /// One open page.
    struct Visitor: Sendable {
        let account: AccountID
        let name: String
        /// The value id of the field that has the cursor; empty for none.
        let field: String
        let at: Instant
    }

    /// Pages beyond these are not shown; a company's form has a handful.
    static let mostVisitors = 32
    static let mostSections = 20_000
    /// Three missed heartbeats.
    static let lifetimeMilliseconds: Int64 = 40_000

    private var sections: [String: [String: Visitor]] = [:]

    public init() {}

    /// Notes a page and answers the other pages at the section, the longest there last.
    func note(_ visitor: Visitor, page: String, at section: String) -> [Visitor] {
        let now = visitor.at
        var visitors = (sections[section] ?? [:]).filter { Self.isAlive($0.value, now) }
        let others = visitors.filter { $0.key != page }
        if visitors[page] != nil || visitors.count < Self.mostVisitors { visitors[page] = visitor }
        if sections[section] == nil, sections.count >= Self.mostSections { forget(before: now) }
        if sections[section] != nil || sections.count < Self.mostSections { sections[section] = visitors }
        return others.values.sorted { ($0.at, $0.name) > ($1.at, $1.name) }
    }

    /// The page was closed.
    func leave(page: String, section: String) {
        sections[section]?[page] = nil
        if sections[section]?.isEmpty ?? false { sections[section] = nil }
    }

    private func forget(before now: Instant) {
        sections = sections.compactMapValues { visitors in
            let alive = visitors.filter { Self.isAlive($0.value, now) }
            return alive.isEmpty ? nil : alive
        }
    }

    private static func isAlive(_ visitor: Visitor, _ now: Instant) -> Bool {
        now.milliseconds - visitor.at.milliseconds < lifetimeMilliseconds
    }
}
