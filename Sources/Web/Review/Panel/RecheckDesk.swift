import Access
import Review
import Submit
import Trust
import Vocabulary

/// The company's word on its own result: it has nothing against it, or asks for a recheck of cells of its own.
struct RecheckDesk: Sendable {
    let work: PanelWork
    let participation: Participation

    /// More than a company needs, few enough to look through.
    static let mostFiles = 20

    struct Ask: Decodable, Sendable {
        let reason: String
        let cells: [Cell]
        struct Cell: Decodable, Sendable {
            let indicator: String
            let reason: String
        }
    }

    private func requireTold() async throws -> Telling {
        guard participation.submission == .settled,
            let telling = try await work.stores.telling(work.round.id, participation.platform)
        else { throw Failure("panel.not_told") }
        return telling
    }

    /// The company does not want the days; its result may go into the notice.
    /// - Throws: `panel.not_told`.
    func accept() async throws {
        try work.principal.require(.submitSubmission, on: participation.scope)
        _ = try await requireTold()
        let entry = work.entry("panel.result-accepted", platform: participation.platform)
        try await work.stores.accept(
            work.round.id, participation.platform, by: work.me, at: work.now, entry: entry)
    }

    /// - Throws: `panel.not_told`, `panel.recheck_late`, `panel.recheck_once`, `panel.form_refused`.
    func ask(_ ask: Ask) async throws {
        try work.principal.require(.submitSubmission, on: participation.scope)
        let telling = try await requireTold()
        if try await work.stores.recheck(work.round.id, participation.platform) != nil {
            throw Failure("panel.recheck_once")
        }
        if work.enforces, telling.days > 0, work.today > telling.lastDay {
            throw Failure("panel.recheck_late", ["day": "\(telling.lastDay)"])
        }
        let recheck = Recheck(
            round: work.round.id, platform: participation.platform,
            reason: try work.text(ask.reason, "reason"), cells: try await cells(ask.cells), by: work.me, at: work.now)
        let payload = CanonicalJSON.object(
            recheck.cells.reduce(into: [:]) { $0[$1.indicator.rawValue] = .string($1.reason) })
        let platform = participation.platform
        try await work.stores.request(
            recheck,
            entry: work.entry("recheck.asked", platform: platform, reason: recheck.reason, payload: payload))
        do {
            try await PanelMover(work: work).move(participation, .recheck, reason: recheck.reason)
        } catch {
            // The request is nothing without the move; it is taken back, so that the company may ask again.
            try await work.stores.withdraw(recheck, entry: work.entry("recheck.taken-back", platform: platform))
            throw error
        }
        let draft = MessageDraft(
            "message.recheck_asked", ["platform": participation.name, "count": "\(recheck.cells.count)"],
            round: work.round.id, platform: platform,
            address: "/authority/rounds/\(work.round.id)/panel/\(platform)",
            to: [.role("operator"), .city(participation.company.region)])
        await work.tell(draft)
    }

    private func cells(_ asked: [Ask.Cell]) async throws -> [RecheckCell] {
        guard !asked.isEmpty, asked.count <= work.scheme.indicators.count else {
            throw PanelText.refused("cells", "panel.choose_cells")
        }
        var cells: [IndicatorID: RecheckCell] = [:]
        for (index, cell) in asked.enumerated() {
            guard let indicator = work.scheme.indicator(IndicatorID(cell.indicator)) else {
                throw Failure("review.indicator_unknown", ["indicator": cell.indicator])
            }
            let address = CellAddress(
                round: work.round.id, platform: participation.platform, indicator: indicator.id)
            let present = try await work.services.cells.verifications.verification(address)
            cells[indicator.id] = RecheckCell(
                indicator: indicator.id, reason: try work.text(cell.reason, "cells[\(index)].reason"),
                beforeVersion: present?.version ?? 0, before: present?.values ?? [:])
        }
        return cells.values.sorted { $0.indicator < $1.indicator }
    }

    /// Evidence for the recheck: while the company may still ask, and until it is answered.
    /// - Throws: `panel.not_told`, `panel.too_many_files`, and what `EvidenceInspection` says of the file.
    func add(_ bytes: [UInt8], name: String) async throws -> PanelFile {
        try work.principal.require(.submitSubmission, on: participation.scope)
        let recheck = try await work.stores.recheck(work.round.id, participation.platform)
        if recheck.map(\.isAnswered) ?? true, recheck != nil || participation.submission != .settled {
            throw Failure("panel.not_told")
        }
        let inspected = try EvidenceInspection.inspect(bytes, name: name)
        let file = PanelFile(
            owner: Recheck.owner(work.round.id, participation.platform), digest: inspected.digest,
            name: inspected.name, type: inspected.type.rawValue, size: inspected.size, by: work.me, at: work.now)
        let entry = work.entry(
            "recheck.evidence-attached", platform: participation.platform,
            payload: ["digest": .string(file.digest.hex)])
        try await work.stores.keep(file, bytes: bytes, limit: Self.mostFiles, entry: entry)
        return file
    }

    /// The answer in writing to one cell; what was verified meanwhile stands beside what was doubted.
    /// - Throws: `panel.recheck_unknown`, `panel.recheck_cell_unknown`.
    func answer(_ indicator: IndicatorID, _ text: String) async throws {
        try work.principal.require(.checkFormally)
        guard let recheck = try await work.stores.recheck(work.round.id, participation.platform) else {
            throw Failure("panel.recheck_unknown")
        }
        guard let asked = recheck.cells.first(where: { $0.indicator == indicator }) else {
            throw Failure("panel.recheck_cell_unknown", ["indicator": indicator.rawValue])
        }
        guard participation.submission == .verification else {
            throw Failure("panel.recheck_closed", ["state": participation.submission.rawValue])
        }
        let answer = try work.text(text, "answer")
        let address = CellAddress(round: work.round.id, platform: participation.platform, indicator: indicator)
        let present = try await work.services.cells.verifications.verification(address)
        let cell = RecheckCell(
            indicator: indicator, reason: asked.reason, beforeVersion: asked.beforeVersion, before: asked.before,
            answer: answer, after: present?.values ?? [:], answeredBy: work.me, answeredAt: work.now)
        let entry = work.entry(
            "recheck.answered", platform: participation.platform, indicator: indicator, reason: answer,
            payload: ["changed": .bool(cell.isChanged ?? false)])
        try await work.stores.answer(recheck, cell, entry: entry)
        let draft = MessageDraft(
            "message.recheck_answered",
            ["platform": participation.name, "number": "\(work.scheme.indicator(indicator)?.number ?? 0)"],
            round: work.round.id, platform: participation.platform,
            address: "/company/rounds/\(work.round.id)/telling", to: [.company(participation.company.code)])
        await work.tell(draft)
    }
}
