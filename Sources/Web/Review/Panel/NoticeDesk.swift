import Access
import Review
import Trust
import Vocabulary

/// The public notice: whom the public calls, and the moves of all platforms into it and out of it.
struct NoticeDesk: Sendable {
    let work: PanelWork

    struct NewContacts: Codable, Sendable {
        let office: String
        let officePhone: String
        let inspection: String
        let inspectionPhone: String
        let mail: String?
        let address: String?
    }

    /// What a move of all platforms did.
    struct Moves: Encodable, Sendable {
        let moved: [PlatformID]
        let left: [Left]
        struct Left: Encodable, Sendable {
            let platform: PlatformID
            let name: String
            let findings: [Problem.Item]
        }
    }

    /// - Throws: `panel.form_refused`, `review.stale`.
    func keep(_ new: NewContacts, replacing version: Int) async throws -> NoticeContacts {
        try work.principal.require(.runRound)
        let contacts = NoticeContacts(
            round: work.round.id, office: try work.text(new.office, "office", most: 100),
            officePhone: try phone(new.officePhone, "officePhone"),
            inspection: try work.text(new.inspection, "inspection", most: 100),
            inspectionPhone: try phone(new.inspectionPhone, "inspectionPhone"), mail: try mail(new.mail),
            address: try optional(new.address, "address"), version: version + 1)
        let entry = work.entry("notice.contacts-set", payload: try CanonicalJSON(encoding: contacts))
        try await work.stores.keep(contacts, entry: entry)
        return contacts
    }

    private func phone(_ given: String, _ field: String) throws(Failure) -> String {
        let text = try work.text(given, field, most: 30)
        guard
            Objector(name: "", identityKind: .creditCode, identity: "", contactKind: .phone, contact: text).faults
                .allSatisfy({ $0.place != "contact" })
        else { throw PanelText.refused(field, "panel.objector_phone") }
        return text
    }

    private func mail(_ given: String?) throws(Failure) -> String {
        let text = PanelText.clean(given ?? "")
        if text.isEmpty { return "" }
        guard
            Objector(name: "", identityKind: .creditCode, identity: "", contactKind: .mail, contact: text).faults
                .allSatisfy({ $0.place != "contact" })
        else { throw PanelText.refused("mail", "panel.objector_mail") }
        return text
    }

    private func optional(_ given: String?, _ field: String) throws(Failure) -> String {
        let text = PanelText.clean(given ?? "")
        guard text.count <= 200 else { throw PanelText.refused(field, "panel.text_long", ["limit": "200"]) }
        return text
    }

    /// Every told platform whose days are over goes into the notice; the others stay, each with what it waits for.
    func lapse() async throws -> Moves { try await moveAll(.settled, .lapse, reason: work.say("reason.lapse")) }

    /// Every announced platform against which nothing is open leaves the notice, once it has run.
    func end() async throws -> Moves { try await moveAll(.inNotice, .end, reason: work.say("reason.end")) }

    private func moveAll(
        _ state: SubmissionState, _ action: SubmissionAction, reason: String
    ) async throws -> Moves {
        try work.principal.require(.checkFormally)
        var moved: [PlatformID] = []
        var left: [Moves.Left] = []
        for participation in try await work.site.participations(work.round.id) where participation.submission == state {
            do {
                try await PanelMover(work: work).move(participation, action, reason: reason)
                moved.append(participation.platform)
            } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
                let findings =
                    failure.findings.isEmpty
                    ? [Finding(.error, failure.code, at: "", failure.values)] : failure.findings
                left.append(
                    .init(
                        platform: participation.platform, name: participation.name,
                        findings: findings.map { Problem.Item($0, language: work.context.language) }))
            }
        }
        return Moves(moved: moved, left: left)
    }
}
