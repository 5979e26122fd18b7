import Access
import Evaluate
import Hummingbird
import Review
import Scheme
import Trust
import Vocabulary

/// What stands against starting and ending a public notice of a round, and what starting one leaves behind.
struct PanelRoundSteps: Sendable {
    let services: Services

    /// - Throws: `panel.round_hindered` with everything that is missing; a demonstration is never hindered.
    func require(_ action: RoundAction, of round: Round, _ scheme: IndicatorScheme) async throws {
        guard let stores = services.people.panel.store, services.enforcesGuards, round.kind != .demonstration else {
            return
        }
        var findings: [Finding] = []
        switch action {
        case .notice: findings = try await noticeFindings(round, stores)
        case .publish: findings = try await publishFindings(round, scheme, stores)
        default: return
        }
        if !findings.isEmpty {
            throw Failure(
                "panel.round_hindered", ["action": action.rawValue, "count": "\(findings.count)"], findings: findings)
        }
    }

    /// What hinders the notice; also shown before anybody asks for it.
    func noticeFindings(_ round: Round, _ stores: any PanelStores) async throws -> [Finding] {
        var findings: [Finding] = []
        if try await stores.contacts(round.id) == nil { findings.append(Finding(.error, "panel.contacts_missing")) }
        if try await services.evaluations.latest(round.id) == nil {
            findings.append(Finding(.error, "panel.not_computed_round"))
        }
        let ranked = try await ranked(round)
        if ranked.isEmpty { findings.append(Finding(.error, "panel.nobody_to_announce")) }
        let behind = ranked.filter { $0.submission != .inNotice && $0.submission != .published }
        if !behind.isEmpty { findings.append(PanelRoundSteps.finding("panel.platforms_behind", behind)) }
        return findings
    }

    func publishFindings(
        _ round: Round, _ scheme: IndicatorScheme, _ stores: any PanelStores
    ) async throws -> [Finding] {
        var findings: [Finding] = []
        if let notice = try await stores.notices(round.id).last {
            if !notice.hasRun(on: scheme.day(of: services.clock.now())) {
                findings.append(Finding(.error, "panel.notice_runs_round", values(notice)))
            }
        } else {
            findings.append(Finding(.error, "panel.no_notice_round"))
        }
        let open = try await stores.openCount(round.id, nil)
        if open > 0 { findings.append(Finding(.error, "panel.objections_open_round", at: "", ["count": "\(open)"])) }
        let behind = try await ranked(round).filter { $0.submission != .published }
        if !behind.isEmpty { findings.append(PanelRoundSteps.finding("panel.platforms_not_ended", behind)) }
        return findings
    }

    /// Writes the notice down once the round stands in it.
    func follow(_ action: RoundAction, to round: Round, _ scheme: IndicatorScheme, _ context: WebContext) async throws {
        guard action == .notice, let stores = services.people.panel.store,
            let run = try await services.evaluations.latest(round.id)
        else { return }
        let now = services.clock.now()
        let periods = try await services.people.panel.periods(round)
        let today = scheme.day(of: now)
        let number = (try await stores.notices(round.id).last?.number ?? 0) + 1
        let notice = PublicNotice(
            round: round.id, number: number, days: periods.noticeDays, startsOn: today,
            endsOn: periods.calendar.day(periods.noticeDays, workdaysAfter: today), computation: run.number,
            by: context.principal.account ?? AccountID("system"), at: now)
        let payload: CanonicalJSON = [
            "number": .string("\(number)"), "endsOn": .string("\(notice.endsOn)"),
            "computation": .string("\(run.number)"),
        ]
        let entry = services.entry("notice.started", by: context, on: AuditSubject(round: round.id), payload: payload)
        try await stores.start(notice, entry: entry)
        let draft = MessageDraft(
            "message.notice_started", ["title": round.title.zh, "day": "\(notice.endsOn)"], round: round.id,
            address: "/rounds/\(round.id)/notice",
            to: try await ranked(round).map { .company($0.company.code) } + [.role("operator"), .role("inspector")])
        _ = try? await services.people.workflow.messages?.tell(draft, at: now)
    }

    private func ranked(_ round: Round) async throws -> [Participation] {
        var all: [Participation] = []
        repeat {
            let page = try await services.rounds.participations(round.id, after: all.last?.platform, limit: 500)
            all += page
            if page.count < 500 { break }
        } while true
        return all.filter { $0.submission.isRanked }
    }

    private func values(_ notice: PublicNotice) -> [String: String] { ["day": "\(notice.endsOn)"] }

    /// How many, and the first names.
    private static func finding(_ code: String, _ platforms: [Participation]) -> Finding {
        let names = platforms.prefix(5).map(\.name).joined(separator: "\u{3001}")
        return Finding(.error, code, at: "", ["count": "\(platforms.count)", "platforms": names])
    }
}

extension PanelServices {
    /// Which cells may be verified when: in a recheck only those that the company named, and none once the result was
    /// told; a changed result goes back to the panel first.
    /// - Throws: `panel.cell_not_in_recheck`, `panel.cell_closed`.
    func requireOpen(_ cell: CellAddress, of participation: Participation) async throws {
        guard let store else { return }
        switch participation.submission {
        case .verification:
            guard let recheck = try await store.recheck(cell.round, cell.platform), !recheck.isAnswered else { return }
            if recheck.cells.contains(where: { $0.indicator == cell.indicator }) { return }
            throw Failure("panel.cell_not_in_recheck", ["indicator": cell.indicator.rawValue])
        case .settled, .inNotice, .objection, .published:
            throw Failure("panel.cell_closed", ["state": participation.submission.rawValue])
        default: return
        }
    }
}
