/// Statuses of the failure codes of this area: windows, quotas, guards, clocks and messages of submissions.
enum WorkflowProblems {
    static let status: [String: Int] = [
        "workflow.proposal_missing": 409,
        "workflow.second_person": 409,
        "workflow.quota_used": 409,
        "workflow.reason_too_long": 422,
        "workflow.details_invalid": 422,
        "workflow.window_region": 404,
        "workflow.window_invalid": 422,
        "workflow.process_invalid": 422,
        "workflow.message_unknown": 404,
        "workflow.letter_unknown": 404,
        "workflow.contact_invalid": 422,
        "workflow.selection_invalid": 422,
        "workflow.moment_invalid": 422,
        "workflow.quota_invalid": 422,
        "workflow.period_out_of_range": 422,
    ]
}
