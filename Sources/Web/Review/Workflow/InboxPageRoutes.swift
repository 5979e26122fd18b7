import Access
import Hummingbird
import Review
import Vocabulary
import Wording

/// The inbox as a page; its forms go through the API's routes.
struct InboxPageRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/inbox", use: show)
        router.post("/inbox/read", use: read)
        router.post("/inbox/contact", use: setContact)
        router.post("/inbox/letters/:letter/retry", use: retry)
    }

    @Sendable func show(_ request: Request, _ context: WebContext) async throws -> Response {
        try await answer(request, context, failure: nil)
    }

    @Sendable func read(_ request: Request, _ context: WebContext) async throws -> Response {
        let (account, inbox) = try InboxRoutes(site: site).own(context)
        let form = try await FormBody(request)
        try await inbox.markRead(Int(form["message"]), of: account, at: services.clock.now())
        return .seeOther("/inbox?done=1")
    }

    @Sendable func setContact(_ request: Request, _ context: WebContext) async throws -> Response {
        _ = try InboxRoutes(site: site).own(context)
        let form = try await FormBody(request)
        do {
            _ = try await InboxRoutes(site: site).setContact(
                request.carrying(
                    Contact(
                        mail: form["mail"], phone: form["phone"],
                        language: Language(rawValue: form["language"]))), context)
            return .seeOther("/inbox?done=1")
        } catch let failure as Failure where ProblemStatus.of(failure.code) == 422 {
            return try await answer(request, context, failure: failure)
        }
    }

    @Sendable func retry(_ request: Request, _ context: WebContext) async throws -> Response {
        _ = try await InboxRoutes(site: site).retry(request, context)
        return .seeOther("/inbox?done=1")
    }

    private func answer(_ request: Request, _ context: WebContext, failure: Failure?) async throws -> Response {
        let (account, inbox) = try InboxRoutes(site: site).own(context)
        let words = WorkflowWords(language: context.language, scheme: nil)
        let query = request.uri.queryParameters
        let isUnread = query["which"] == "unread"
        let before = query["before"].flatMap { Int($0) }
        let found = try await inbox.messages(
            of: account, unreadOnly: isUnread, round: nil, before: before, limit: 51)
        let unread = try await inbox.unreadCount(of: account)
        let contact = try await inbox.contact(of: account)
        let page = InboxPage(
            heading: Heading(words.say("inbox_title"), lead: words.say("inbox_lead", ["count": "\(unread)"])),
            notice: query["done"] == nil ? nil : Notice(words.say("saved"), .good),
            faults: failure.map { [words.problem($0)] } ?? [],
            choices: [
                Choice(
                    "which", label: words.say("which"),
                    options: [("", words.say("which_all")), ("unread", words.say("which_unread"))],
                    selected: isUnread ? "unread" : "")
            ], isEmpty: found.isEmpty,
            none: found.isEmpty ? EmptyState(words.say(isUnread ? "no_unread" : "no_messages")) : nil,
            messages: found.prefix(50).map { message($0, context.language) }, hasUnread: unread > 0,
            older: found.count > 50
                ? found.prefix(50).last.map { "/inbox?which=\(isUnread ? "unread" : "")&before=\($0.id)" } : nil,
            fields: [
                FormField(
                    id: "mail", name: "mail", label: words.say("mail"), value: contact.mail ?? "", inputMode: "email",
                    hint: words.say("mail_hint")),
                FormField(
                    id: "phone", name: "phone", label: words.say("phone"), value: contact.phone ?? "",
                    inputMode: "tel", hint: words.say("phone_hint")),
                FormField(
                    id: "language", name: "language", label: words.say("language"), hint: words.say("language_hint"),
                    options: Language.allCases.map {
                        Choice.Option(
                            value: $0.rawValue, title: words.say("language_\($0.rawValue)"),
                            isSelected: $0 == contact.language ?? context.language)
                    }),
            ], letters: try await letters(context, words))
        return try await site.answer(
            page, context, status: .init(code: failure.map { ProblemStatus.of($0.code) } ?? 200))
    }

    private func message(_ message: InboxMessage, _ language: Language) -> InboxPage.Message {
        let moments = MomentFormat(zoneName: nil, language)
        return InboxPage.Message(
            id: "\(message.id)", instant: message.at.description, at: moments.minute(message.at),
            atFull: moments.full(message.at),
            text: Catalogue.of(language).text(message.code, message.values), href: message.address,
            isUnread: message.readAt == nil)
    }

    private func letters(_ context: WebContext, _ words: WorkflowWords) async throws -> InboxPage.Letters? {
        guard context.principal.may(.runRound), let outbox = services.people.workflow.outbox else { return nil }
        let dead = try await outbox.deadLetters(limit: 50)
        let waiting = try await outbox.waiting().values.reduce(0, +)
        let moments = MomentFormat(zoneName: nil, context.language)
        return InboxPage.Letters(
            sentence: words.say("letters", ["waiting": "\(waiting)", "dead": "\(dead.count)"]), hasDead: !dead.isEmpty,
            dead: dead.map {
                InboxPage.Dead(
                    href: "/inbox/letters/\($0.id)/retry",
                    text: words.say("channel_\($0.channel)", ["attempts": "\($0.attempts)"]), error: $0.lastError,
                    at: moments.minute($0.at))
            })
    }
}
