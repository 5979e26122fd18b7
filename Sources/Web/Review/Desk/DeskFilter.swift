import Foundation
import Hummingbird
import Review
import Vocabulary

/// What the queue shows, as it stands in the address: every view can be bookmarked and sent to a colleague.
struct DeskFilter: Sendable, Hashable {
    /// Views beside the states of cells.
    enum View: String, Sendable, CaseIterable {
        /// What the reader has to do now.
        case todo
        case accepted, returned, verified, submitted, waiting, alert, all
    }

    enum Sort: String, Sendable, CaseIterable {
        /// Due first, then the longest waiting.
        case due, platform, indicator
    }

    var view = View.todo
    var city = ""
    var type = ""
    var indicator = ""
    var platform = ""
    /// At least so many working days old.
    var age = 0
    /// An account's id, `me` or `nobody`; empty: whoever.
    var assigned = ""
    var withSignal = false
    var overdue = false
    var sort = Sort.due
    /// Counted from 1.
    var page = 1
    /// `P07/dcmm-level`; empty: the first.
    var cell = ""

    static let pageSize = 100
    static let ages = [0, 2, 5, 10]

    init() {}

    init(_ request: Request) { self.init { request.uri.queryParameters[Substring($0)].map(String.init) } }

    /// The filter of a form's field that holds an address' query.
    init(query: String) {
        let form = FormBody(text: query)
        self.init { form[$0].isEmpty ? nil : form[$0] }
    }

    private init(_ value: (String) -> String?) {
        func text(_ name: String) -> String {
            let raw = value(name) ?? ""
            return raw.removingPercentEncoding ?? raw
        }
        let named = text("view").isEmpty ? text("kind") : text("view")
        view = View(rawValue: named) ?? .todo
        city = text("city")
        type = text("type")
        indicator = text("indicator")
        platform = text("platform")
        age = Int(text("age")).map { min(max(0, $0), 1000) } ?? 0
        assigned = text("assigned")
        withSignal = text("signal") == "1"
        overdue = text("overdue") == "1"
        sort = Sort(rawValue: text("sort")) ?? .due
        page = Int(text("page")).map { min(max(1, $0), 100_000) } ?? 1
        cell = text("cell")
    }

    /// The address' query; values that say nothing are left out.
    var query: String {
        var parts: [(String, String)] = []
        if view != .todo { parts.append(("view", view.rawValue)) }
        for (name, value) in [
            ("city", city), ("type", type), ("indicator", indicator), ("platform", platform), ("assigned", assigned),
        ] where !value.isEmpty {
            parts.append((name, value))
        }
        if age > 0 { parts.append(("age", "\(age)")) }
        if withSignal { parts.append(("signal", "1")) }
        if overdue { parts.append(("overdue", "1")) }
        if sort != .due { parts.append(("sort", sort.rawValue)) }
        if page > 1 { parts.append(("page", "\(page)")) }
        if !cell.isEmpty { parts.append(("cell", cell)) }
        return parts.map { "\($0.0)=\(Self.escaped($0.1))" }.joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }

    func with(_ change: (inout DeskFilter) -> Void) -> DeskFilter {
        var next = self
        change(&next)
        return next
    }

    /// The entries that the filter lets through, in its order.
    func apply(_ entries: [DeskEntry], reader: AccountID?) -> [DeskEntry] {
        let found = entries.filter { lets($0, reader) }
        switch sort {
        case .due:
            return found.enumerated().sorted { a, b in
                let (x, y) = (a.element, b.element)
                let never = CivilDay(daysSince1970: Int.max / 2)
                return (x.due ?? never, x.since ?? .distant, a.offset) < (y.due ?? never, y.since ?? .distant, b.offset)
            }.map(\.element)
        case .platform: return found
        case .indicator:
            return found.enumerated().sorted { a, b in
                (a.element.indicator.number, a.offset) < (b.element.indicator.number, b.offset)
            }.map(\.element)
        }
    }

    private func lets(_ entry: DeskEntry, _ reader: AccountID?) -> Bool {
        let isOfView =
            switch view {
            case .todo: entry.isTodo
            case .accepted: entry.decision?.verdict == .accept
            case .returned: entry.kind == .returned || entry.decision?.verdict == .return
            case .verified: entry.kind == .verified
            case .submitted: entry.kind == .submitted
            case .waiting: entry.kind == .waiting
            case .alert: entry.kind == .alert
            case .all: entry.level != nil || entry.kind != .blank
            }
        guard isOfView else { return false }
        if !city.isEmpty, entry.participation.company.region.city.rawValue != city { return false }
        if !type.isEmpty, entry.participation.type != type { return false }
        if !indicator.isEmpty, entry.indicator.id.rawValue != indicator { return false }
        if !platform.isEmpty, entry.participation.platform.rawValue != platform { return false }
        if age > 0, entry.age < age { return false }
        if withSignal, entry.signalCount == 0 { return false }
        if overdue, !entry.isOverdue { return false }
        switch assigned {
        case "": return true
        case "me": return entry.assignment != nil && entry.assignment?.account == reader
        case "nobody": return entry.assignment == nil
        default: return entry.assignment?.account.rawValue == assigned
        }
    }
}

extension Instant {
    /// Later than everything that happens.
    static let distant = Instant(milliseconds: .max)
}
