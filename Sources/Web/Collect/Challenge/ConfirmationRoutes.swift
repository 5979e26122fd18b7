import Collect
import HTTPTypes
import Hummingbird
import Trust
import Vocabulary
import Wording

/// The owner's page: is this machine yours, and is it there?
struct ConfirmationRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }
    private var desk: ChallengeDesk { ChallengeDesk(services: services) }

    func add(to router: Router<WebContext>) {
        router.get("/confirm/:token", use: show)
        router.post("/confirm/:token", use: say)
    }

    @Sendable func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let (challenge, leaf) = try await leaf(context)
        let isDone = request.uri.queryParameters["done"] != nil
        return try await answer(challenge, leaf, notice: nil, isDone: isDone, context)
    }

    @Sendable func say(_ request: Request, _ context: WebContext) async throws -> Response {
        let (challenge, leaf) = try await leaf(context)
        let form = try await FormBody(request)
        do {
            guard let says = LeafConfirmation.Word(rawValue: form["says"]) else {
                throw Failure("collect.confirmation-note")
            }
            _ = try await desk.confirm(
                challenge, ordinal: leaf.ordinal, .owner, says: says, note: form["note"], place: form["place"],
                photo: nil, by: nil)
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            let text = Catalogue.of(context.language).text(failure)
            return try await answer(challenge, leaf, notice: Notice(text, .wrong), isDone: false, context)
        }
        return .seeOther("/confirm/\(try context.parameter("token"))?done=1")
    }

    /// The leaf of the link.
    /// - Throws: `collect.link-unknown`, whatever is wrong with it, so that guessing tells nothing.
    private func leaf(_ context: WebContext) async throws -> (Challenge, Challenge.Leaf) {
        let token = try context.parameter("token")
        guard let found = try await desk.store().leaf(token: Digest.sha256(of: token.utf8)) else {
            throw Failure("collect.link-unknown")
        }
        return (found.challenge, found.leaf)
    }

    private func answer(
        _ challenge: Challenge, _ leaf: Challenge.Leaf, notice: Notice?, isDone: Bool, _ context: WebContext
    ) async throws -> Response {
        guard let round = try await services.rounds.round(challenge.commitment.round),
            let platform = try await services.rounds.participation(round.id, challenge.commitment.platform)
        else { throw Failure("collect.link-unknown") }
        let catalogue = Catalogue.of(context.language)
        func say(_ key: String, _ values: [String: String] = [:]) -> String {
            catalogue.text("web.challenge.\(key)", values)
        }
        let pairs = [
            ("platform", platform.name), ("identifier", leaf.answer?.leaf.identifier ?? say("not_answered")),
            ("place", leaf.answer?.place ?? say("not_answered")),
            ("sample", leaf.answer?.sample ?? say("not_answered")),
        ]
        let options = LeafConfirmation.Word.allCases.map {
            ConfirmationPage.Option(id: "says-\($0.rawValue)", value: $0.rawValue, title: say("says_\($0.rawValue)"))
        }
        let page = ConfirmationPage(
            heading: Heading(say("confirm_title"), kicker: round.title[context.language], lead: say("confirm_lead")),
            notice: isDone ? Notice(say("confirm_done"), .good) : notice,
            pairs: pairs.map { .init(title: say("label_\($0.0)"), text: $0.1) },
            form: isDone ? nil : .init(action: "/confirm/\(try context.parameter("token"))", choices: options))
        return try await site.answer(page, context, round: round)
    }
}
