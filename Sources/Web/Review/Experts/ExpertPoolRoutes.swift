import Access
import HTTPTypes
import Hummingbird
import Review
import Vocabulary
import Wording

/// The operator's pages of the pool.
struct ExpertPoolRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }
    private static let base = "/authority/experts"

    func add(to router: Router<WebContext>) {
        router.get("/authority/experts", use: show)
        router.post("/authority/experts", use: save)
        router.post("/authority/experts/retire", use: retire)
        router.post("/authority/experts/contact", use: contact)
        router.post("/authority/experts/import", use: takeIn)
        router.get("/authority/experts/template", use: template)
        router.post("/authority/experts/groups", use: groups)
    }

    private func pool(_ context: WebContext) -> ExpertPool { ExpertPool(services: services, context: context) }

    private func builder(_ request: Request, _ context: WebContext) async throws -> ExpertPoolBuilder {
        let asked = request.uri.queryParameters
        func value(_ name: Substring) -> String {
            String((asked[name].map { String($0).removingPercentEncoding ?? "" } ?? "").prefix(64))
        }
        let store = try services.people.experts.kept()
        let experts = try await store.experts()
        var open: Set<AccountID> = []
        for expert in experts {
            if let account = try await services.accounts.account(expert.account), account.lock == nil,
                account.roles.contains(.expert)
            {
                open.insert(expert.account)
            }
        }
        return ExpertPoolBuilder(
            experts: experts, openAccounts: open, groups: try await store.groups(), query: value("q"),
            field: value("field"), state: value("state"), chosen: AccountID(value("account")), done: value("done"),
            count: Int(value("count")) ?? 0, language: context.language)
    }

    @Sendable func show(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        return try await site.answer(try await builder(request, context).page(), context)
    }

    @Sendable func save(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        let form = try await FormBody(request)
        let account = AccountID(form["account"])
        let stored = try await services.people.experts.kept().expert(account)
        let expert = Expert(
            account: account, name: form["name"], employer: form["employer"],
            employerCode: form["employerCode"].uppercased(), group: form["group"],
            fields: ExpertField.allCases.filter { form["knows-\($0.rawValue)"] == "1" }, title: form["title"],
            contact: Self.contact(form["contact"], stored), retired: stored?.retired,
            version: (Int(form["version"]).map { max(0, min($0, 1_000_000)) } ?? 0) + 1)
        do {
            try await pool(context).save([expert])
            return .seeOther("\(Self.base)?done=kept&account=\(account)#entry")
        } catch let failure as Failure where ["experts.refused", "review.stale"].contains(failure.code) {
            var builder = try await builder(request, context)
            builder.typed = expert
            builder.failure = failure
            return try await site.answer(
                builder.page(), context, status: .init(code: ProblemStatus.of(failure.code)))
        }
    }

    /// What was typed; nothing keeps what is there, a dash deletes it.
    private static func contact(_ typed: String, _ stored: Expert?) -> String {
        switch typed.trimmingWhitespace() {
        case "": stored?.contact ?? ""
        case "-", "\u{2013}", "\u{2014}": ""
        default: typed
        }
    }

    /// How one expert is reached, in clear, on this one answer only.
    @Sendable func contact(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        let form = try await FormBody(request)
        let account = AccountID(form["account"])
        let seen = try await pool(context).contact(of: account, reason: form["reason"])
        var builder = try await builder(request, context)
        builder.chosen = account
        builder.seen = seen
        var response = try await site.answer(builder.page(), context)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    @Sendable func retire(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        let form = try await FormBody(request)
        let account = AccountID(form["account"])
        guard var expert = try await services.people.experts.kept().expert(account) else {
            throw Failure("experts.unknown", ["account": String(account.rawValue.prefix(64))])
        }
        if expert.retired == nil {
            expert.retired = String(try ExpertDesk.reason(form["reason"], action: "retire").prefix(200))
        } else {
            expert.retired = nil
        }
        expert.version = (Int(form["version"]).map { max(0, min($0, 1_000_000)) } ?? 0) + 1
        try await pool(context).save([expert])
        return .seeOther("\(Self.base)?done=kept&account=\(account)")
    }

    /// All rows that are right are kept, the others are listed with what is wrong with them.
    @Sendable func takeIn(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        let form = try await MultipartForm(request, limitBytes: 2 << 20)
        guard let file = form.files["file"], !file.bytes.isEmpty else {
            throw Failure("web.body_invalid", ["field": "file"])
        }
        let reading = try await pool(context).read(file.bytes)
        if !reading.accepted.isEmpty { try await pool(context).save(reading.accepted) }
        if reading.refused.isEmpty { return .seeOther("\(Self.base)?done=taken&count=\(reading.accepted.count)") }
        var builder = try await builder(request, context)
        builder.reading = reading
        return try await site.answer(builder.page(), context, status: .init(code: 422))
    }

    @Sendable func template(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        return .text(
            pool(context).template(), type: "text/csv; charset=utf-8",
            headers: [.contentDisposition: "attachment; filename=\"experts.csv\""])
    }

    @Sendable func groups(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.keepExperts)
        let form = try await FormBody(request, limitBytes: 256 << 10)
        let count = try await pool(context).saveGroups(form["groups"])
        return .seeOther("\(Self.base)?done=grouped&count=\(count)#groups")
    }
}
