import Access
import Review
import Submit
import Trust
import Vocabulary

/// Objections from outside: taken in by real name, their contact proven, decided, heard, answered in writing.
struct ObjectionDesk: Sendable {
    let work: PanelWork

    /// No round takes in more within an hour; whoever comes then is told when to come again.
    static let mostAnHour = 60
    static let mostFiles = 5

    struct NewObjection: Decodable, Sendable {
        let platform: String
        let indicator: String?
        let facts: String
        let name: String
        let identityKind: Objector.IdentityKind
        let identity: String
        let contactKind: Objector.ContactKind
        let contact: String
    }

    /// - Throws: `panel.no_notice_round` (409), `panel.objection_late` (409), `panel.objection_anonymous` (422) with
    ///   what is missing, `panel.objection_flood` (429), `review.platform_unknown`.
    func receive(_ new: NewObjection) async throws -> Objection {
        guard work.round.state == .notice, let notice = try await work.stores.notices(work.round.id).last else {
            throw Failure("panel.no_notice_round")
        }
        if work.enforces, notice.days > 0, !notice.isOpen(on: work.today) {
            throw Failure("panel.objection_late", ["day": "\(notice.endsOn)"])
        }
        let objector = Objector(
            name: PanelText.clean(new.name), identityKind: new.identityKind,
            identity: PanelText.clean(new.identity).uppercased(), contactKind: new.contactKind,
            contact: PanelText.clean(new.contact))
        let faults = objector.faults
        if !faults.isEmpty { throw Failure("panel.objection_anonymous", findings: faults) }
        let facts = try work.text(new.facts, "facts", most: 5000)
        let announced = try await work.participation(PlatformID(new.platform))
        guard announced.submission == .inNotice || announced.submission == .objection else {
            throw Failure("panel.not_announced", ["platform": announced.name])
        }
        let indicator = new.indicator.flatMap { $0.isEmpty ? nil : IndicatorID($0) }
        if let indicator, work.scheme.indicator(indicator) == nil {
            throw Failure("review.indicator_unknown", ["indicator": indicator.rawValue])
        }
        if try await work.stores.count(work.round.id, since: work.now.adding(seconds: -3600)) >= Self.mostAnHour {
            throw Failure("panel.objection_flood", ["retryAfterSeconds": "3600"])
        }
        let objection = Objection(
            id: PanelDesk.hex(work.services.random.bytes(16)), round: work.round.id, number: 0, notice: notice.number,
            platform: announced.platform, indicator: indicator, facts: facts, at: work.now,
            computationBefore: notice.computation)
        let entry = work.entry(
            "objection.received", platform: announced.platform, indicator: indicator,
            payload: ["facts": .string(facts), "identityKind": .string(objector.identityKind.rawValue)])
        let kept = try await work.stores.receive(objection, objector, entry: entry)
        // Without the code the operator proves the contact by telephone; the objection itself is kept.
        try? await queueCode(kept, objector)
        let draft = MessageDraft(
            "message.objection_received", ["number": "\(kept.number)", "platform": announced.name],
            round: work.round.id, platform: announced.platform,
            address: "/authority/rounds/\(work.round.id)/objections/\(kept.number)",
            to: [.role("operator"), .role("inspector")])
        await work.tell(draft)
        return kept
    }

    // MARK: The contact

    /// Whether a code can be sent at all: a mail address, and a mail server here.
    func sendsCodes(to objector: Objector?) -> Bool {
        objector?.contactKind == .mail && work.services.people.panel.contactMail != nil
    }

    /// Six digits to a mail address, good for a day; the letter is queued, and never waited for.
    /// - Throws: `panel.code_too_soon`, `panel.code_too_often`.
    private func queueCode(_ objection: Objection, _ objector: Objector) async throws {
        guard sendsCodes(to: objector) else { return }
        let number = work.services.random.bytes(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) } % 1_000_000
        let code = String("000000\(number)".suffix(6))
        let salt = work.services.random.salt()
        try await work.stores.keepCode(
            objection.id,
            ContactCode(
                code: code, salt: salt, digest: Digest.sha256(of: salt + Array(code.utf8)),
                runsOut: work.now.adding(seconds: 86_400), language: work.context.language),
            at: work.now)
    }

    /// A new code to the same address; the one before is void.
    /// - Throws: `panel.no_code` where the contact is no mail address or is proven, `panel.code_too_soon` (429),
    ///   `panel.code_too_often` (409).
    func sendAgain(_ objection: Objection) async throws {
        let objector = try await work.stores.objector(objection.id)
        guard objection.state.isOpen, objection.contactProof == nil, let objector, sendsCodes(to: objector) else {
            throw Failure("panel.no_code")
        }
        try await queueCode(objection, objector)
    }

    /// Who objects, in clear; the entry with the reason is on disk before anything is shown.
    func view(_ objection: Objection, reason: String) async throws -> (objector: Objector, logIndex: Int) {
        try work.principal.require(.readObjector)
        guard reason.contains(where: { !$0.isWhitespace }), reason.count <= 2000 else {
            throw Failure("privacy.reason_missing")
        }
        guard let objector = try await work.stores.objector(objection.id) else { throw Failure("privacy.deleted") }
        return (objector, try await work.services.accounts.record(entry("personal.viewed", objection, reason: reason)))
    }

    /// The objector shows that the contact is theirs.
    /// - Throws: `panel.code_wrong`.
    func confirm(_ objection: Objection, code: String) async throws {
        guard objection.state.isOpen, objection.contactProof == nil else { return }
        let given = Array(code.utf8.filter { (48...57).contains($0) })
        let isRight = try await work.stores.tryCode(objection.id, at: work.now) { salt, digest in
            Digest.sha256(of: salt + given) == digest
        }
        guard isRight else { throw Failure("panel.code_wrong") }
        var changed = objection
        changed.contactProof = .code
        try await work.stores.change(
            changed, replacing: objection.version, entry: entry("objection.contact-proven", objection))
    }

    /// The operator called and notes what was said.
    func confirmByCall(_ objection: Objection, note: String) async throws {
        try work.principal.require(.checkFormally)
        guard objection.state.isOpen else { throw closed(objection) }
        var changed = objection
        changed.contactProof = .call
        changed.contactNote = try work.text(note, "note", most: 500)
        try await work.stores.change(
            changed, replacing: objection.version,
            entry: entry("objection.contact-proven", objection, reason: changed.contactNote))
    }

    // MARK: Deciding

    /// - Parameter refusal: nil accepts it.
    /// - Throws: `panel.contact_unproven`: only a proven contact makes it one by real name.
    func decide(_ objection: Objection, refusal: Objection.Refusal?, reason: String) async throws {
        try work.principal.require(.checkFormally)
        guard objection.state == .received else { throw closed(objection) }
        if refusal == nil, objection.contactProof == nil { throw Failure("panel.contact_unproven") }
        var changed = objection
        changed.state = refusal == nil ? .accepted : .notAccepted
        changed.refusal = refusal
        changed.decisionReason = try work.text(reason, "reason")
        changed.decidedBy = work.me
        changed.decidedAt = work.now
        let kind: AuditKind = refusal == nil ? "objection.accepted" : "objection.not-accepted"
        try await work.stores.change(
            changed, replacing: objection.version, entry: entry(kind, objection, reason: changed.decisionReason))
        guard refusal == nil else { return }
        let participation = try await work.participation(objection.platform)
        if participation.submission == .inNotice {
            try await PanelMover(work: work).move(
                participation, .object, reason: changed.decisionReason, details: ["objection": "\(objection.number)"])
        }
        let draft = MessageDraft(
            "message.objection_accepted", ["platform": participation.name], round: work.round.id,
            platform: participation.platform, address: "/company/rounds/\(work.round.id)/telling",
            to: [.company(participation.company.code)])
        await work.tell(draft)
    }

    /// What the company says to it; without a word on who objects.
    func hear(_ objection: Objection, _ text: String) async throws {
        let participation = try await work.participation(objection.platform)
        if !work.principal.may(.checkFormally) {
            try work.principal.require(.submitSubmission, on: participation.scope)
        }
        guard objection.state == .accepted else { throw closed(objection) }
        var changed = objection
        changed.heard = try work.text(text, "heard", most: 5000)
        changed.heardAt = work.now
        try await work.stores.change(
            changed, replacing: objection.version, entry: entry("objection.heard", objection, reason: changed.heard))
    }

    /// The answer in writing; with the last open one of the platform the submission moves on.
    /// - Throws: `panel.company_unheard`: nobody's result is changed without having been heard.
    func answer(_ objection: Objection, upholds: Bool, number: String, letter: String) async throws {
        try work.principal.require(.checkFormally)
        guard objection.state == .accepted else { throw closed(objection) }
        if upholds, objection.heard == nil { throw Failure("panel.company_unheard") }
        var changed = objection
        changed.state = upholds ? .upheld : .dismissed
        changed.letterNumber = try work.text(number, "number", most: 100)
        changed.letter = try work.text(letter, "letter", most: 10_000)
        changed.answeredBy = work.me
        changed.answeredAt = work.now
        let kind: AuditKind = upholds ? "objection.upheld" : "objection.dismissed"
        try await work.stores.change(
            changed, replacing: objection.version, entry: entry(kind, objection, reason: changed.letter))
        try await moveOn(changed)
    }

    private func moveOn(_ answered: Objection) async throws {
        let participation = try await work.participation(answered.platform)
        guard participation.submission == .objection else { return }
        let all = try await work.stores.objections(work.round.id, after: 0, limit: 10_000).filter {
            $0.platform == answered.platform && $0.notice == answered.notice
        }
        guard !all.contains(where: { $0.state == .accepted }) else { return }
        let action: SubmissionAction = all.contains { $0.state == .upheld } ? .uphold : .dismiss
        let moved = try await PanelMover(work: work).move(participation, action, reason: answered.letterNumber)
        let draft = MessageDraft(
            "message.objection_\(action.rawValue)", ["platform": participation.name], round: work.round.id,
            platform: participation.platform,
            address: "/authority/rounds/\(work.round.id)/objections/\(answered.number)",
            to: [.role("panel"), .role("inspector")])
        if moved.version > participation.version { await work.tell(draft) }
    }

    /// - Throws: `panel.too_many_files`, and what `EvidenceInspection` says of the file.
    func add(_ bytes: [UInt8], name: String, to objection: Objection) async throws -> PanelFile {
        guard objection.state.isOpen else { throw closed(objection) }
        let inspected = try EvidenceInspection.inspect(bytes, name: name)
        let file = PanelFile(
            owner: objection.owner, digest: inspected.digest, name: inspected.name, type: inspected.type.rawValue,
            size: inspected.size, by: work.principal.account, at: work.now)
        let entry = entry("objection.evidence-attached", objection)
        try await work.stores.keep(file, bytes: bytes, limit: Self.mostFiles, entry: entry)
        return file
    }

    private func closed(_ objection: Objection) -> Failure {
        Failure("panel.objection_closed", ["number": "\(objection.number)", "state": objection.state.rawValue])
    }

    private func entry(_ kind: AuditKind, _ objection: Objection, reason: String? = nil) -> AuditEntry {
        work.entry(
            kind, platform: objection.platform, indicator: objection.indicator,
            key: "objection:\(objection.number)", reason: reason)
    }
}
