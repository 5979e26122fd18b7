/// Statuses of the failure codes of this area: the review desk.
enum DeskProblems {
    static let status: [String: Int] = [
        "desk.stale": 409,
        "desk.plan_changed": 409,
        "desk.nothing_to_do": 409,
        "desk.nothing_chosen": 422,
        "desk.too_many_items": 422,
        "desk.action_refused": 422,
        "desk.undone_already": 409,
        "desk.undo_too_late": 409,
        "desk.batch_unknown": 404,
        "desk.not_a_colleague": 422,
        "desk.zone_unknown": 500,
        "desk.query_unknown": 404,
        "desk.query_exists": 409,
        "desk.query_decided": 409,
        "desk.query_answered": 409,
        "desk.query_waiting": 409,
        "desk.query_text": 422,
        "desk.query_values": 422,
        "desk.query_same_person": 409,
        "desk.query_nothing_proposed": 409,
        "desk.signal_unknown": 404,
        "desk.line_unknown": 404,
        "desk.line_locked": 409,
        "desk.text_invalid": 422,
    ]
}
