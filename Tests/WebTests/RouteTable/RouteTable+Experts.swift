extension RouteTable {
    /// Who is let in by the routes of: experts and their marks.
    static let experts: [(who: Set<String>, routes: [String])] = [
        (
            operatorOnly,
            [
                "GET /api/v1/experts",
                "GET /authority/experts",
                "GET /authority/experts/template",
                "POST /api/v1/rounds/{round}/experts/draws",
                "POST /api/v1/rounds/{round}/experts/replacements",
                "POST /api/v1/rounds/{round}/experts/settlement",
                "POST /authority/experts",
                "POST /api/v1/experts/{account}/views",
                "POST /authority/experts/contact",
                "POST /authority/experts/groups",
                "POST /authority/experts/import",
                "POST /authority/experts/retire",
                "POST /authority/rounds/{round}/experts/settle",
                "POST /authority/rounds/{round}/experts/{indicator}/draw",
                "POST /authority/rounds/{round}/experts/{indicator}/remind",
                "POST /authority/rounds/{round}/experts/{indicator}/replace",
                "PUT /api/v1/experts/{account}",
            ]
        ),
        (
            provinceReaders,
            [
                "GET /api/v1/rounds/{round}/experts",
                "GET /authority/rounds/{round}/experts",
                "GET /authority/rounds/{round}/experts/agreement",
                "GET /authority/rounds/{round}/experts/panels.xlsx",
                "GET /authority/rounds/{round}/experts/sheets.xlsx",
                "GET /authority/rounds/{round}/experts/{indicator}",
            ]
        ),
        (
            expertOnly,
            [
                "GET /expert/rounds/{round}",
                "GET /expert/rounds/{round}/cases/{indicator}/{platform}",
                "GET /expert/rounds/{round}/cases/{indicator}/{platform}/evidence/{digest}",
                "POST /api/v1/rounds/{round}/experts/conflicts",
                "POST /api/v1/rounds/{round}/experts/pledge",
                "POST /expert/rounds/{round}/cases/{indicator}/{platform}",
                "POST /expert/rounds/{round}/cases/{indicator}/{platform}/remarks",
                "POST /expert/rounds/{round}/conflicts/{platform}",
                "POST /expert/rounds/{round}/pledge",
                "PUT /api/v1/rounds/{round}/platforms/{platform}/marks/{indicator}/draft",
            ]
        ),
    ]
}
