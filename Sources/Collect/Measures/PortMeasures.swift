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
}
