import Scheme
import Vocabulary

/// Counts the port indicators of a scheme from what one platform sent.
public enum PortMeasures {
    /// One value for each indicator of mode `port` that names a measure, in the scheme's order.
    ///
    /// Days and months are cut in the scheme's zone; the port months are those before `cutOff`.
    /// - Throws: `collect.measure_unknown`, `collect.zone_unknown`, `collect.calendar_missing`, and what `source` throws.
    public static func count(
        scheme: IndicatorScheme, cutOff: CivilDay, source: some RunSource
    ) throws -> [CountedValue] {
        var counting = try PlatformCounting(scheme: scheme, cutOff: cutOff, source: source)
        return try scheme.indicators.filter { $0.mode == .port }.compactMap { indicator -> CountedValue? in
            guard let name = indicator.portMeasure else { return nil }
            guard let measure = PortMeasure(name) else {
                throw Failure("collect.measure_unknown", ["measure": name, "indicator": indicator.id.rawValue])
            }
            return try counting.count(measure, of: indicator, named: name)
        }
    }

    /// The platform's own monthly summaries over each port indicator's window: the mean of the port months, a month
    /// without one as zero, or the last month; an indicator never spoken of is absent. Costs nothing of the rows.
    public static func declared(
        scheme: IndicatorScheme, cutOff: CivilDay, summaries: [SummaryFigure]
    ) -> [IndicatorID: ExactDecimal] {
        guard let months = scheme.calendar?.portMonths(cutOff: cutOff).map(\.description) else { return [:] }
        var declared: [IndicatorID: ExactDecimal] = [:]
        for indicator in scheme.indicators where indicator.mode == .port {
            let spoken = indicator.window.value == .end ? Array(months.suffix(1)) : months
            let values = spoken.map { month in
                summaries.last { $0.indicator == indicator.id && $0.period == month }?.value
            }
            guard values.contains(where: { $0 != nil }) else { continue }
            let mean = Fraction.mean(values.map { $0.map(Fraction.init) ?? .zero })
            declared[indicator.id] = mean.rounded(places: indicator.valuePlaces)
        }
        return declared
    }
}
