import Vocabulary

/// What is agreed for the whole edition: dates, types, ranking, grades, evidence, sampling, experts, visibility.
struct ConventionReading {
    let file: SchemeBlock

    func calendar() -> SchemeCalendar? {
        guard let block = file.block("calendar", .calendar, required: false) else { return nil }
        let day = block.value("cut-off", expected: "expected_date", read: ScalarReading.day)
        return SchemeCalendar(
            dataYear: block.wholeValue("data-year") ?? Sourced(0, .default),
            cutOff: day ?? Sourced(CivilDay(daysSince1970: 0), .default),
            portMonthCount: block.wholeValue("port-months") ?? Sourced(1, .default),
            onTimeDays: block.wholeValue("on-time-days") ?? Sourced(0, .default),
            queryWorkingDays: block.wholeValue("query-working-days", required: false),
            steps: .init(
                review: block.wholeValue("review-working-days", required: false),
                return: block.wholeValue("return-working-days", required: false),
                recheck: block.wholeValue("recheck-working-days", required: false),
                notice: block.wholeValue("notice-working-days", required: false)))
    }

    func valuesMapping() -> ValuesMapping {
        guard let block = file.block("values", .values, required: false) else { return ValuesMapping() }
        var columns: [String: String] = [:]
        if let map = block.block("columns", .value, required: false, free: true) {
            for name in map.names { columns[name] = map.string(name) }
        }
        return ValuesMapping(
            unitColumn: block.string("unit-column", required: false),
            typeColumn: block.string("type-column", required: false), columns: columns)
    }

    func types() -> [PlatformType] {
        file.blocks("types", .type).map { block in
            let title = block.text("title", needsOrigin: true)
            let named = block.namedNumbers("parameters").map { ($0.name, $0.value) }
            return PlatformType(
                id: block.string("id") ?? "", title: title,
                parameters: [String: Sourced<Double>](named, uniquingKeysWith: { first, _ in first }))
        }
    }

    func precision() -> Precision {
        let block = file.block("precision", .precision)
        return Precision(
            level: block?.choice("level", Precision.Level.self)?.value ?? .indicator,
            places: block?.wholeValue("places")?.value ?? 2)
    }

    func ranking() -> Ranking {
        guard let block = file.block("ranking", .ranking) else {
            return Ranking(limitedListOrder: [], limitedListCount: nil, withinType: false)
        }
        let limited = block.block("limited-list", .limitedList, required: false)
        var order: [Sourced<String>] = []
        for (index, node) in (limited?.node("order")?.sequence.map(Array.init) ?? []).enumerated() {
            let path = "\(limited?.path("order") ?? "")[\(index)]"
            let key = limited?.sourced(node, at: path, expected: "expected_text", read: ScalarReading.text)
            if let key { order.append(key) }
        }
        if let limited, order.isEmpty { limited.missing("order") }
        return Ranking(
            limitedListOrder: order, limitedListCount: limited?.wholeValue("count"),
            withinType: block.flagValue("within-type")?.value ?? false)
    }

    func grades() -> [Grade] {
        file.blocks("grades", .grade).map { block in
            Grade(
                id: block.string("id") ?? "", title: block.text("title"),
                floor: block.decimal("floor") ?? Sourced(.zero, .default))
        }
    }

    func evidenceWorth() -> EvidenceWorth? {
        guard let block = file.block("evidence-worth", .evidenceWorth, required: false) else { return nil }
        let levels = EvidenceLevel.allCases.count
        return EvidenceWorth(
            factors: [
                .stock: block.numbers("stock", count: levels), .activity: block.numbers("activity", count: levels),
            ],
            raisedDeclared: block.number("raised-declared") ?? Sourced(1, .default),
            completenessThreshold: block.number("completeness-threshold") ?? Sourced(1, .default),
            deviationTolerance: block.number("deviation-tolerance") ?? Sourced(0, .default))
    }

    func sampling() -> Sampling? {
        guard let block = file.block("sampling", .sampling, required: false) else { return nil }
        return Sampling(
            wholeUpTo: block.wholeValue("whole-up-to") ?? Sourced(0, .default),
            draw: block.wholeValue("draw") ?? Sourced(0, .default),
            drawLarge: block.wholeValue("draw-large") ?? Sourced(0, .default),
            largeFrom: block.decimal("large-from") ?? Sourced(.zero, .default),
            returnBelow: block.number("return-below") ?? Sourced(0, .default),
            workingDays: block.wholeValue("working-days") ?? Sourced(0, .default))
    }

    func visibility() -> [VisibilityRule] {
        file.blocks("visibility", .visibility).map { block in
            let from = block.choice("from", VisibilityStage.self)
            return VisibilityRule(
                what: block.plainChoice("what", VisibilitySubject.self)?.rawValue ?? "",
                who: block.plainChoice("who", VisibilityReader.self)?.rawValue ?? "",
                from: Sourced(
                    from?.value.rawValue ?? "never", from?.origin ?? .default, document: from?.document))
        }
    }

    func switches() -> [Switch] {
        file.blocks("switches", .switches).map { block in
            Switch(
                id: block.string("id") ?? "", title: block.text("title"),
                value: block.flagValue("value") ?? Sourced(false, .default))
        }
    }
}

/// What a visibility rule speaks of.
enum VisibilitySubject: String, CaseIterable {
    case method, applicants, names, ranks, totals, sections, points, values, rankIntervals = "rank-intervals"
}

/// Whom a visibility rule speaks of.
enum VisibilityReader: String, CaseIterable { case `public`, company, authority }

/// From which state of the round on.
enum VisibilityStage: String, CaseIterable { case open, reviewing, panel, notice, published, never }
