extension RouteTable {
    /// Who is let in by the routes of: evidence files: upload, preview, reading and checks.
    static let attachments: [(who: Set<String>, routes: [String])] = [
        (everybody, ["GET /uploads/texts", "OPTIONS /api/v1/uploads"]),
        (
            // An upload is there for its own company; for everybody else it does not exist.
            signedIn,
            [
                "GET /evidence/{digest}",
                "GET /evidence/{digest}/pages/{page}",
                "GET /uploads/states",
                "DELETE /api/v1/uploads/{upload}",
                "GET /api/v1/uploads/{upload}",
                "PATCH /api/v1/uploads/{upload}",
            ]
        ),
        (
            participants,
            [
                "GET /api/v1/rounds/{round}/platforms/{platform}/evidence-findings",
                "GET /rounds/{round}/platforms/{platform}/evidence",
            ]
        ),
        (
            returners,
            [
                "POST /api/v1/rounds/{round}/platforms/{platform}/evidence-findings/decisions",
                "POST /rounds/{round}/platforms/{platform}/evidence/decisions",
            ]
        ),
        (companies, ["GET /company/rounds/{round}/evidence"]),
        (companies, ["POST /company/rounds/{round}/cells/{indicator}/uploads"]),
        (companies, ["POST /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/uploads"]),
    ]
}
