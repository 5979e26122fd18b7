import Access
import Review
import Scheme
import Vocabulary

/// Everything that one cell's routes work with, and who may do what with it.
struct CellAccess: Sendable {
    let round: Round
    let scheme: IndicatorScheme
    let participation: Participation
    let principal: Principal
    let now: Instant
    /// Lists that verification by sample sent back: they alone are open while the rest is verified.
    let reopened: Set<IndicatorID>

    init(_ services: Services, _ context: WebContext) async throws {
        round = try await services.round(context)
        participation = try await services.participation(context)
        scheme = try await services.scheme(of: round)
        principal = context.principal
        now = services.clock.now()
        reopened = try await services.reopenedLists(participation)
    }

    init(
        round: Round, scheme: IndicatorScheme, participation: Participation, principal: Principal, now: Instant,
        reopened: Set<IndicatorID> = []
    ) {
        self.reopened = reopened
        self.round = round
        self.scheme = scheme
        self.participation = participation
        self.principal = principal
        self.now = now
    }

    func cell(_ indicator: Indicator) -> CellAddress {
        CellAddress(round: round.id, platform: participation.platform, indicator: indicator.id)
    }

    func require(_ permission: Permission) throws { try principal.require(permission, on: participation.scope) }
    func may(_ permission: Permission) -> Bool { principal.may(permission, on: participation.scope) }

    /// Why the company cannot edit the cell now; nil when it can.
    ///
    /// A demonstration runs over days long past, so that its cut-off closes nothing.
    func lock(_ returned: CellReturn?, anyReturned: Bool) -> Failure? {
        let submission = participation.submission
        if submission == .verification, let returned, reopened.contains(returned.cell.indicator) { return nil }
        guard submission.isEditableByCompany else {
            return Failure("submit.not_editable", ["state": submission.rawValue])
        }
        let isOpen = submission == .draft ? round.state == .open : [.open, .reviewing].contains(round.state)
        guard isOpen else { return Failure("submit.window_closed", ["cutOff": round.cutOff.description]) }
        if submission == .draft, round.kind != .demonstration, let cutter = DayCutter(zoneName: scheme.zone),
            cutter.day(of: now) > round.cutOff
        {
            return Failure("submit.window_closed", ["cutOff": round.cutOff.description])
        }
        if submission == .returned, anyReturned, returned == nil { return Failure("submit.cell_not_returned") }
        return nil
    }

    /// - Throws: `access.denied`, `access.sign_in_required`, and the lock's failure.
    func requireEditable(_ indicator: Indicator, _ services: Services) async throws {
        try require(.declareCell)
        let returns = try await services.cells.verifications.returns(round.id, participation.platform)
        let returned = returns.first { $0.cell.indicator == indicator.id }
        if let failure = lock(returned, anyReturned: !returns.isEmpty) { throw failure }
    }

    /// The company sees its verified values from the telling of results on, everybody else who reads cells at once; a demonstration
    /// shows everything.
    var seesVerified: Bool {
        guard principal.company == participation.company.code.text else { return true }
        let told: [SubmissionState] = [.settled, .inNotice, .objection, .published, .revoked]
        return round.kind == .demonstration || told.contains(participation.submission)
    }

    var isSubmitted: Bool { participation.submission != .draft && participation.submission != .withdrawn }
}
