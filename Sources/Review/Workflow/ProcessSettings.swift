import Scheme
import Trust
import Vocabulary

/// The periods of a round's procedure, in working days.
///
/// 0 means that the period is not observed: what waits for its end may go on at once (notice, recheck), and what must be
/// done within it is not limited (return, supplement, query, proof of a sample). Only rehearsals and demonstrations may
/// set a period below the scheme's.
public struct ProcessSettings: Sendable, Hashable, Codable {
    /// To answer a return; afterwards the submission is not accepted.
    public var returned: Int
    /// To answer a request for supplements; afterwards the formal check goes on without.
    public var supplement: Int
    /// To answer a query about a signal.
    public var query: Int
    /// To ask for a recheck after the results were told.
    public var recheck: Int
    /// The public notice.
    public var notice: Int
    /// To upload proof of drawn rows.
    public var sampleProof: Int
    /// 0 while the round goes by its scheme; then one more with every change, the entity tag of the API.
    public var version: Int

    public init(
        returned: Int = 5, supplement: Int = 5, query: Int = 5, recheck: Int = 5, notice: Int = 5,
        sampleProof: Int = 5, version: Int = 0
    ) {
        self.returned = returned
        self.supplement = supplement
        self.query = query
        self.recheck = recheck
        self.notice = notice
        self.sampleProof = sampleProof
        self.version = version
    }

    /// What the scheme says, five working days where it says nothing.
    public init(scheme: IndicatorScheme) {
        self.init()
        let steps = scheme.calendar?.steps ?? .init()
        returned = steps.return?.value ?? returned
        supplement = steps.return?.value ?? supplement
        recheck = steps.recheck?.value ?? recheck
        notice = steps.notice?.value ?? notice
        query = scheme.calendar?.queryWorkingDays?.value ?? query
        sampleProof = scheme.sampling?.workingDays.value ?? sampleProof
    }

    /// The longest period that can be set.
    public static let most = 60

    /// The periods by name, in the order of the procedure.
    public enum Period: String, Sendable, Hashable, Codable, CaseIterable {
        case returned, supplement, query, recheck, notice
        case sampleProof = "sample-proof"
    }

    public subscript(period: Period) -> Int {
        get {
            switch period {
            case .returned: returned
            case .supplement: supplement
            case .query: query
            case .recheck: recheck
            case .notice: notice
            case .sampleProof: sampleProof
            }
        }
        set {
            switch period {
            case .returned: returned = newValue
            case .supplement: supplement = newValue
            case .query: query = newValue
            case .recheck: recheck = newValue
            case .notice: notice = newValue
            case .sampleProof: sampleProof = newValue
            }
        }
    }

    /// Everything that keeps the periods from being set for the round; empty when they are sound.
    public func findings(for kind: Round.Kind, scheme: IndicatorScheme) -> [Finding] {
        let standard = ProcessSettings(scheme: scheme)
        return Period.allCases.compactMap { period in
            if !(0...Self.most).contains(self[period]) {
                return Finding(
                    .error, "workflow.period_out_of_range", at: period.rawValue,
                    ["period": period.rawValue, "most": "\(Self.most)"])
            }
            if kind == .production, self[period] < standard[period] {
                return Finding(
                    .error, "workflow.period_too_short", at: period.rawValue,
                    ["period": period.rawValue, "least": "\(standard[period])"])
            }
            return nil
        }
    }
}

/// Where the periods of rounds are kept.
public protocol ProcessStore: Sendable {
    /// Nil while the round goes by its scheme.
    func settings(_ round: RoundID) async throws -> ProcessSettings?
    /// - Throws: `review.stale` when the stored version is not the one before.
    @discardableResult
    func set(_ settings: ProcessSettings, of round: RoundID, entry: AuditEntry) async throws -> Int
}

/// A period that runs in working days from a moment on, in a zone.
public struct WorkingPeriod: Sendable, Hashable {
    public let days: Int
    public let from: CivilDay
    /// The last day of the period.
    public let last: CivilDay
    /// Whom it protects does not want it, or has had what it is for.
    public let isWaived: Bool

    /// A period that was named with its days.
    public init(_ days: Int, from: CivilDay, through last: CivilDay, isWaived: Bool = false) {
        self.days = days
        self.from = from
        self.last = last
        self.isWaived = isWaived
    }

    /// The period begins the day after `start`.
    public init(_ days: Int, after start: Instant, calendar: WorkingCalendar, zone: DayCutter) {
        self.days = days
        self.from = zone.day(of: start)
        self.last = calendar.day(days, workdaysAfter: from)
        self.isWaived = false
    }

    /// Nothing is left to wait for; a period of 0 days is over at once, and so is a waived one.
    public func isOver(_ now: Instant, zone: DayCutter) -> Bool { days == 0 || isWaived || zone.day(of: now) > last }

    /// What had to be done within the period is late; nothing is ever late for a period of 0 days.
    public func isMissed(_ now: Instant, zone: DayCutter) -> Bool { days > 0 && zone.day(of: now) > last }

    /// Working days left, today included; 0 when it is over or does not run.
    public func workdaysLeft(_ now: Instant, calendar: WorkingCalendar, zone: DayCutter) -> Int {
        guard days > 0 else { return 0 }
        let today = zone.day(of: now)
        return calendar.workdays(after: max(today.adding(days: -1), from), through: last)
    }
}
