/// Statuses of the failure codes of this area: experts and their marks.
enum ExpertsProblems {
    static let status: [String: Int] = [
        "experts.no_store": 503,
        "experts.seats_even": 422,
        "experts.too_few": 409,
        "experts.drawn_already": 409,
        "experts.no_cases": 409,
        "experts.round_ended": 409,
        "experts.not_seated": 409,
        "experts.nobody_left": 409,
        "experts.not_assigned": 403,
        "experts.not_drawn": 409,
        "experts.pledge_missing": 403,
        "experts.pledge_not_agreed": 422,
        "experts.case_not_open": 409,
        "experts.case_closed": 409,
        "experts.no_discussion": 409,
        "experts.draft_too_long": 422,
        "experts.refused": 422,
        "experts.unknown": 404,
        "experts.field_unknown": 422,
        "experts.import_refused": 422,
    ]
}
