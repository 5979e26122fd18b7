import Logging
import Review
import Scheme
import Vocabulary

/// Tells results whose telling a power cut or a full disk kept from following the move; without it nobody could accept,
/// doubt or announce them.
public struct TellingWork: BackgroundWork {
    public struct Parts: Sendable {
        public let rounds: any RoundStore
        public let schemes: any SchemeLibrary
        public let submissions: any SubmissionStore
        public let tellings: any PanelStore

        public init(
            rounds: any RoundStore, schemes: any SchemeLibrary, submissions: any SubmissionStore,
            tellings: any PanelStore
        ) {
            self.rounds = rounds
            self.schemes = schemes
            self.submissions = submissions
            self.tellings = tellings
        }
    }

    private let parts: Parts
    private let follower: any TransitionFollower
    private let secondsBetween: Int

    public init(_ parts: Parts, follower: any TransitionFollower, secondsBetween: Int = 60) {
        self.parts = parts
        self.follower = follower
        self.secondsBetween = secondsBetween
    }

    public func run() async throws {
        while !Task.isCancelled {
            do { try await tick() } catch {
                Logger(label: "heng.tellings").error("a look for untold results failed: \(error)")
            }
            try await Task.sleep(for: .seconds(secondsBetween))
        }
    }

    /// One look at all rounds. The days count from the move, however late it is followed.
    /// - Returns: how many results were told.
    @discardableResult
    public func tick() async throws -> Int {
        var told = 0
        for round in try await parts.rounds.rounds() where round.state == .panel || round.state == .notice {
            let tellings = try await parts.tellings.tellings(round.id)
            let events = try await parts.submissions.lastEvents(round.id).filter { platform, event in
                event.to == .settled && (tellings[platform]?.at ?? event.at.adding(seconds: -1)) < event.at
            }
            guard !events.isEmpty, let scheme = try await parts.schemes.scheme(digest: round.schemeDigest) else {
                continue
            }
            for (platform, event) in events.sorted(by: { $0.key < $1.key }) {
                guard let participation = try await parts.rounds.participation(round.id, platform),
                    participation.submission == .settled
                else { continue }
                let request = SubmissionRequest(
                    event.action, reason: event.reason, details: event.details, by: event.by)
                try await follower.moved(
                    request, from: participation,
                    to: SubmissionCase(participation, round: round, scheme: scheme, now: event.at))
                told += 1
            }
        }
        return told
    }
}
