import Access
import Collect
import Foundation
import Review
import Scheme
import Trust
import Vocabulary

/// Commits, draws, judges answers and takes confirmations: what the API and the pages both do.
struct ChallengeDesk: Sendable {
    let services: Services
    let rules = ChallengeRules.standard

    /// - Throws: `collect.challenge-not-kept` where there is no store.
    func store() throws(Failure) -> any ChallengeStore {
        guard let store = services.portSide.challenges else { throw Failure("collect.challenge-not-kept") }
        return store
    }

    // MARK: The platform

    /// - Throws: `collect.inventory-invalid`, `collect.window-closed`.
    func commit(size: Int, root: Digest, _ access: PortAccess) async throws -> InventoryCommitment {
        guard (1...10_000_000_000).contains(size) else { throw Failure("collect.inventory-invalid") }
        let now = services.clock.now()
        if let cutter = DayCutter(zoneName: access.scheme.zone) { try access.window.check(now: now, cutter: cutter) }
        let entry = AuditEntry(
            "inventory.committed", actor: .system("port-key:\(access.key.id)"), at: now,
            subject: AuditSubject(round: access.round.id, platform: access.key.platform, key: "inventory"),
            payload: ["size": .number(Double(size)), "root": .string(root.hex)], salt: services.random.salt())
        return try await store().commit(
            access.round.id, access.key.platform, size: size, root: root, at: now, entry: entry)
    }

    /// Judges and keeps answers.
    /// - Returns: the verdicts by place, and the log's index.
    /// - Throws: `collect.challenge-unknown`, `collect.challenge-over`, `collect.challenge-not-drawn`.
    func answer(
        _ id: Int, _ answers: [LeafAnswer], _ access: PortAccess
    ) async throws -> (verdicts: [(place: Int, verdict: LeafVerdict)], logIndex: Int) {
        let challenge = try await own(id, access)
        let now = services.clock.now()
        guard now <= challenge.dueAt else {
            throw Failure("collect.challenge-over", ["due": "\(challenge.dueAt)"])
        }
        guard !answers.isEmpty, answers.count <= 1000 else { throw Failure("collect.answers-count") }
        let ordinals = Swift.Dictionary(uniqueKeysWithValues: challenge.leaves.map { ($0.place, $0.ordinal) })
        if let stranger = answers.first(where: { ordinals[$0.leaf.index] == nil }) {
            throw Failure("collect.challenge-not-drawn", ["place": "\(stranger.leaf.index)"])
        }
        let check = try await check(challenge, answers, access)
        let judged = answers.compactMap { answer in
            ordinals[answer.leaf.index].map {
                JudgedAnswer(
                    ordinal: $0, answer: answer, verdict: check.verdict(answer, at: answer.leaf.index))
            }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let digest = Digest.sha256(of: try encoder.encode(answers))
        let entry = AuditEntry(
            "challenge.answered", actor: .system("port-key:\(access.key.id)"), at: now,
            subject: AuditSubject(round: access.round.id, platform: access.key.platform, key: "challenge:\(id)"),
            payload: [
                "challenge": .number(Double(id)), "answers": .number(Double(answers.count)),
                "good": .number(Double(judged.count { $0.verdict == .good })), "digest": .string(digest.hex),
            ], salt: services.random.salt())
        let index = try await store().answer(id, judged, at: now, entry: entry)
        return (judged.map { ($0.answer.leaf.index, $0.verdict) }, index)
    }

    /// A challenge of the key's own platform. Throws: `collect.challenge-unknown`.
    func own(_ id: Int, _ access: PortAccess) async throws -> Challenge {
        let found = try await store().challenge(id)
        guard found.commitment.round == access.round.id, found.commitment.platform == access.key.platform else {
            throw Failure("collect.challenge-unknown", ["challenge": "\(id)"])
        }
        return found
    }

    private func check(
        _ challenge: Challenge, _ answers: [LeafAnswer], _ access: PortAccess
    ) async throws -> LeafCheck {
        guard let cutter = DayCutter(zoneName: access.scheme.zone),
            let months = access.scheme.calendar?.portMonths(cutOff: access.round.cutOff), let first = months.first,
            let last = months.last
        else { throw Failure("collect.calendar_missing") }
        let days = first.firstDay...last.lastDay
        let end = cutter.start(of: last.lastDay.adding(days: 1))
        let counted = try await services.records.counted(
            devices: answers.map(\.leaf.identifier), access.round.id, access.key.platform, days: days)
        return LeafCheck(
            commitment: challenge.commitment,
            samples: cutter.start(of: days.lowerBound)...Instant(milliseconds: end.milliseconds - 1),
            isRegion: { $0.utf8.count == 6 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } },
            isCounted: { id in counted.map { $0.contains(id) } })
    }

    // MARK: The authority

    /// Draws from the newest checkpoint, which contains the newest commitment.
    /// - Throws: `collect.inventory-missing`, `collect.challenge-open`.
    func draw(_ found: Participation, by context: WebContext) async throws -> Challenge {
        guard let commitment = try await store().commitments(found.round, found.platform).first else {
            throw Failure("collect.inventory-missing")
        }
        let checkpoint = try await services.log.checkpoint()
        guard checkpoint.checkpoint.size > commitment.logIndex else { throw Failure("collect.inventory-missing") }
        let seed = LeafDraw.seed(checkpoint: checkpoint.checkpoint.root, commitment: commitment.root)
        let now = services.clock.now()
        let places = LeafDraw.places(rules.leaves, of: commitment.size, seed: seed)
        let new = NewChallenge(
            commitment: commitment, checkpointSize: checkpoint.checkpoint.size, seed: seed, drawnAt: now,
            dueAt: now.adding(seconds: Int64(rules.hours) * 3600), places: places,
            handedOver: min(rules.confirmations, places.count))
        let entry = services.entry(
            "challenge.drawn", by: context,
            on: AuditSubject(round: found.round, platform: found.platform, key: "challenge"),
            payload: [
                "root": .string(commitment.root.hex), "size": .number(Double(commitment.size)),
                "checkpoint": .string(checkpoint.note), "seed": .string(seed.hex),
                "leaves": .number(Double(places.count)),
            ])
        return try await store().draw(new, entry: entry)
    }

    /// A link by which the owner of a drawn device says whether it is theirs; an earlier link ends.
    func makeLink(_ challenge: Challenge, ordinal: Int, by context: WebContext) async throws -> String {
        let token = Hexadecimal.text(services.random.bytes(24))
        let entry = services.entry(
            "challenge.link-made", by: context, on: subject(challenge),
            payload: ["leaf": .number(Double(ordinal)), "token": .string(Digest.sha256(of: token.utf8).hex)])
        _ = try await store().makeLink(
            challenge.id, ordinal: ordinal, token: Digest.sha256(of: token.utf8), entry: entry)
        return "/confirm/\(token)"
    }

    /// Keeps what somebody says of a drawn device.
    /// - Throws: `collect.confirmation-note` without a note where the answer is no, or with one that is too long.
    func confirm(
        _ challenge: Challenge, ordinal: Int, _ role: LeafConfirmation.Role, says: LeafConfirmation.Word, note: String,
        place: String, photo: Digest?, by account: AccountID?
    ) async throws -> Int {
        guard note.count <= 1000, place.count <= 200, says != .no || !note.allSatisfy(\.isWhitespace) else {
            throw Failure("collect.confirmation-note")
        }
        let now = services.clock.now()
        let confirmation = LeafConfirmation(
            role: role, says: says, note: note, place: place, photo: photo, by: account, at: now)
        let entry = AuditEntry(
            "challenge.confirmed", actor: account.map(AuditActor.account) ?? .system("owner-link"), at: now,
            subject: subject(challenge),
            payload: [
                "leaf": .number(Double(ordinal)), "role": .string(role.rawValue), "says": .string(says.rawValue),
                "note": .string(note), "place": .string(place), "photo": photo.map { .string($0.hex) } ?? .null,
            ], salt: services.random.salt())
        return try await store().confirm(challenge.id, ordinal: ordinal, confirmation, entry: entry)
    }

    private func subject(_ challenge: Challenge) -> AuditSubject {
        AuditSubject(
            round: challenge.commitment.round, platform: challenge.commitment.platform,
            key: "challenge:\(challenge.id)")
    }
}
