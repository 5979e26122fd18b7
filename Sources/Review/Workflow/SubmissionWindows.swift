import Vocabulary

/// All windows of a round: a county's inside its city's, a city's inside the province's.
public struct SubmissionWindows: Sendable {
    /// Those that were set.
    public let all: [SubmissionWindow]
    /// The province's, as it was set, or from the beginning to the end of the cut-off day.
    public let province: SubmissionWindow
    /// The first instant after the cut-off day.
    public let end: Instant

    public init(_ all: [SubmissionWindow], round: Round, zone: DayCutter) {
        self.all = all
        end = zone.start(of: round.cutOff.adding(days: 1))
        province =
            all.first { $0.region == nil }
            ?? SubmissionWindow(region: nil, opens: min(round.createdAt, end.adding(seconds: -1)), closes: end)
    }

    /// As it was set; nil for a region that goes by the one above it.
    public func own(_ region: RegionCode) -> SubmissionWindow? { all.first { $0.region == region } }

    /// When a platform of the region may submit: what the county, its city and the province leave together. Closed from
    /// the beginning (`closes` ≤ `opens`) when they have nothing in common.
    public func effective(_ region: RegionCode) -> SubmissionWindow {
        let chain = [province, own(region.city), region == region.city ? nil : own(region)].compactMap { $0 }
        return SubmissionWindow(
            region: region, opens: chain.map(\.opens).max() ?? province.opens,
            closes: min(end, chain.map(\.closes).min() ?? province.closes), quota: own(region.city)?.quota)
    }

    /// Everything that keeps the window from being set; empty when it is sound.
    public func findings(_ window: SubmissionWindow, text: (Instant) -> String) -> [Finding] {
        var findings: [Finding] = []
        if window.closes <= window.opens { findings.append(Finding(.error, "workflow.window_backwards", at: "closes")) }
        let outer: SubmissionWindow
        if let region = window.region {
            outer = region == region.city ? province : effective(region.city)
        } else {
            outer = SubmissionWindow(region: nil, opens: Instant(milliseconds: 0), closes: end)
        }
        if window.opens < outer.opens || window.closes > min(outer.closes, end) {
            findings.append(
                Finding(
                    .error, "workflow.window_outside", at: "closes",
                    ["opens": text(outer.opens), "closes": text(min(outer.closes, end))]))
        }
        if let quota = window.quota {
            if window.region == nil || window.region != window.region?.city {
                findings.append(Finding(.error, "workflow.quota_only_cities", at: "quota"))
            }
            if !(0...10_000).contains(quota) { findings.append(Finding(.error, "workflow.quota_invalid", at: "quota")) }
        }
        return findings
    }
}
