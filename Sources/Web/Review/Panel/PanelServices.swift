import Evaluate
import Review
import Scheme
import Vocabulary

/// What the pages and routes of this area work with: panel, telling, public notice, objections and corrections.
public struct PanelServices: Sendable {
    /// Minutes, decisions, notices, objections and corrections; nil only in tests that are about something else.
    public var store: (any PanelStores)?
    /// The round's periods and the calendar they are counted by.
    public var periods: @Sendable (Round) async throws -> PanelPeriods = { _ in
        PanelPeriods(calendar: WorkingCalendar(holidays: [], exchangedWorkdays: []))
    }
    /// Carries mail to people without an account, past the outbox, so that an objector's address is kept in one place
    /// only; nil where no mail server is configured, and the operator calls instead.
    public var contactMail: (any MessageChannel)?
    /// What stands against actions on submissions, as far as this area knows.
    public var guards: [any TransitionGuard] = []
    /// What happens here after a submission has moved.
    public var followers: [any TransitionFollower] = []
    /// What runs beside the server until it ends.
    public var background: [any BackgroundWork] = []

    public init() {}

    /// - Throws: `panel.not_joined` where there is no store.
    func stores() throws(Failure) -> any PanelStores {
        guard let store else { throw Failure("panel.not_joined") }
        return store
    }
}

/// All that this area keeps.
public typealias PanelStores = PanelStore & NoticeStore & ObjectionStore & ContactCodeStore & CorrectionStore
