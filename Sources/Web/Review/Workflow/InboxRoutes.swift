import Access
import Hummingbird
import Review
import Trust
import Vocabulary
import Wording

/// Messages through the API: the own inbox, the own contact, and what could not leave the system.
struct InboxRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/me/messages", use: messages)
        router.post("/api/v1/me/messages/read", use: read)
        router.get("/api/v1/me/contact", use: contact)
        router.put("/api/v1/me/contact", use: setContact)
        router.get("/api/v1/outbox", use: outbox)
        router.post("/api/v1/outbox/:letter/retry", use: retry)
    }

    struct Read: Codable {
        /// Nil: all.
        let message: Int?
    }

    /// A message with its sentence in the reader's language.
    struct MessageResource: Encodable, Sendable {
        let id: Int
        let code: String
        let text: String
        let round: RoundID?
        let platform: PlatformID?
        let address: String
        let at: Instant
        let readAt: Instant?

        init(_ message: InboxMessage, _ language: Language) {
            id = message.id
            code = message.code
            text = Catalogue.of(language).text(message.code, message.values)
            round = message.round
            platform = message.platform
            address = message.address
            at = message.at
            readAt = message.readAt
        }
    }

    struct InboxPageResource: Encodable, Sendable {
        let items: [MessageResource]
        let unread: Int
        let next: String?

        private enum CodingKeys: String, CodingKey { case items, unread, next }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(items, forKey: .items)
            try container.encode(unread, forKey: .unread)
            try container.encode(next, forKey: .next)
        }
    }

    struct OutboxResource: Encodable, Sendable {
        let waiting: [String: Int]
        let deadLetters: [DeadLetter]
    }

    @Sendable func messages(_ request: Request, _ context: WebContext) async throws -> Response {
        let (account, inbox) = try own(context)
        let query = try ListQuery(request)
        var before: Int?
        if let cursor = query.cursor {
            guard let id = Int(cursor), id > 0 else {
                throw Failure("web.parameter_invalid", ["name": "cursor", "expected": "1–"])
            }
            before = id
        }
        let unread = request.uri.queryParameters["unread"].map(String.init)
        guard unread == nil || unread == "true" || unread == "false" else {
            throw Failure("web.parameter_invalid", ["name": "unread", "expected": "true, false"])
        }
        let found = try await inbox.messages(
            of: account, unreadOnly: unread == "true", round: nil, before: before, limit: query.limit + 1)
        let page = found.prefix(query.limit)
        return .json(
            InboxPageResource(
                items: page.map { MessageResource($0, context.language) },
                unread: try await inbox.unreadCount(of: account),
                next: found.count > query.limit ? page.last.map { "\($0.id)" } : nil))
    }

    @Sendable func read(_ request: Request, _ context: WebContext) async throws -> Response {
        let (account, inbox) = try own(context)
        let body = try await JSONBody.decode(Read.self, from: request)
        let marked = try await inbox.markRead(body.message, of: account, at: services.clock.now())
        return .json(["marked": marked])
    }

    @Sendable func contact(_ request: Request, _ context: WebContext) async throws -> Response {
        let (account, inbox) = try own(context)
        return .json(try await inbox.contact(of: account))
    }

    @Sendable func setContact(_ request: Request, _ context: WebContext) async throws -> Response {
        let (account, inbox) = try own(context)
        var contact = try await JSONBody.decode(Contact.self, from: request)
        if contact.mail?.isEmpty ?? false { contact.mail = nil }
        if contact.phone?.isEmpty ?? false { contact.phone = nil }
        let findings = contact.findings
        guard findings.isEmpty else { throw Failure("workflow.contact_invalid", findings: findings) }
        let entry = services.entry("account.contact-set", by: context, on: AuditSubject(key: "account:\(account)"))
        try await inbox.setContact(contact, of: account, entry: entry)
        return .json(contact)
    }

    @Sendable func outbox(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runRound)
        let outbox = services.people.workflow.outbox
        return .json(
            OutboxResource(
                waiting: try await outbox?.waiting() ?? [:],
                deadLetters: try await outbox?.deadLetters(limit: 200) ?? []))
    }

    @Sendable func retry(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.runRound)
        guard let id = Int(try context.parameter("letter")),
            try await services.people.workflow.outbox?.retry(id, at: services.clock.now()) ?? false
        else { throw Failure("workflow.letter_unknown") }
        return .json(["queued": true])
    }

    func own(_ context: WebContext) throws -> (AccountID, any Inbox) {
        try context.principal.require(.useOwnAccount)
        guard let account = context.principal.account, let inbox = services.people.workflow.inbox else {
            throw Failure("access.sign_in_required")
        }
        return (account, inbox)
    }
}
