import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Freezes lists and draws their rows.
struct SampleDrawing: Sendable {
    let access: SamplingAccess
    let context: WebContext

    private var services: Services { access.services }

    /// What came of a draw.
    struct Report: Encodable, Sendable {
        struct Line: Encodable, Sendable {
            let platform: PlatformID
            let indicator: IndicatorID
            let rows: Int
            let drawn: Int
        }
        struct Passed: Encodable, Sendable {
            let platform: PlatformID
            /// The submission's state, which allows no draw yet or no more.
            let state: SubmissionState
        }
        let checkpointSize: Int
        let seed: Digest
        let lists: [Line]
        /// Platforms none of whose lists could be drawn.
        let passed: [Passed]
    }

    /// The submission is out of the company's hands and not past verification.
    static func isDrawable(_ state: SubmissionState) -> Bool {
        [.recommended, .formalCheck, .verification].contains(state)
    }

    /// Freezes every list that is not frozen in its newest version, takes the checkpoint made after that, and draws
    /// whatever is not drawn. Asking again draws only what has come since.
    ///
    /// - Parameters:
    ///   - platforms: nil: all of the round.
    ///   - checkpoint: the size of the checkpoint whose root is the seed; nil: the one that stands after the freezes.
    /// - Throws: `sampling.no_rules`; `sampling.checkpoint_before_freeze` when a list was frozen after the checkpoint,
    ///   before any row is drawn; `sampling.checkpoint_unknown`; `sampling.nothing_to_draw`.
    func draw(_ platforms: Set<PlatformID>?, checkpoint: Int?) async throws -> Report {
        guard let rules = access.rules else { throw Failure("sampling.no_rules") }
        let all = try await access.participations().filter { platforms?.contains($0.platform) ?? true }
        if let missing = platforms?.subtracting(all.map(\.platform)).min() {
            throw Failure("review.platform_unknown", ["platform": missing.rawValue])
        }
        var waiting: [(list: SampledList, rows: FrozenList, indicator: Indicator, owner: Participation)] = []
        var passed: [Report.Passed] = []
        for owner in all {
            guard Self.isDrawable(owner.submission) else {
                passed.append(.init(platform: owner.platform, state: owner.submission))
                continue
            }
            for indicator in access.scheme.indicators where indicator.isSampled {
                guard let (list, rows) = try await freeze(indicator, owner), list.drawing == nil else { continue }
                waiting.append((list, rows, indicator, owner))
            }
        }
        guard !waiting.isEmpty else { throw Failure("sampling.nothing_to_draw") }
        let (size, seed) = try await root(checkpoint)
        if let late = waiting.first(where: { $0.list.freezeIndex >= size }) {
            throw Failure(
                "sampling.checkpoint_before_freeze", ["size": "\(size)", "index": "\(late.list.freezeIndex)"])
        }
        let dueDay = try await access.dueDay()
        var lines: [Report.Line] = []
        for one in waiting {
            let drawn = try await draw(one.list, one.rows, one.indicator, rules, size, seed, dueDay)
            lines.append(
                .init(
                    platform: one.owner.platform, indicator: one.indicator.id, rows: drawn.rowCount,
                    drawn: drawn.tally.drawn))
        }
        try await tell(lines, Swift.Dictionary(uniqueKeysWithValues: all.map { ($0.platform, $0) }), dueDay)
        return Report(checkpointSize: size, seed: seed, lists: lines, passed: passed)
    }

    /// The frozen list of the cell in its newest version with its rows; nil where there is no list or no row.
    private func freeze(_ indicator: Indicator, _ owner: Participation) async throws -> (SampledList, FrozenList)? {
        let cell = CellAddress(round: access.round.id, platform: owner.platform, indicator: indicator.id)
        let known = try await access.store.list(cell)
        guard let list = try await services.cells.declarations.list(cell), !list.rows.isEmpty else { return nil }
        if let known, known.listVersion == list.version, known.drawing != nil { return nil }
        let freezing = ListFreezing(indicator: indicator, scheme: access.scheme, home: owner.company.region)
        let frozen = try await HeavyWork.shared.run { freezing.frozen(list) }
        if let known, known.listVersion == list.version { return (known, frozen) }
        let entry = services.entry(
            "sample.frozen", by: context, on: cell.subject,
            payload: [
                "list": .string(frozen.digest.hex), "version": .string("\(list.version)"),
                "rows": .string("\(frozen.rows.count)"), "struck": .string(RowRanges.text(frozen.struck)),
                "figures": .object(frozen.figures.mapValues { CanonicalJSON($0) }),
            ])
        return (try await access.store.freeze(frozen, at: access.now, entry: entry), frozen)
    }

    private func draw(
        _ list: SampledList, _ frozen: FrozenList, _ indicator: Indicator, _ rules: Sampling, _ size: Int,
        _ seed: Digest, _ dueDay: CivilDay
    ) async throws -> SampledList {
        let count = SampleDraw.size(
            listCount: frozen.rows.count, points: indicator.points.value, rules: rules)
        let numbers = Set(
            SampleDraw.draw(
                count, from: frozen.rows.map { SampleDraw.Row(number: $0.number, stratum: $0.stratum) }, seed: seed,
                list: list.cell.description))
        let entry = services.entry(
            "sample.drawn", by: context, on: list.cell.subject,
            payload: [
                "seed": .string(seed.hex), "checkpoint": .string("\(size)"), "list": .string(list.digest.hex),
                "rows": .string(RowRanges.text(numbers)), "due": .string(dueDay.description),
            ])
        return try await access.store.draw(
            frozen.rows.filter { numbers.contains($0.number) }, of: list, checkpointSize: size, seed: seed,
            dueDay: dueDay, at: access.now, entry: entry)
    }

    /// The root of the log at that size; of the present checkpoint for nil.
    private func root(_ size: Int?) async throws -> (size: Int, seed: Digest) {
        let present = try await services.log.checkpoint().checkpoint
        guard let size, size != present.size else { return (present.size, present.root) }
        guard size >= 1, size < present.size, let last = try await services.log.entry(size - 1) else {
            throw Failure("sampling.checkpoint_unknown", ["size": "\(size)", "present": "\(present.size)"])
        }
        let proof = try await services.log.inclusion(index: size - 1, size: size)
        return (size, try proof.root(leaf: last.hash))
    }

    private func tell(
        _ lines: [Report.Line], _ owners: [PlatformID: Participation], _ dueDay: CivilDay
    ) async throws {
        for (platform, lists) in [PlatformID: [Report.Line]](grouping: lines, by: \.platform).sorted(by: {
            $0.key < $1.key
        }) {
            guard let owner = owners[platform] else { continue }
            let rows = lists.reduce(0) { $0 + $1.drawn }
            try await services.tell(
                MessageDraft(
                    "message.sample_asked",
                    ["lists": "\(lists.count)", "rows": "\(rows)", "due": dueDay.description, "name": owner.name],
                    round: access.round.id, platform: platform, address: "/company/rounds/\(access.round.id)/sampling",
                    to: [.company(owner.company.code)]), at: access.now)
        }
    }
}

extension Services {
    /// Tells people what concerns them, where messages are kept.
    func tell(_ draft: MessageDraft, at now: Instant) async throws {
        try await people.workflow.messages?.tell(draft, at: now)
    }
}
