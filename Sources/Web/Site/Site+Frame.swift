import Access
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Review
import Scheme
import Vocabulary
import Wording

extension Site {
    /// What surrounds a page: navigation by permission, the round's mark, the language, the log's checkpoint.
    /// - Parameter round: the round the page speaks of; without one the newest that the reader may see.
    func frame(for context: WebContext, round: Round? = nil, drawsCharts: Bool = false) async throws -> PageFrame {
        let shown: Round?
        if let round { shown = round } else { shown = try await currentRound(for: context.principal) }
        return PageFrame(
            language: context.language, address: context.address, account: account(context),
            navigation: try await counted(navigation(context, shown), context),
            round: shown.map {
                RoundMark(title: $0.title[context.language], kind: .init(rawValue: $0.kind.rawValue) ?? .production)
            },
            checkpoint: try await checkpointMark(), drawsCharts: drawsCharts)
    }

    /// The newest round that the reader may see; nil before there is one.
    func currentRound(for principal: Principal) async throws -> Round? {
        try await services.rounds.rounds().first { $0.isSeen(by: principal) }
    }

    /// The page as an HTML answer; `?lang=` is remembered in a cookie.
    func answer<Shown: Page>(
        _ page: Shown, _ context: WebContext, round: Round? = nil, status: HTTPResponse.Status = .ok,
        drawsCharts: Bool = false
    ) async throws -> Response {
        let frame = try await frame(for: context, round: round, drawsCharts: drawsCharts)
        var headers: HTTPFields = [:]
        if context.address.contains("lang=") {
            headers[.setCookie] =
                "heng_language=\(context.language.rawValue); Path=/; Max-Age=31536000; SameSite=Lax"
        }
        return .text(
            renderer.render(page, frame), type: "text/html; charset=utf-8", status: status, headers: headers)
    }

    /// The inbox with the number of unread messages.
    private func counted(_ items: [NavigationItem], _ context: WebContext) async throws -> [NavigationItem] {
        guard let account = context.principal.account, let inbox = services.people.workflow.inbox else { return items }
        let unread = try await inbox.unreadCount(of: account)
        guard unread > 0 else { return items }
        return items.map { item in
            guard item.href == "/inbox" else { return item }
            let title = Catalogue.of(context.language).text("web.nav.inbox_unread", ["count": "\(unread)"])
            return NavigationItem(title: title, href: item.href, isCurrent: item.isCurrent)
        }
    }

    private func account(_ context: WebContext) -> SignedInAccount? {
        guard context.principal.isSignedIn else { return nil }
        let catalogue = Catalogue.of(context.language)
        let roles = context.principal.roles.sorted().map { catalogue.text("access.role.\($0.rawValue)") }
        return SignedInAccount(name: context.principal.displayName, role: roles.joined(separator: " · "))
    }

    private func navigation(_ context: WebContext, _ round: Round?) -> [NavigationItem] {
        let principal = context.principal
        let path = context.address.split(separator: "?").first.map(String.init) ?? "/"
        var places: [(key: String, href: String)] = []
        if let id = round?.id {
            if principal.isOffice {
                places += [("workbench", "/authority/rounds/\(id)"), ("queue", "/authority/rounds/\(id)/queue")]
            }
            if !principal.roles.isDisjoint(with: Role.company) {
                places += [("company", "/company/rounds/\(id)"), ("port", "/company/rounds/\(id)/port")]
            }
            places += [("result", "/rounds/\(id)/result"), ("method", "/rounds/\(id)/method")]
        }
        if principal.may(.readAccounts) { places.append(("accounts", "/accounts")) }
        places += WorkflowPlaces.of(principal, round)
        places += DeskPlaces.of(principal, round)
        places += SamplingPlaces.of(principal, round)
        places += ExpertsPlaces.of(principal, round)
        places += PanelPlaces.of(principal, round)
        places += FormsPlaces.of(principal, round)
        places += AttachmentsPlaces.of(principal, round)
        places += BurdenPlaces.of(principal, round)
        places += PaperPlaces.of(principal, round)
        places += AccountsPlaces.of(principal, round)
        places += PrivacyPlaces.of(principal, round)
        places.append(("log", "/log"))
        let current = places.filter { path == $0.href || path.hasPrefix($0.href + "/") }.max {
            $0.href.count < $1.href.count
        }
        let catalogue = Catalogue.of(context.language)
        // A platform's page belongs to the result.
        let isPlatform = round.map { path.hasPrefix("/rounds/\($0.id)/platforms/") } ?? false
        // A company's files stand under its platform, and are a place of their own.
        let isEvidence = path.hasSuffix("/evidence") && places.contains { $0.key == "evidence" }
        let platformKey = isEvidence ? "evidence" : "result"
        return places.map {
            NavigationItem(
                title: catalogue.text("web.nav.\($0.key)"), href: $0.href,
                isCurrent: isPlatform ? $0.key == platformKey : $0.href == current?.href)
        }
    }

    private func checkpointMark() async throws -> CheckpointMark? {
        let checkpoint = try await services.log.checkpoint().checkpoint
        return checkpoint.size > 0 ? CheckpointMark(size: checkpoint.size, root: checkpoint.root.hex) : nil
    }

    /// The page that people see instead of a problem document; somebody without a session is sent to sign in.
    @Sendable func problemPage(
        _ problem: Problem, _ failure: Failure, _ request: Request, _ context: WebContext
    ) async -> Response? {
        if problem.status == 401, request.method == .get {
            return .seeOther("/sign-in?next=" + FrameView.escapedForQuery(context.address))
        }
        let catalogue = Catalogue.of(context.language)
        var acts = [Act(catalogue.text("web.message.home"), href: "/", isMain: true)]
        if problem.status == 403 {
            acts.append(
                Act(
                    catalogue.text("web.message.sign_in"),
                    href: "/sign-in?next=" + FrameView.escapedForQuery(context.address)))
        }
        let tone: MessagePage.Tone = problem.status == 404 ? .empty : problem.status == 403 ? .watch : .wrong
        let page = MessagePage(
            problem.title, tone: tone, status: problem.status, paragraphs: [problem.detail],
            findings: problem.findings.map { .init(place: $0.place, text: $0.message) }, acts: acts,
            code: problem.code)
        let bare = PageFrame(language: context.language, address: context.address)
        let frame = (try? await frame(for: context)) ?? bare
        return .text(
            renderer.render(page, frame), type: "text/html; charset=utf-8", status: .init(code: problem.status))
    }
}

extension Principal {
    /// Works in the authority or its offices: sees the workbench of a round.
    var isOffice: Bool {
        let office: Set<Role> = [
            .countyClerk, .cityClerk, .cityHead, .provinceOperator, .approver, .verifier, .panel, .inspector,
        ]
        return !roles.isDisjoint(with: office)
    }
}
