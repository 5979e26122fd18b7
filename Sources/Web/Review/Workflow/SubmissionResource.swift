import Access
import Review
import Vocabulary

/// A submission as the API shows it, with what the asker may do and why not.
struct SubmissionResource: Encodable, Sendable {
    let state: SubmissionState
    let returnedFrom: SubmissionState?
    let mayEdit: Bool
    /// What the table and the asker's roles have here.
    let allowedActions: [SubmissionAction]
    /// The same with everything that stands against each.
    let actions: [Action]
    let proposals: [SubmissionProposal]
    let deadline: Deadline?
    let version: Int

    struct Action: Encodable, Sendable {
        let action: SubmissionAction
        let allowed: Bool
        let needsReason: Bool
        let needsSecondPerson: Bool
        let hindrances: [Problem.Item]
    }

    /// The period that runs, in working days.
    struct Deadline: Encodable, Sendable {
        let last: CivilDay
        let workdaysLeft: Int
    }

    init(
        _ participation: Participation, _ principal: Principal, possibilities: [SubmissionActs.Possibility],
        proposals: [SubmissionProposal], period: WorkingPeriod?, submission: SubmissionCase,
        calendar: WorkingCalendar, language: Language
    ) {
        state = participation.submission
        returnedFrom = participation.returnedFrom
        mayEdit = participation.submission.isEditableByCompany && principal.may(.declareCell, on: participation.scope)
        allowedActions = possibilities.map(\.row.action)
        actions = possibilities.map { one in
            Action(
                action: one.row.action, allowed: one.isAllowed, needsReason: one.row.action.needsReason,
                needsSecondPerson: one.row.agreement != .one,
                hindrances: one.hindrances.map { Problem.Item($0, language: language) })
        }
        self.proposals = proposals
        deadline = period.flatMap { period in
            DayCutter(zoneName: submission.scheme.zone).map {
                Deadline(
                    last: period.last,
                    workdaysLeft: period.workdaysLeft(submission.now, calendar: calendar, zone: $0))
            }
        }
        version = participation.version
    }
}
