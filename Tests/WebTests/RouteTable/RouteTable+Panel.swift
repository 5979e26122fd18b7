extension RouteTable {
    /// Operator and inspection, approver: who sees objections; the panel without who raised them.
    private static let settlers: Set<String> = ["panel"]
    private static let secretaries: Set<String> = ["panel", "operator", "approver"]
    /// The company says what it has to say, the operator notes a letter.
    private static let hearers: Set<String> = ["operator", "reporter", "manager"]

    /// Who is let in by the routes of: panel, telling, public notice, objections and corrections.
    static let panel: [(who: Set<String>, routes: [String])] = [
        (
            everybody,
            [
                "GET /api/v1/rounds/{round}/corrections",
                "GET /api/v1/rounds/{round}/notice",
                "GET /api/v1/rounds/{round}/objections/{objection}",
                "GET /rounds/{round}/corrections",
                "GET /rounds/{round}/notice",
                "GET /rounds/{round}/objections/new",
                "GET /rounds/{round}/objections/{objection}",
                "POST /api/v1/rounds/{round}/objections",
                "POST /api/v1/rounds/{round}/objections/{objection}/code",
                "POST /api/v1/rounds/{round}/objections/{objection}/code/again",
                "POST /api/v1/rounds/{round}/objections/{objection}/files",
                "POST /rounds/{round}/objections",
                "POST /rounds/{round}/objections/{objection}/code",
                "POST /rounds/{round}/objections/{objection}/code/again",
                "POST /rounds/{round}/objections/{objection}/files",
            ]
        ),
        (signedIn, ["GET /api/v1/panel-files/{digest}"]),
        (
            provinceReaders,
            [
                "GET /api/v1/rounds/{round}/comparison",
                "GET /api/v1/rounds/{round}/corrections/{correction}",
                "GET /api/v1/rounds/{round}/objections",
                "GET /api/v1/rounds/{round}/panel",
                "GET /api/v1/rounds/{round}/panel/minutes",
                "GET /authority/rounds/{round}/comparison",
                "GET /authority/rounds/{round}/corrections",
                "GET /authority/rounds/{round}/corrections/{correction}",
                "GET /authority/rounds/{round}/notice",
                "GET /authority/rounds/{round}/objections/list.xlsx",
                "GET /authority/rounds/{round}/objections",
                "GET /authority/rounds/{round}/objections/{objection}",
                "GET /authority/rounds/{round}/panel",
                "GET /authority/rounds/{round}/panel/{platform}",
            ]
        ),
        (
            participants,
            ["GET /api/v1/rounds/{round}/platforms/{platform}/telling"]
        ),
        (
            settlers,
            [
                "GET /authority/rounds/{round}/panel/preview",
                "POST /api/v1/rounds/{round}/panel/settlements",
                "POST /authority/rounds/{round}/panel/settlements",
            ]
        ),
        (
            secretaries,
            [
                "POST /api/v1/rounds/{round}/panel/minutes",
                "POST /authority/rounds/{round}/panel/minutes",
            ]
        ),
        (
            approverOnly,
            [
                "POST /api/v1/rounds/{round}/corrections",
                "POST /api/v1/rounds/{round}/corrections/{correction}/decision",
                "POST /authority/rounds/{round}/corrections",
                "POST /authority/rounds/{round}/corrections/{correction}/decision",
                "POST /authority/rounds/{round}/panel/{platform}/disqualification",
            ]
        ),
        (
            deciders,
            [
                "POST /authority/rounds/{round}/notice/actions",
                "POST /authority/rounds/{round}/notice/contacts",
                "PUT /api/v1/rounds/{round}/notice/contacts",
            ]
        ),
        (
            operatorOnly,
            [
                "POST /api/v1/rounds/{round}/notice/end",
                "POST /api/v1/rounds/{round}/notice/lapse",
                "POST /api/v1/rounds/{round}/objections/{objection}/answer",
                "POST /api/v1/rounds/{round}/objections/{objection}/contact",
                "POST /api/v1/rounds/{round}/objections/{objection}/decision",
                "POST /api/v1/rounds/{round}/platforms/{platform}/recheck/{indicator}/answer",
                "POST /authority/rounds/{round}/notice/end",
                "POST /authority/rounds/{round}/notice/lapse",
                "POST /authority/rounds/{round}/objections/{objection}/answer",
                "POST /authority/rounds/{round}/objections/{objection}/contact",
                "POST /authority/rounds/{round}/objections/{objection}/decision",
                "POST /authority/rounds/{round}/objections/{objection}/hearing",
                "POST /authority/rounds/{round}/panel/{platform}/recheck/{indicator}",
            ]
        ),
        (
            ["operator", "approver", "inspector"],
            [
                "POST /api/v1/rounds/{round}/objections/{objection}/views",
                "POST /authority/rounds/{round}/objections/{objection}/person",
            ]
        ),
        (hearers, ["POST /api/v1/rounds/{round}/objections/{objection}/hearing"]),
        (
            companies,
            [
                "GET /company/rounds/{round}/telling",
                "POST /company/rounds/{round}/telling/files",
                "POST /company/rounds/{round}/telling/hearing/{objection}",
            ]
        ),
        (
            managerOnly,
            [
                "POST /api/v1/rounds/{round}/platforms/{platform}/recheck",
                "POST /api/v1/rounds/{round}/platforms/{platform}/recheck/files",
                "POST /api/v1/rounds/{round}/platforms/{platform}/telling/acceptance",
                "POST /company/rounds/{round}/telling/acceptance",
                "POST /company/rounds/{round}/telling/recheck",
            ]
        ),
    ]
}
