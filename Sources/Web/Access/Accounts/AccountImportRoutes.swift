import Access
import HTTPTypes
import Hummingbird
import Paper
import Trust
import Vocabulary
import Wording

/// Many accounts at once from CSV or XLSX, by page and API.
struct AccountImportRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    static let mostBytes = 1 << 20

    func add(to router: Router<WebContext>) {
        router.post("/api/v1/accounts/import", use: take)
        router.get("/accounts/import", use: show)
        router.get("/accounts/import/template.xlsx", use: template)
        router.post("/accounts/import", use: takeForm)
    }

    struct Report: Encodable {
        /// False for a trial, and when nothing was right.
        let saved: Bool
        let rows: Int
        let created: [Created]
        let faults: [Fault]

        struct Created: Encodable {
            let row: Int
            let account: AccountID
            let name: String
            /// Only where the table gave none; it is shown this once.
            let password: String?
        }

        struct Fault: Encodable {
            let place: String
            let code: String
            let message: String
        }
    }

    @Sendable func take(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.manageAccounts)
        let buffer = try await JSONBody.collect(request, limitBytes: Self.mostBytes)
        let isTrial = request.uri.queryParameters["trial"] == "true"
        let report = try await take([UInt8](buffer.readableBytesView), isTrial: isTrial, context)
        return .json(report, headers: [.cacheControl: "no-store"])
    }

    @Sendable func show(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.manageAccounts)
        return try await page(nil, fault: nil, status: 200, context)
    }

    @Sendable func takeForm(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.manageAccounts)
        do {
            let form = try await MultipartForm(request, limitBytes: Self.mostBytes)
            let report = try await take(
                form.files["file"]?.bytes ?? [], isTrial: form.fields["trial"] == "true", context)
            var answer = try await page(report, fault: nil, status: report.faults.isEmpty ? 200 : 422, context)
            answer.headers[.cacheControl] = "no-store"
            return answer
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await page(nil, fault: failure, status: ProblemStatus.of(failure.code), context)
        }
    }

    @Sendable func template(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.manageAccounts)
        let catalogue = Catalogue.of(context.language)
        let roles = Role.allCases.map { catalogue.text("access.role.\($0.rawValue)") }
        let head = AccountImport.columns.map { Workbook.Cell.text(catalogue.text("web.account_import.\($0)")) }
        let book = Workbook(sheets: [
            Workbook.Sheet(
                name: catalogue.text("web.account_import.sheet"), rows: [head],
                columns: AccountImport.columns.map {
                    Workbook.Column(width: 22, choices: $0 == "roles" ? roles : [], isText: true)
                }, headerRows: 1)
        ])
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                .contentDisposition: "attachment; filename=\"accounts.xlsx\"",
            ], body: .init(byteBuffer: .init(bytes: try book.xlsx())))
    }

    // MARK: Reading and creating

    /// Creates every right row; wrong ones are told and take nothing with them. A trial creates nothing.
    private func take(_ bytes: [UInt8], isTrial: Bool, _ context: WebContext) async throws -> Report {
        let reading = try read(bytes)
        var created: [Report.Created] = []
        var faults = reading.findings
        for row in reading.rows {
            if try await services.accounts.account(row.account.id) != nil {
                faults.append(
                    Finding(
                        .error, "access.account_exists", at: "row \(row.number), column account",
                        ["account": row.account.id.rawValue]))
                continue
            }
            let password = row.password ?? Self.password(services.random)
            if !isTrial {
                let hash = try await services.signInDesk.hash(password, for: row.account.id)
                let entry = services.entry(
                    "account.created", by: context, on: AuditSubject(key: "account:\(row.account.id)"),
                    payload: try CanonicalJSON(encoding: AccountResource(row.account)))
                _ = try await services.accounts.create(row.account, password: hash, entry: entry)
            }
            created.append(
                Report.Created(
                    row: row.number, account: row.account.id, name: row.account.displayName,
                    password: isTrial || row.password != nil ? nil : password))
        }
        let catalogue = Catalogue.of(context.language)
        return Report(
            saved: !isTrial && !created.isEmpty, rows: reading.rowCount, created: created,
            faults: faults.map { Report.Fault(place: $0.place, code: $0.code, message: catalogue.text($0)) })
    }

    private func read(_ bytes: [UInt8]) throws -> AccountImport {
        var header: [String] = []
        var records: [(number: Int, fields: [String])] = []
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            let rows = try Workbook(xlsx: bytes).sheets.first?.rows ?? []
            header = rows.first?.map(\.plainText) ?? []
            records = rows.enumerated().dropFirst().map { ($0.offset + 1, $0.element.map(\.plainText)) }
        } else {
            let table = DelimitedText(utf8: bytes, limits: .init(rows: AccountImport.mostRows + 1))
            if let fault = table.findings.first(where: { $0.severity == .error }) {
                throw Failure("access.import_unreadable", findings: [fault])
            }
            header = table.header
            records = table.rows.map { ($0.number, $0.fields) }
        }
        guard !header.isEmpty else { throw Failure("access.import_empty") }
        var titles: [String: String] = [:]
        var roles: [String: Role] = [:]
        for catalogue in Language.allCases.map(Catalogue.of) {
            for column in AccountImport.columns {
                titles[column] = column
                titles[catalogue.text("web.account_import.\(column)").lowercased()] = column
            }
            for role in Role.allCases {
                roles[role.rawValue] = role
                roles[catalogue.text("access.role.\(role.rawValue)").lowercased()] = role
            }
        }
        return AccountImport(
            header: header, records: records, titles: titles, roles: roles, now: services.clock.now())
    }

    /// Sixteen characters that are not mistaken for one another, in groups of four.
    private static func password(_ random: any RandomSource) -> String {
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
        let chosen = random.bytes(16).map { letters[Int($0) % letters.count] }
        return stride(from: 0, to: 16, by: 4).map { String(chosen[$0..<($0 + 4)]) }.joined(separator: "-")
    }

    private func page(
        _ report: Report?, fault: Failure?, status: Int, _ context: WebContext
    ) async throws -> Response {
        let catalogue = Catalogue.of(context.language)
        func say(_ key: String, _ values: [String: String] = [:]) -> String {
            catalogue.text("web.account_import.\(key)", values)
        }
        var notice: Notice?
        if let fault {
            let texts = [catalogue.text(fault)] + fault.findings.map { catalogue.text($0) }
            notice = Notice(texts.joined(separator: catalogue.text("web.list.space")), .wrong)
        }
        if let report {
            let values = ["created": "\(report.created.count)", "faults": "\(report.faults.count)"]
            notice = Notice(
                say(report.saved ? "done" : "trial_done", values), report.faults.isEmpty ? .good : .watch)
        }
        let page = AccountImportPage(
            heading: Heading(say("title"), lead: say("lead", ["limit": "\(AccountImport.mostRows)"])), notice: notice,
            hasFaults: !(report?.faults ?? []).isEmpty,
            faults: (report?.faults ?? []).map { .init(place: $0.place, message: $0.message) },
            hasCreated: !(report?.created ?? []).isEmpty,
            created: (report?.created ?? []).map {
                .init(row: "\($0.row)", account: $0.account.rawValue, name: $0.name, password: $0.password)
            })
        return try await site.answer(page, context, status: .init(code: status))
    }
}
