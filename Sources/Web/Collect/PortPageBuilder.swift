import Collect
import Review
import Scheme
import Vocabulary
import Wording

/// Builds the company's page of its port out of the overview that the API gives too.
struct PortPageBuilder: Sendable {
    let overview: PortOverview
    let round: Round
    let scheme: IndicatorScheme
    let participation: Participation
    let keys: [PortKey]
    /// All accepted rows, of every kind.
    let rows: Int
    /// A key just made, shown this once.
    let newKey: String?
    let mayManageKeys: Bool
    /// `https://host`, for the command to try.
    let origin: String
    let now: Instant
    let language: Language

    private var catalogue: Catalogue { Catalogue.of(language) }
    private var moments: MomentFormat { MomentFormat(zoneName: scheme.zone, language) }
    private func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("web.port.\(key)", values)
    }

    func page() -> PortPage {
        let (tone, word) = state
        let months = overview.months.compactMap { CivilMonth($0) }
        let live = keys.filter { $0.revokedAt == nil }
        let rejects = overview.rejects.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return PortPage(
            heading: Heading(say("title"), kicker: round.title[language], lead: participation.name),
            notice: overview.damages.first.map { Notice($0.sentence, .wrong) },
            companyHref: "/company/rounds/\(round.id)", companyTitle: participation.name, tone: tone.rawValue,
            state: word, sentence: overview.sentence, facts: facts(), newKey: newKey.map { .init(key: $0) },
            hasCounts: !overview.counts.isEmpty, counts: overview.counts.map(count), countsSentence: countsSentence,
            months: months.map(month),
            coverageLegend: [
                .init(kind: "full", title: say("day_full")), .init(kind: "late", title: say("day_thin")),
                .init(kind: "none", title: say("day_none")), .init(kind: "wait", title: say("day_wait")),
            ], coverageNote: months.isEmpty ? "" : say("coverage_note"), daily: daily(),
            noRecords: overview.coverage.isEmpty ? EmptyState(say("no_records")) : nil,
            hasBatches: !overview.batches.isEmpty, batches: overview.batches.map(batch),
            noBatches: overview.batches.isEmpty ? EmptyState(say("no_batches")) : nil, hasRejects: !rejects.isEmpty,
            rejects: rejects.map { reject($0.key, $0.value) }, hasKeys: !live.isEmpty,
            keys: live.map { key in
                PortPage.Key(
                    name: key.name, id: key.id, made: moments.minute(key.createdAt),
                    used: key.lastUsedAt.map { moments.minute($0) } ?? say("never_used"))
            },
            keyHref: mayManageKeys ? "/company/rounds/\(round.id)/port/keys?platform=\(participation.platform)" : nil,
            curl: curl)
    }

    private var state: (StateWord.Tone, StateWord) {
        switch overview.state {
        case .healthy: (.good, StateWord("✓", say("state_healthy"), .good))
        case .rejecting: (.watch, StateWord("▲", say("state_rejecting"), .watch))
        case .damaged: (.wrong, StateWord("✕", say("state_damaged"), .wrong))
        case .silent: (.wrong, StateWord("✕", say("state_silent"), .wrong))
        case .never: (.watch, StateWord("○", say("state_never"), .watch))
        }
    }

    private func facts() -> [Fact] {
        let live = overview.batches.filter { $0.voidedAt == nil }
        guard !live.isEmpty else { return [] }
        let rejected = overview.rejects.values.reduce(0, +)
        let share = rows + rejected > 0 ? Double(rejected) / Double(rows + rejected) * 100 : 0
        let complete = overview.counts.map(\.completeness)
        var all = [
            Fact(label: say("fact_rows"), figure: Figure(count: rows, language), note: nil),
            Fact(
                label: say("fact_rejected"), figure: Figure(count: rejected, language),
                note: say("fact_rejected_share", ["percent": FigureFormat.fixed(share, places: 2)])),
        ]
        if let least = complete.min(), let threshold = scheme.evidenceWorth?.completenessThreshold.value {
            all.append(
                Fact(
                    label: say("fact_complete"),
                    figure: Figure(text: FigureFormat.trimmedText(least * 100), unit: "%"),
                    note: say("fact_complete_note", ["percent": FigureFormat.trimmedText(threshold * 100)])))
        }
        return all
    }

    private var countsSentence: String {
        let tolerance = scheme.evidenceWorth?.deviationTolerance.value ?? 0.05
        let sentence = say("counts_sentence", ["percent": FigureFormat.trimmedText(tolerance * 100)])
        guard !round.portScale.isEmpty else { return sentence }
        return sentence + catalogue.text("web.list.space") + say("counts_scaled")
    }

    // MARK: Counts

    /// What was counted, times the demonstration's stated factor.
    private func counted(_ count: PortOverview.Count) -> ExactDecimal? {
        count.counted.map { round.scaledUp($0, of: count.indicator) }
    }

    /// What the platform's summary says, times the same factor.
    private func stated(_ count: PortOverview.Count) -> ExactDecimal? {
        count.declared.map { round.scaledUp($0, of: count.indicator) }
    }

    /// Counted against declared, as a share of declared.
    private func deviation(_ count: PortOverview.Count) -> Double? {
        guard let stated = stated(count)?.doubleValue, stated > 0, let counted = counted(count)?.doubleValue else {
            return nil
        }
        return (counted - stated) / stated
    }

    private func count(_ count: PortOverview.Count) -> PortPage.Count {
        let (counted, stated) = (counted(count), stated(count))
        let largest = max(stated?.doubleValue ?? 0, counted?.doubleValue ?? 0)
        func share(_ value: ExactDecimal?) -> Double? {
            guard let value, largest > 0 else { return nil }
            return value.doubleValue / largest
        }
        let difference = deviation(count).map { $0 * 100 }
        let values = [
            "declared": stated.map { FigureFormat.grouped($0) } ?? catalogue.text("web.sheet.none"),
            "counted": counted.map { FigureFormat.grouped($0) } ?? catalogue.text("web.sheet.none"),
        ]
        return PortPage.Count(
            number: "\(count.number)", title: count.title,
            declared: stated.map { Figure($0, unit: count.unit, language) },
            counted: counted.map { Figure($0, unit: count.unit, language) },
            bar: largest > 0
                ? BalanceBar(
                    declared: share(stated), verified: share(counted),
                    sentence: say("balance_sentence", values)) : nil,
            deviation: difference.flatMap { $0.isFinite ? signed($0) : nil } ?? "", state: state(of: count),
            notes: count.counted == nil ? [] : [series(count), splits(count)].filter { !$0.isEmpty },
            basis: count.counted == nil
                ? ""
                : say(
                    "basis",
                    [
                        "level": "\(count.evidenceLevel.rawValue)",
                        "percent": FigureFormat.trimmedText((count.completeness * 1000).rounded(.down) / 10),
                    ]))
    }

    /// The months' figures, where the value is their mean.
    private func series(_ count: PortOverview.Count) -> String {
        guard count.perMonth.count > 1 else { return "" }
        return count.perMonth.map {
            "\($0.month) \(FigureFormat.short(round.scaledUp($0.value, of: count.indicator), language))"
        }.joined(separator: " · ")
    }

    /// What the value is made of, by the scheme's names.
    private func splits(_ count: PortOverview.Count) -> String {
        (scheme.indicator(count.indicator)?.auxiliaries ?? []).compactMap { auxiliary in
            count.splits[auxiliary.id].map {
                let value = FigureFormat.short(round.scaledUp($0, of: count.indicator), language)
                return "\(auxiliary.title[language]) \(value)"
            }
        }.joined(separator: " · ")
    }

    private func signed(_ percent: Double) -> String {
        (percent > 0.05 ? "+" : "") + FigureFormat.fixed(percent, places: 1) + "%"
    }

    private func state(of count: PortOverview.Count) -> StateWord {
        let tolerance = scheme.evidenceWorth?.deviationTolerance.value ?? 0.05
        if count.counted == nil { return StateWord("·", say("count_none"), .plain) }
        if count.evidenceLevel == .declared { return StateWord("▲", say("count_declared"), .watch) }
        if let deviation = deviation(count), abs(deviation) > tolerance {
            return StateWord("▲", say("count_deviates"), .watch)
        }
        if count.missing != nil { return StateWord("▲", say("count_incomplete"), .watch) }
        return StateWord("✓", say("count_good"), .good)
    }

    // MARK: Days

    private var rowsByDay: [CivilDay: Int] {
        overview.coverage.reduce(into: [:]) { $0[$1.day] = $1.kinds.values.reduce(0, +) }
    }

    private func month(_ month: CivilMonth) -> PortPage.Month {
        let rows = rowsByDay
        let usual = rows.values.map(Double.init).median ?? 0
        let today = DayCutter(zoneName: scheme.zone)?.day(of: now)
        var full = 0
        var days: [PortPage.Day] = []
        for index in 0..<month.lengthInDays {
            let day = month.firstDay.adding(days: index)
            let count = rows[day] ?? 0
            let kind: String
            if count == 0 {
                kind = today.map { $0 < day } ?? false ? "wait" : "none"
            } else if Double(count) < usual * 0.5 {
                kind = "late"
            } else {
                kind = "full"
            }
            if count > 0 { full += 1 }
            days.append(
                PortPage.Day(
                    kind: kind, x: FigureFormat.fixed(Double(index) * 10 + 0.7, places: 1),
                    title: say("day", ["day": "\(day)", "rows": FigureFormat.grouped(count)])))
        }
        let share = Double(full) / Double(month.lengthInDays) * 100
        let values = ["month": "\(month)", "days": "\(month.lengthInDays)", "full": "\(full)"]
        return PortPage.Month(
            title: say("month", ["year": "\(month.year)", "month": "\(month.month)"]),
            sentence: say("month_sentence", values), days: days, share: FigureFormat.fixed(share, places: 1) + "%")
    }

    /// The last thirty days with records, as columns.
    private func daily() -> ChartView? {
        let days = rowsByDay.sorted { $0.key < $1.key }.suffix(30)
        guard let first = days.first?.key, let last = days.last?.key, let median = days.map({ Double($0.value) }).median
        else { return nil }
        let gaps = last.daysSince1970 - first.daysSince1970 + 1 - days.count
        let values = [
            "median": FigureFormat.short(ExactDecimal(Int(median)), language), "gaps": "\(gaps)", "first": "\(first)",
            "last": "\(last)", "days": "\(days.count)",
        ]
        let data = ChartView.Columns(
            axis: days.map { String($0.key.description.dropFirst(5)) }, unit: say("rows"),
            series: [.init(name: say("accepted"), tone: "good", values: days.map(\.value))])
        return ChartView(
            name: "port-\(participation.platform)", data: ChartView.json(data),
            finding: say(gaps == 0 ? "daily_even" : "daily_gaps", values), unit: say("daily_unit"),
            summary: say("daily_summary", values), head: [say("day_head"), say("rows")],
            rows: days.map { .init(cells: ["\($0.key)", FigureFormat.grouped($0.value)]) })
    }

    // MARK: Batches and rejects

    private func batch(_ batch: BatchResource) -> PortPage.Batch {
        let kinds = batch.kinds.keys.sorted().map { catalogue.texts["web.port.kind.\($0)"] ?? $0 }
        let word =
            batch.voidedAt != nil
            ? StateWord("↶", say("batch_void"), .plain)
            : batch.late > 0 ? StateWord("▲", say("batch_late"), .watch) : StateWord("✓", say("batch_good"), .good)
        return PortPage.Batch(
            instant: batch.receivedAt.description, at: moments.minute(batch.receivedAt),
            atFull: moments.full(batch.receivedAt), id: batch.batch,
            kinds: kinds.joined(separator: catalogue.text("web.list.separator")),
            accepted: FigureFormat.grouped(batch.accepted), rejected: FigureFormat.grouped(batch.rejected),
            rejectsHref: nil, state: word, proof: ProofChip(index: batch.logIndex))
    }

    private func reject(_ code: String, _ count: Int) -> PortPage.Reject {
        let key = "collect.row.\(code)"
        return PortPage.Reject(
            count: FigureFormat.grouped(count), href: "/problems/\(key)", reason: catalogue.texts[key] ?? code,
            example: code)
    }

    private var curl: String {
        """
        curl -X POST \(origin)/port/v1/batches \\
          -H "Authorization: Bearer $HENG_KEY" \\
          -H "Idempotency-Key: try-1" \\
          -H "Content-Type: application/x-ndjson" \\
          -d '{"kind":"device","id":"HL-CNC-0012345","id_basis":"serial","ts":"\(now)","cloud":"private","n":1}'
        """
    }
}
