import Access
import Review
import Scheme
import Submit
import Vocabulary

/// One item as the queue shows it: a cell with what the desk knows of it.
struct DeskEntry: Sendable {
    let participation: Participation
    let indicator: Indicator
    let cell: CellAddress
    let kind: RoundCells.Kind
    /// The level that has the submission before it.
    let level: ReviewLevel?
    let decision: ItemDecision?
    let assignment: ItemAssignment?
    /// Since when it waits at the level.
    let since: Instant?
    let due: CivilDay?
    let isOverdue: Bool
    /// Whole working days that it has waited.
    let age: Int
    let signalCount: Int
    /// The reader has something to do with it now.
    let isTodo: Bool

    /// `P07/dcmm-level`.
    var name: String { "\(cell.platform)/\(cell.indicator)" }
}

/// All items of a round that the reader reaches, with decisions, assignments, clocks and signals, read once.
struct DeskBook: Sendable {
    let cells: RoundCells
    let decisions: [CellAddress: [ReviewLevel: ItemDecision]]
    let assignments: [CellAddress: [ReviewLevel: ItemAssignment]]
    let stages: [PlatformID: StageEntry]
    let listCounts: [CellAddress: Int]
    let signals: [RaisedSignal]
    let queries: [SignalQuery]
    let principal: Principal
    let now: Instant
    let calendar: WorkingCalendar
    let zone: DayCutter
    /// Open signals by cell.
    let signalCounts: [CellAddress: Int]

    /// Working days in which a level decides an item; five where the scheme says nothing.
    var reviewDays: Int { cells.scheme.calendar?.steps.review?.value ?? 5 }

    init(_ services: Services, _ cells: RoundCells, _ context: WebContext) async throws {
        let desk = services.people.desk
        let round = cells.round.id
        self.cells = cells
        decisions =
            try await desk.items?.decisions(round).reduce(into: [:]) { all, one in
                all[one.cell, default: [:]][one.level] = one
            } ?? [:]
        assignments =
            try await desk.items?.assignments(round).reduce(into: [:]) { all, one in
                all[one.cell, default: [:]][one.level] = one
            } ?? [:]
        stages = try await desk.items?.stages(round) ?? [:]
        listCounts = try await services.cells.declarations.listCounts(round)
        principal = context.principal
        now = services.clock.now()
        calendar = services.people.workflow.calendar
        zone = try services.zone(of: cells.scheme)
        let reached = Set(cells.participations.map(\.platform))
        queries = try await desk.queries?.queries(round).filter { reached.contains($0.signal.platform) } ?? []
        signals = try await services.signals(cells.round, cells.scheme).filter { reached.contains($0.platform) }
        let asked = Set(queries.map(\.signal.key))
        signalCounts = signals.filter { !asked.contains($0.key) }.reduce(into: [:]) { counts, signal in
            guard let indicator = signal.indicator else { return }
            counts[cells.address(signal.platform, indicator), default: 0] += 1
        }
    }

    var today: CivilDay { zone.day(of: now) }

    /// Every item of every platform, in the order of platforms and the scheme.
    func entries() -> [DeskEntry] {
        cells.participations.flatMap { participation in
            cells.scheme.indicators.map { entry(participation, $0) }
        }
    }

    func entry(_ participation: Participation, _ indicator: Indicator) -> DeskEntry {
        let cell = cells.address(participation.platform, indicator.id)
        let level = ReviewLevel(reviewing: participation.submission)
        let decision = level.flatMap { decisions[cell]?[$0] }
        let kind = cells.kind(participation, indicator)
        let since = level == nil ? nil : since(participation, cell)
        let isTodo = isTodo(participation, indicator, level, decision, kind)
        let due = since.map { calendar.day(reviewDays, workdaysAfter: zone.day(of: $0)) }
        return DeskEntry(
            participation: participation, indicator: indicator, cell: cell, kind: kind, level: level,
            decision: decision, assignment: level.flatMap { assignments[cell]?[$0] }, since: since, due: due,
            isOverdue: isTodo && (due.map { today > $0 } ?? false),
            age: since.map { calendar.workdays(after: zone.day(of: $0), through: today) } ?? 0,
            signalCount: signalCounts[cell] ?? 0, isTodo: isTodo)
    }

    /// When the level got the submission; where nobody noted it, when the cell was last declared.
    private func since(_ participation: Participation, _ cell: CellAddress) -> Instant? {
        if let stage = stages[participation.platform], stage.state == participation.submission { return stage.since }
        return cells.declarations[cell]?.at
    }

    private func isTodo(
        _ participation: Participation, _ indicator: Indicator, _ level: ReviewLevel?, _ decision: ItemDecision?,
        _ kind: RoundCells.Kind
    ) -> Bool {
        guard let level else { return false }
        if participation.submission == .verification {
            return principal.may(.verifyCell, on: participation.scope)
                && (kind == .submitted || kind == .alert || (kind == .blank && indicator.mode == .upload))
        }
        return indicator.mode == .upload && decision == nil
            && principal.may(level.permission, on: participation.scope)
    }

    /// The item as plans are made from it.
    func deskItem(_ participation: Participation, _ indicator: Indicator) -> DeskItem {
        let entry = entry(participation, indicator)
        return DeskItem(
            cell: entry.cell, submission: participation.submission,
            declaredVersion: cells.declarations[entry.cell]?.version ?? 0, decision: entry.decision,
            assignee: entry.assignment?.account, isDeclaredInForm: indicator.mode == .upload,
            isPermitted: entry.level.map { principal.may($0.permission, on: participation.scope) } ?? false,
            rowCount: listCounts[entry.cell])
    }

    func participation(_ platform: PlatformID) -> Participation? {
        cells.participations.first { $0.platform == platform }
    }
}

extension ReviewLevel {
    /// What one must be permitted to decide items at this level.
    var permission: Permission {
        switch self {
        case .county: .checkCounty
        case .city: .checkCity
        case .province: .checkFormally
        }
    }
}

extension Services {
    /// Where days are cut.
    /// - Throws: `desk.zone_unknown` for a scheme whose zone this machine does not know.
    func zone(of scheme: IndicatorScheme) throws -> DayCutter {
        guard let zone = DayCutter(zoneName: scheme.zone) ?? DayCutter(zoneName: "Asia/Shanghai") else {
            throw Failure("desk.zone_unknown", ["zone": scheme.zone])
        }
        return zone
    }

    /// What all areas find in the round now, each signal once, by platform and kind.
    func signals(_ round: Round, _ scheme: IndicatorScheme) async throws -> [RaisedSignal] {
        var found: [String: RaisedSignal] = [:]
        for source in people.signalSources {
            for signal in try await source.signals(round, scheme: scheme) { found[signal.key] = signal }
        }
        return found.values.sorted { ($0.platform, $0.kind, $0.key) < ($1.platform, $1.kind, $1.key) }
    }
}
