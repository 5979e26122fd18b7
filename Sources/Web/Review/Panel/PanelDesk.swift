import Access
import Review
import Submit
import Trust
import Vocabulary

/// The panel's own acts: minutes, settling, disqualifying.
struct PanelDesk: Sendable {
    let work: PanelWork

    /// What becomes of one platform when several are settled at once.
    struct Settlement: Encodable, Sendable {
        let platform: PlatformID
        let name: String
        let state: SubmissionState
        let allowed: Bool
        let settled: Bool
        let findings: [Problem.Item]
    }

    /// Those who keep the panel's papers: the panel itself, and the operator as its secretary.
    func requireSecretary() throws {
        if !work.principal.may(.settle) { try work.principal.require(.runRound) }
    }

    struct NewMinutes: Sendable {
        let number: String
        let heldOn: String
        let present: String
        let note: String
        let fileName: String
        let bytes: [UInt8]
    }

    /// - Throws: `panel.form_refused`, `panel.minutes_number_taken`, and what `EvidenceInspection` says of the file.
    func keep(_ new: NewMinutes) async throws -> PanelMinutes {
        try requireSecretary()
        let number = try work.text(new.number, "number", most: 100)
        let present = try work.text(new.present, "present", most: 1000)
        let note = PanelText.clean(new.note)
        guard note.count <= 2000 else { throw PanelText.refused("note", "panel.text_long", ["limit": "2000"]) }
        guard let day = CivilDay(new.heldOn), day <= work.today else {
            throw PanelText.refused("heldOn", "panel.day_invalid")
        }
        let inspected = try EvidenceInspection.inspect(new.bytes, name: new.fileName)
        let id = PanelDesk.hex(work.services.random.bytes(8))
        let minutes = PanelMinutes(
            id: id, round: work.round.id, number: number, heldOn: day, present: present, note: note, by: work.me,
            at: work.now)
        let file = PanelFile(
            owner: minutes.owner, digest: inspected.digest, name: inspected.name, type: inspected.type.rawValue,
            size: inspected.size, by: work.me, at: work.now)
        let payload: CanonicalJSON = [
            "number": .string(number), "heldOn": .string("\(day)"), "present": .string(present),
            "digest": .string(file.digest.hex),
        ]
        let entry = work.entry("panel.minutes-kept", key: "minutes:\(id)", payload: payload)
        try await work.stores.keep(minutes, file: file, bytes: new.bytes, entry: entry)
        return minutes
    }

    /// Settles the platforms one by one; what hinders one hinders no other.
    /// - Parameter isTrial: says what would happen, and does nothing.
    func settle(
        _ platforms: [PlatformID], minutes: String?, reason: String?, isTrial: Bool
    ) async throws -> [Settlement] {
        try work.principal.require(.settle)
        guard !platforms.isEmpty, platforms.count <= 500 else {
            throw PanelText.refused("platforms", "panel.choose_platforms")
        }
        var settlements: [Settlement] = []
        let details = minutes.map { ["minutes": $0] } ?? [:]
        for id in platforms {
            let participation = try await work.participation(id)
            settlements.append(try await settle(participation, details, reason: reason, isTrial: isTrial))
        }
        return settlements
    }

    private func settle(
        _ participation: Participation, _ details: [String: String], reason: String?, isTrial: Bool
    ) async throws -> Settlement {
        var findings: [Finding] = []
        var isSettled = false
        let mover = PanelMover(work: work)
        do {
            _ = try participation.performing(.settle, reason: reason)
            let request = SubmissionRequest(.settle, reason: reason, details: details, by: work.me)
            findings = try await mover.hindrances(request, participation)
            if findings.isEmpty, !isTrial {
                try await mover.move(participation, .settle, reason: reason, details: details)
                isSettled = true
            }
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            findings =
                failure.findings.isEmpty
                ? [Finding(.error, failure.code, at: participation.platform.rawValue, failure.values)]
                : failure.findings
        }
        return Settlement(
            platform: participation.platform, name: participation.name, state: participation.submission,
            allowed: findings.isEmpty, settled: isSettled,
            findings: findings.map { Problem.Item($0, language: work.context.language) })
    }

    static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
