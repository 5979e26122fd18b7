import Access
import Hummingbird
import Review
import Vocabulary
import Wording

/// The same action on several submissions: first what would happen, then the doing. One that is refused hinders none.
struct BulkActs: Sendable {
    let services: Services

    struct Asked: Codable, Sendable {
        let action: SubmissionAction
        let platforms: [String]
        let reason: String?
        let details: [String: String]?
        /// True: only says what would happen.
        let preview: Bool?
    }

    /// What became of one, or would.
    struct Line: Encodable, Sendable {
        enum Outcome: String, Encodable, Sendable { case moves, moved, proposed, refused }
        let platform: String
        let name: String
        let outcome: Outcome
        /// The state it is in afterwards.
        let state: SubmissionState?
        let problem: Problem?
    }

    static let most = 200

    /// In the order of the request.
    func run(_ asked: Asked, round: Round, as principal: Principal, _ language: Language) async throws -> [Line] {
        let ids = asked.platforms.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        guard (1...BulkActs.most).contains(ids.count) else { throw Failure("workflow.selection_invalid") }
        var lines: [Line] = []
        for id in ids {
            var name = ""
            do {
                guard let found = try await services.rounds.participation(round.id, PlatformID(id)),
                    principal.may(.readPlatform, on: found.scope)
                else { throw Failure("review.platform_unknown", ["platform": String(id.prefix(64))]) }
                name = found.name
                lines.append(try await one(asked, found, principal))
            } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
                lines.append(
                    Line(
                        platform: id, name: name, outcome: .refused, state: nil,
                        problem: Problem(failure, language: language)))
            }
        }
        return lines
    }

    private func one(_ asked: Asked, _ found: Participation, _ principal: Principal) async throws -> Line {
        let acts = SubmissionActs(services: services)
        let request = SubmissionRequest(
            asked.action, reason: asked.reason, details: asked.details ?? [:], by: principal.account)
        let id = found.platform.rawValue
        if asked.preview ?? false {
            try acts.permit(request, on: found, as: principal)
            let submission = try await acts.submissionCase(found)
            let next = try found.performing(
                asked.action, reason: asked.reason, stages: SubmissionStages(scheme: submission.scheme))
            let desk = services.submissionDesk
            let errors = try await desk.hindrances(to: request, of: submission).filter { $0.severity == .error }
            if desk.isGuarded(submission.round), !errors.isEmpty {
                throw Failure(
                    "review.submission_hindered", ["action": asked.action.rawValue, "count": "\(errors.count)"],
                    findings: errors)
            }
            return Line(platform: id, name: found.name, outcome: .moves, state: next.submission, problem: nil)
        }
        switch try await acts.act(request, on: found, as: principal) {
        case .moved(let next):
            return Line(platform: id, name: found.name, outcome: .moved, state: next.submission, problem: nil)
        case .proposed:
            return Line(platform: id, name: found.name, outcome: .proposed, state: found.submission, problem: nil)
        }
    }
}
