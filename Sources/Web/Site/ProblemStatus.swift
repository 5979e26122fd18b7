/// The one table from failure codes to HTTP status. A code that stands nowhere is our fault: 500.
public enum ProblemStatus {
    /// Status by the whole code; rooms add their lines here.
    private static let byCode: [String: Int] = [
        "access.sign_in_required": 401,
        "access.denied": 403,
        "web.not_encodable": 500,
        "web.not_found": 404,
        "web.no_platform": 404,
        "web.method_not_allowed": 405,
        "web.body_not_json": 400,
        "web.body_invalid": 422,
        "web.body_too_large": 413,
        "web.other_origin": 403,
        "web.precondition_required": 428,
        "web.precondition_failed": 412,
        "web.parameter_invalid": 400,
        "common.unknown_failure": 500,
        "review.stale": 412,
        "review.round_exists": 409,
        "review.platform_exists": 409,
        "review.company_has_platform": 409,
        "review.round_action_not_allowed": 409,
        "review.submission_action_not_allowed": 409,
        "review.submission_hindered": 409,
        "review.scheme_has_defaults": 409,
        "review.round_not_editable": 409,
        "review.reason_required": 422,
        "review.round_unknown": 404,
        "review.platform_unknown": 404,
        "review.indicator_unknown": 404,
        "review.type_unknown": 422,
        "review.scale_only_in_demonstration": 422,
        "review.code_invalid": 422,
        "scheme.unknown": 404,
    ]

    /// Further tables, one a room, so that no file grows with every room.
    private static let rooms: [[String: Int]] = [
        EvaluateProblems.status,
        AccessProblems.status,
        CellProblems.status,
        CollectProblems.status,
        MatchProblems.status,
        TrustProblems.status,
        WorkflowProblems.status,
        DeskProblems.status,
        SamplingProblems.status,
        ExpertsProblems.status,
        PanelProblems.status,
        FormsProblems.status,
        AttachmentsProblems.status,
        BurdenProblems.status,
        PaperProblems.status,
        AccountsProblems.status,
        PrivacyProblems.status,
    ]

    public static func of(_ code: String) -> Int {
        if let status = byCode[code] { return status }
        for table in rooms {
            if let status = table[code] { return status }
        }
        return 500
    }

    /// Every code with a status of its own, for the problem pages and their test.
    public static var codes: [String] { (Array(byCode.keys) + rooms.flatMap(\.keys)).sorted() }
}
