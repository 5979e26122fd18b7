import Access
import Evaluate
import Hummingbird
import Review
import Scheme
import Trust
import Vocabulary
import Wording

/// What every desk of this area works with: the round of the address, who asks, and today in the scheme's zone.
struct PanelWork: Sendable {
    let site: Site
    let context: WebContext
    let round: Round
    let scheme: IndicatorScheme
    let stores: any PanelStores
    let now: Instant

    init(_ site: Site, _ context: WebContext) async throws {
        self.site = site
        self.context = context
        round = try await site.services.round(context)
        scheme = try await site.services.scheme(of: round)
        stores = try site.services.people.panel.stores()
        now = site.services.clock.now()
    }

    var services: Services { site.services }
    var principal: Principal { context.principal }
    var catalogue: Catalogue { Catalogue.of(context.language) }
    var today: CivilDay { scheme.day(of: now) }
    var me: AccountID { context.principal.account ?? AccountID("nobody") }

    func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("web.panel.\(key)", values)
    }

    func entry(
        _ kind: AuditKind, platform: PlatformID? = nil, indicator: IndicatorID? = nil, key: String? = nil,
        reason: String? = nil, payload: CanonicalJSON = .null
    ) -> AuditEntry {
        services.entry(
            kind, by: context,
            on: AuditSubject(round: round.id, platform: platform, indicator: indicator, key: key), reason: reason,
            payload: payload)
    }

    /// - Throws: `review.platform_unknown`.
    func participation(_ id: PlatformID) async throws -> Participation {
        guard let found = try await services.rounds.participation(round.id, id) else {
            throw Failure("review.platform_unknown", ["platform": id.rawValue])
        }
        return found
    }

    /// The newest finished computation with its result; nil before the first.
    func latest() async throws -> (run: EvaluationRun, result: EvaluationResult)? {
        try await ResultReader(store: services.evaluations).latest(round.id, scheme: scheme)
    }

    /// - Throws: `evaluate.computation_unknown`.
    func result(_ number: Int) async throws -> EvaluationResult {
        guard let run = try await services.evaluations.run(round.id, number),
            let result = try await ResultReader(store: services.evaluations).result(of: run, scheme: scheme)
        else { throw Failure("evaluate.computation_unknown", ["number": "\(number)"]) }
        return result
    }

    /// Tells people; what cannot be told hinders nothing.
    func tell(_ draft: MessageDraft) async {
        _ = try? await services.people.workflow.messages?.tell(draft, at: now)
    }

    /// Whether what stands against an action is enforced: never in a demonstration.
    var enforces: Bool { services.enforcesGuards && round.kind != .demonstration }

    /// A reason of a length that can be printed.
    /// - Throws: `panel.text_missing`, `panel.text_long` with the field.
    func text(_ given: String?, _ field: String, most: Int = 2000) throws(Failure) -> String {
        let text = PanelText.clean(given ?? "")
        guard !text.isEmpty else { throw PanelText.refused(field, "panel.text_missing") }
        guard text.count <= most else { throw PanelText.refused(field, "panel.text_long", ["limit": "\(most)"]) }
        return text
    }
}

/// Typed text of this area.
enum PanelText {
    /// Without control characters but line breaks, and without white space around it.
    static func clean(_ text: String) -> String {
        let kept = text.unicodeScalars.filter { $0 == "\n" || ($0.value >= 32 && !(127...159).contains($0.value)) }
        return String(String.UnicodeScalarView(kept)).trimmingWhitespace()
    }

    static func refused(_ field: String, _ code: String, _ values: [String: String] = [:]) -> Failure {
        Failure("panel.form_refused", findings: [Finding(.error, code, at: field, values)])
    }
}

extension IndicatorScheme {
    /// The day in the scheme's zone.
    func day(of instant: Instant) -> CivilDay {
        (DayCutter(zoneName: zone) ?? DayCutter(zoneName: "Asia/Shanghai"))?.day(of: instant)
            ?? CivilDay(daysSince1970: Int(instant.milliseconds / 86_400_000))
    }
}
