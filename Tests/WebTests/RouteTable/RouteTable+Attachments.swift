extension RouteTable {
    /// Who is let in by the routes of: evidence files: upload, preview, reading and checks.
    static let attachments: [(who: Set<String>, routes: [String])] = [
        (everybody, ["GET /uploads/texts", "OPTIONS /api/v1/uploads"]),
        (
            // An upload is there for its own company; for everybody else it does not exist.
            signedIn,
            [
                "DELETE /api/v1/uploads/{upload}",
                "GET /api/v1/uploads/{upload}",
                "PATCH /api/v1/uploads/{upload}",
            ]
        ),
        (companies, ["POST /company/rounds/{round}/cells/{indicator}/uploads"]),
        (companies, ["POST /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/uploads"]),
    ]
}
