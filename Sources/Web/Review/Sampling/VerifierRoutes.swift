import Access
import Hummingbird
import Review
import Trust
import Vocabulary

/// Which third-party verifier is given which platform, through the API and on a page.
struct VerifierRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/platforms/:platform/verifiers", use: get)
        router.put("/api/v1/rounds/:round/platforms/:platform/verifiers", use: put)
        router.get("/authority/rounds/:round/sampling/verifiers", use: page)
        router.post("/authority/rounds/:round/sampling/verifiers", use: change)
    }

    struct Resource: Codable {
        let sample: [AccountID]
        let site: [AccountID]
    }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runSampling)
        let owner = try await services.participation(context)
        return .json(try await resource(owner))
    }

    @Sendable func put(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runSampling)
        let owner = try await services.participation(context)
        let body = try await JSONBody.decode(Resource.self, from: request)
        for account in body.sample + body.site { try await requireVerifier(account) }
        try await assign(Set(body.sample), to: owner, for: .sample, context)
        try await assign(Set(body.site), to: owner, for: .site, context)
        return .json(try await resource(owner))
    }

    private func resource(_ owner: Participation) async throws -> Resource {
        let known = try await services.people.sampling.verifierBook().assignments(owner.round)[owner.platform] ?? [:]
        return Resource(sample: (known[.sample] ?? []).sorted(), site: (known[.site] ?? []).sorted())
    }

    /// - Throws: `sampling.not_a_verifier`.
    private func requireVerifier(_ id: AccountID) async throws {
        guard let account = try await services.accounts.account(id), account.roles.contains(.verifier) else {
            throw Failure("sampling.not_a_verifier", ["account": id.rawValue])
        }
    }

    private func assign(
        _ accounts: Set<AccountID>, to owner: Participation, for task: VerifierTask, _ context: WebContext
    ) async throws {
        let entry = services.entry(
            "verifier.assigned", by: context, on: AuditSubject(round: owner.round, platform: owner.platform),
            payload: [
                "task": .string(task.rawValue), "accounts": .array(accounts.sorted().map { .string($0.rawValue) }),
            ])
        try await services.people.sampling.verifierBook().assign(
            accounts, to: owner.platform, of: owner.round, for: task, by: context.principal.account ?? AccountID(""),
            at: services.clock.now(), entry: entry)
        guard !accounts.isEmpty else { return }
        try await services.tell(
            MessageDraft(
                "message.verifier_assigned", ["name": owner.name], round: owner.round, platform: owner.platform,
                address: task == .sample
                    ? "/authority/rounds/\(owner.round)/sampling/judge?platform=\(owner.platform)"
                    : "/authority/rounds/\(owner.round)/site-checks/\(owner.platform)",
                to: [.accounts(accounts.sorted())]), at: services.clock.now())
    }

    // MARK: Page

    private func verifiers() async throws -> [Account] {
        var all: [Account] = []
        var last: AccountID?
        while true {
            let page = try await services.accounts.accounts(after: last, limit: 500)
            all += page.filter { $0.roles.contains(.verifier) }
            if page.count < 500 { return all }
            last = page.last?.id
        }
    }

    @Sendable func page(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runSampling)
        let access = try await SamplingAccess(services, context)
        let words = SampleWords(scheme: access.scheme, language: context.language)
        let base = "/authority/rounds/\(access.round.id)/sampling"
        let people = try await verifiers()
        let names = people.reduce(into: [:]) { $0[$1.id] = $1.displayName }
        let owners = try await access.participations()
        let known = try await services.people.sampling.verifierBook().assignments(access.round.id)
        let lines = owners.map { owner in
            VerifiersPage.Line(
                platform: owner.name,
                tasks: VerifierTask.allCases.map { task in
                    VerifiersPage.Task(
                        title: words.say("task_\(task.rawValue)"),
                        people: (known[owner.platform]?[task] ?? []).sorted().map { id in
                            VerifiersPage.Person(
                                name: names[id] ?? id.rawValue, account: id.rawValue,
                                platform: owner.platform.rawValue, task: task.rawValue,
                                removeHref: "\(base)/verifiers",
                                removeLabel: words.say("remove_label", ["name": names[id] ?? id.rawValue]))
                        })
                })
        }
        let page = VerifiersPage(
            heading: Heading(
                words.say("verifiers"), kicker: access.round.title[context.language],
                lead: words.say("verifiers_lead"), acts: [HeadAct(words.say("back"), href: base)]),
            notice: request.queried("done") == "assigned" ? Notice(words.say("done.assigned"), .good) : nil,
            address: "\(base)/verifiers", hasVerifiers: !people.isEmpty,
            none: people.isEmpty ? EmptyState(words.say("verifiers_none")) : nil,
            choices: [
                Choice(
                    "platform", label: words.say("platform"),
                    options: owners.map { (value: $0.platform.rawValue, title: $0.name) }, selected: ""),
                Choice(
                    "task", label: words.say("task"),
                    options: VerifierTask.allCases.map {
                        (value: $0.rawValue, title: words.say("task_\($0.rawValue)"))
                    },
                    selected: ""),
                Choice(
                    "account", label: words.say("verifier"),
                    options: people.map { (value: $0.id.rawValue, title: $0.displayName) }, selected: ""),
            ], lines: lines)
        return try await site.answer(page, context, round: access.round)
    }

    @Sendable func change(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runSampling)
        let round = try await services.round(context)
        let form = try await FormBody(request)
        guard let owner = try await services.rounds.participation(round.id, PlatformID(form["platform"])) else {
            throw Failure("review.platform_unknown", ["platform": form["platform"]])
        }
        guard let task = VerifierTask(rawValue: form["task"]) else {
            throw Failure("web.body_invalid", ["field": "task"])
        }
        let account = AccountID(form["account"])
        var present =
            try await services.people.sampling.verifierBook().assignments(round.id)[owner.platform]?[task] ?? []
        if form["act"] == "remove" {
            present.remove(account)
        } else {
            try await requireVerifier(account)
            present.insert(account)
        }
        try await assign(present, to: owner, for: task, context)
        return .seeOther("/authority/rounds/\(round.id)/sampling/verifiers?done=assigned")
    }
}
