import Review
import Scheme
import Vocabulary
import Wording

/// The words of the offices' pages about submissions.
struct WorkflowWords: Sendable {
    let language: Language
    let scheme: IndicatorScheme?
    private var catalogue: Catalogue { Catalogue.of(language) }

    func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("workflow.page.\(key)", values)
    }

    func action(_ action: SubmissionAction, from state: SubmissionState) -> String {
        let special = "workflow.action.\(state.rawValue).\(action.rawValue)"
        return catalogue.texts[special] ?? catalogue.text("workflow.action.\(action.rawValue)")
    }

    func state(_ state: SubmissionState) -> StateWord { CompanyWords(language: language).submissionState(state) }

    func region(_ region: RegionCode) -> String {
        let own = scheme?.regionTitle(region, language) ?? region.rawValue
        guard own == region.rawValue, region != region.city else { return own }
        return (scheme?.regionTitle(region.city, language) ?? "") + " " + region.rawValue
    }

    /// The last day with the working days left; empty where nothing runs.
    func deadline(_ period: WorkingPeriod?, now: Instant, calendar: WorkingCalendar) -> String {
        guard let period, period.days > 0, let zone = DayCutter(zoneName: scheme?.zone ?? "Asia/Shanghai") else {
            return ""
        }
        let left = period.workdaysLeft(now, calendar: calendar, zone: zone)
        return left > 0
            ? say("deadline", ["last": period.last.description, "left": "\(left)"])
            : say("deadline_over", ["last": period.last.description])
    }

    func problem(_ failure: Failure) -> String {
        ([catalogue.text(failure)] + failure.findings.map { catalogue.text($0) }).joined(separator: " ")
    }
}
