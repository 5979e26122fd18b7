import Vocabulary

/// A table of new accounts, read row by row: right rows become accounts, wrong ones are told with row and column.
public struct AccountImport: Sendable {
    /// One sound row.
    public struct Row: Sendable, Hashable {
        /// The spreadsheet's row; the header is row 1.
        public let number: Int
        public let account: Account
        /// Nil: one is made up.
        public let password: String?
    }

    /// Columns in the order of the template; `roles` holds one or more role ids or titles.
    public static let columns = ["account", "name", "roles", "company", "region", "password"]
    /// Hashing takes some tens of milliseconds each.
    public static let mostRows = 500

    public private(set) var rows: [Row] = []
    /// Each at `row 7, column company`.
    public private(set) var findings: [Finding] = []
    /// Rows of data that were read, empty ones apart.
    public private(set) var rowCount = 0

    /// - Parameters:
    ///   - header: the first record; titles of either language or column ids.
    ///   - records: the others with the spreadsheet's row numbers.
    ///   - titles: column title or id, lower case → column id.
    ///   - roles: role title or id, lower case → role.
    public init(
        header: [String], records: [(number: Int, fields: [String])], titles: [String: String], roles: [String: Role],
        now: Instant
    ) {
        let places = header.map { titles[Self.plain($0)] ?? "" }
        for needed in ["account", "name", "roles"] where !places.contains(needed) {
            findings.append(
                Finding(.error, "access.import_column_missing", at: "row 1, column \(needed)", ["column": needed]))
        }
        guard findings.isEmpty else { return }
        var seen: [String: Int] = [:]
        for record in records where record.fields.contains(where: { !Self.plain($0).isEmpty }) {
            rowCount += 1
            if rowCount > Self.mostRows {
                findings.append(
                    Finding(.error, "access.import_too_many", at: "row \(record.number)", ["limit": "\(Self.mostRows)"])
                )
                return
            }
            var values: [String: String] = [:]
            for (place, field) in zip(places, record.fields) where !place.isEmpty {
                values[place] = place == "password" ? field : field.trimmingSpaces
            }
            read(values, record.number, roles, now, &seen)
        }
    }

    private mutating func read(
        _ values: [String: String], _ number: Int, _ roles: [String: Role], _ now: Instant, _ seen: inout [String: Int]
    ) {
        var faults: [Finding] = []
        func fault(_ code: String, _ column: String, _ more: [String: String] = [:]) {
            faults.append(Finding(.error, code, at: "row \(number), column \(column)", more))
        }
        let names = (values["roles"] ?? "").split(whereSeparator: { ",;/ \u{3001}\u{FF0C}\u{FF1B}".contains($0) })
        var given: Set<Role> = []
        for name in names {
            if let role = roles[Self.plain(String(name))] {
                given.insert(role)
            } else {
                fault("access.role_unknown", "roles", ["role": String(name)])
            }
        }
        func filled(_ column: String) -> String? { values[column].flatMap { $0.isEmpty ? nil : $0 } }
        let code = filled("company").flatMap { CompanyCode($0) }
        if let text = filled("company"), code == nil { fault("access.company_invalid", "company", ["code": text]) }
        let account = Account(
            id: AccountID(values["account"] ?? ""), displayName: values["name"] ?? "", roles: given, company: code,
            region: filled("region").map { RegionCode($0) }, createdAt: now)
        let column = ["id": "account", "displayName": "name"]
        for finding in account.findings where !(finding.place == "company" && filled("company") != nil && code == nil) {
            if finding.code == "access.roles_missing", !names.isEmpty { continue }
            fault(finding.code, column[finding.place] ?? finding.place, finding.values)
        }
        if let password = filled("password") {
            for finding in PasswordPolicy().findings(password, account: account.id) {
                fault(finding.code, "password", finding.values)
            }
        }
        if let first = seen[account.id.rawValue] {
            fault("access.import_twice", "account", ["account": account.id.rawValue, "row": "\(first)"])
        }
        seen[account.id.rawValue] = number
        if faults.isEmpty {
            rows.append(Row(number: number, account: account, password: filled("password")))
        } else {
            findings += faults
        }
    }

    private static func plain(_ text: String) -> String {
        text.trimmingSpaces.lowercased().filter { $0 != "\u{FEFF}" }
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        let kept = drop(while: \.isWhitespace)
        return String(kept.reversed().drop(while: \.isWhitespace).reversed())
    }
}
