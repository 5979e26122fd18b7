import Vocabulary

/// Whom the public calls: named on the notice, set by the operator before it starts.
public struct NoticeContacts: Sendable, Hashable, Codable {
    public let round: RoundID
    /// The office in charge.
    public let office: String
    public let officePhone: String
    /// The inspection group stationed at the authority.
    public let inspection: String
    public let inspectionPhone: String
    /// Empty when there is none.
    public let mail: String
    /// Empty when there is none.
    public let address: String
    public let version: Int

    public init(
        round: RoundID, office: String, officePhone: String, inspection: String, inspectionPhone: String,
        mail: String, address: String, version: Int
    ) {
        self.round = round
        self.office = office
        self.officePhone = officePhone
        self.inspection = inspection
        self.inspectionPhone = inspectionPhone
        self.mail = mail
        self.address = address
        self.version = version
    }
}

/// One public notice of a round; a second one follows an objection that changed the result.
public struct PublicNotice: Sendable, Hashable, Codable {
    public let round: RoundID
    /// 1 for the first, 2 and more for the repeated ones.
    public let number: Int
    /// Working days, counted from the day after the first.
    public let days: Int
    public let startsOn: CivilDay
    public let endsOn: CivilDay
    /// The computation whose result is announced.
    public let computation: Int
    public let by: AccountID
    public let at: Instant
    public let logIndex: Int?

    public init(
        round: RoundID, number: Int, days: Int, startsOn: CivilDay, endsOn: CivilDay, computation: Int,
        by: AccountID, at: Instant, logIndex: Int? = nil
    ) {
        self.round = round
        self.number = number
        self.days = days
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.computation = computation
        self.by = by
        self.at = at
        self.logIndex = logIndex
    }

    /// Objections are on time up to and with the last day.
    public func isOpen(on today: CivilDay) -> Bool { today <= endsOn }
    /// The last day is over; at once where a rehearsal gives no days.
    public func hasRun(on today: CivilDay) -> Bool { days == 0 || today > endsOn }
}

/// The periods of this part of a round, in working days.
public struct PanelPeriods: Sendable, Hashable {
    /// From the telling to the last day of asking for a recheck.
    public let recheckDays: Int
    public let noticeDays: Int
    public let calendar: WorkingCalendar

    public init(recheckDays: Int = 5, noticeDays: Int = 5, calendar: WorkingCalendar) {
        self.recheckDays = recheckDays
        self.noticeDays = noticeDays
        self.calendar = calendar
    }
}
