import Access
import Foundation
import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Plans, carries out and undoes what people do at the desk; pages and the API come here alike.
struct DeskWork: Sendable {
    let services: Services
    let context: WebContext

    private var store: any DeskStore {
        get throws {
            guard let store = services.people.desk.items else { throw Failure("web.not_found") }
            return store
        }
    }

    /// Roles that decide items.
    static let reviewers: Set<Role> = [.countyClerk, .cityClerk, .provinceOperator]

    /// - Throws: `access.sign_in_required`, `access.denied` for everybody who decides no items.
    static func requireReviewer(_ principal: Principal) throws {
        guard principal.isSignedIn else { throw Failure("access.sign_in_required") }
        guard !principal.roles.isDisjoint(with: reviewers) else {
            throw Failure("access.denied", ["permission": Permission.returnCell.rawValue])
        }
    }

    /// - Throws: `review.platform_unknown`, `review.indicator_unknown` for an item that the reader does not reach.
    func plan(
        _ action: DeskAction, on names: [(platform: PlatformID, indicator: IndicatorID)], in book: DeskBook
    ) async throws -> DeskPlan {
        if case .handOver(let colleague, _) = action { try await requireColleague(colleague) }
        let platforms = Swift.Dictionary(uniqueKeysWithValues: book.cells.participations.map { ($0.platform, $0) })
        let items = try names.prefix(DeskPlan.mostItems + 1).map { name in
            guard let participation = platforms[name.platform] else {
                throw Failure("review.platform_unknown", ["platform": name.platform.rawValue])
            }
            guard let indicator = book.cells.scheme.indicator(name.indicator) else {
                throw Failure("review.indicator_unknown", ["indicator": name.indicator.rawValue])
            }
            return book.deskItem(participation, indicator)
        }
        return try DeskPlan(action, on: items)
    }

    /// - Throws: `desk.plan_changed` when it is no longer what the person has seen; `desk.nothing_to_do`; `desk.stale`.
    func carryOut(_ plan: DeskPlan, in book: DeskBook, seen: String?) async throws -> DeskBatch {
        if let seen, seen != plan.digest { throw Failure("desk.plan_changed") }
        guard !plan.items.isEmpty else { throw Failure("desk.nothing_to_do", findings: plan.refused) }
        let batch = DeskBatch(
            id: services.random.bytes(8).map { byte in
                let text = String(byte, radix: 16)
                return text.count == 1 ? "0" + text : text
            }.joined(), round: book.cells.round.id, action: plan.action.name,
            by: context.principal.account ?? AccountID(""), at: book.now, itemCount: plan.items.count)
        let entries = plan.items.map { entry(of: plan.action, on: $0, batch) }
        try await store.carryOut(plan, as: batch, entries: entries)
        if case .handOver(let colleague, let note) = plan.action {
            _ = try? await services.people.workflow.messages?.tell(
                MessageDraft(
                    "message.handed_over", ["count": "\(plan.items.count)", "note": note], round: batch.round,
                    address: "/authority/rounds/\(batch.round)/queue?assigned=me", to: [.accounts([colleague])]),
                at: book.now)
        }
        return batch
    }

    private func entry(of action: DeskAction, on item: DeskItem, _ batch: DeskBatch) -> AuditEntry {
        let level = ReviewLevel(reviewing: item.submission)?.rawValue ?? ""
        var payload: [String: CanonicalJSON] = [
            "level": .string(level), "declaredVersion": .string("\(item.declaredVersion)"), "batch": .string(batch.id),
        ]
        switch action {
        case .accept(let note):
            return services.entry(
                "item.accepted", by: context, on: item.cell.subject, reason: note.isEmpty ? nil : note,
                payload: .object(payload))
        case .return(let code, let reason, let rows):
            payload["reasonCode"] = .string(code.rawValue)
            payload["rows"] = .array(rows.map { .string("\($0)") })
            return services.entry(
                "cell.returned", by: context, on: item.cell.subject, reason: reason, payload: .object(payload))
        case .handOver(let colleague, let note):
            payload["to"] = .string(colleague.rawValue)
            return services.entry(
                "item.handed-over", by: context, on: item.cell.subject, reason: note.isEmpty ? nil : note,
                payload: .object(payload))
        }
    }

    /// - Throws: `desk.batch_unknown` for everybody but the one who did it; what the store throws.
    func undo(_ id: String, in round: RoundID) async throws -> DeskBatch {
        guard let batch = try await store.batch(id), batch.round == round, batch.by == context.principal.account else {
            throw Failure("desk.batch_unknown", ["batch": String(id.prefix(32))])
        }
        let entry = services.entry(
            "item.undone", by: context, on: AuditSubject(round: round, key: "batch:\(batch.id)"),
            payload: ["action": .string(batch.action), "count": .string("\(batch.itemCount)")])
        try await store.undo(batch, at: services.clock.now(), entry: entry)
        return batch
    }

    // MARK: - Colleagues

    /// Who works in the reader's own office and decides items there, the reader included, by id; at most 200.
    func colleagues() async throws -> [Account] {
        let own = context.principal
        var found: [Account] = []
        var last: AccountID?
        while found.count < 200 {
            let page = try await services.accounts.accounts(after: last, limit: 500)
            found += page.filter { Self.isColleague($0, of: own) }
            guard page.count == 500, let end = page.last?.id else { break }
            last = end
        }
        return Array(found.prefix(200))
    }

    static func isColleague(_ account: Account, of own: Principal) -> Bool {
        let shared = account.roles.intersection(own.roles).intersection(reviewers)
        return account.lock == nil && !shared.isEmpty && account.region == own.region
    }

    /// - Throws: `desk.not_a_colleague`.
    private func requireColleague(_ id: AccountID) async throws {
        if id == context.principal.account { return }
        guard let account = try await services.accounts.account(id), Self.isColleague(account, of: context.principal)
        else { throw Failure("desk.not_a_colleague", ["account": String(id.rawValue.prefix(64))]) }
    }
}

extension DeskPlan {
    /// What a person has seen of the plan: it changes with the action, the items, their declarations and decisions.
    var digest: String {
        var lines: [String] = []
        switch action {
        case .accept(let note): lines.append("accept|\(note)")
        case .return(let code, let reason, let rows): lines.append("return|\(code.rawValue)|\(rows)|\(reason)")
        case .handOver(let colleague, let note): lines.append("hand-over|\(colleague)|\(note)")
        }
        lines += items.map { "\($0.cell)|\($0.submission.rawValue)|\($0.declaredVersion)|\($0.decision?.id ?? 0)" }
        lines += refused.map { "\($0.place)|\($0.code)" }
        return Digest.sha256(of: Array(lines.joined(separator: "\n").utf8)).hex
    }
}
