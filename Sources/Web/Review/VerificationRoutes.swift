import Access
import Hummingbird
import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// The reviewers' side of a cell: verify a value, send the cell back.
struct VerificationRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.put("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/verified", use: verify)
        router.post("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/return", use: sendBack)
    }

    struct Verify: Decodable {
        let values: [String: ExactDecimal?]
        let evidenceLevel: Int?
        let completeness: ExactDecimal?
        let reason: String
    }

    struct SendBack: Decodable {
        let reasonCode: CellReturn.ReasonCode
        let reason: String
    }

    @Sendable func verify(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        let indicator = try services.indicator(context, in: access.scheme)
        try access.require(.verifyCell)
        guard access.isSubmitted else {
            throw Failure("review.cell_not_submitted", ["state": access.participation.submission.rawValue])
        }
        let body = try await JSONBody.decode(Verify.self, from: request)
        let reason = try Self.reason(body.reason)
        let cell = access.cell(indicator)
        if services.enforcesGuards, access.round.kind != .demonstration {
            try await services.people.panel.requireOpen(cell, of: access.participation)
        }
        let version = try await services.cells.verifications.verifiedVersion(cell)
        try EntityTag.check(request, version: version)
        let present = try await services.cells.verifications.verifications(cell.round, cell.platform)
        let values = try VerifiedValues(indicator: indicator, scheme: access.scheme, present: present)
            .read(body.values.compactMapValues { $0 })
        let level = try Self.level(body.evidenceLevel)
        if let completeness = body.completeness, completeness < .zero || completeness > ExactDecimal(1) {
            throw Self.refused("completeness", "review.completeness_range", completeness.description)
        }
        let verification = Verification(
            cell: cell, values: values, evidenceLevel: level, completeness: body.completeness, basis: .reviewed,
            reason: reason, by: context.principal.account ?? AccountID(""), at: access.now, version: version + 1)
        let payload = CanonicalJSON.object([
            "values": .object(values.mapValues { CanonicalJSON($0) }),
            "evidenceLevel": level.map { .string("E\($0.rawValue)") } ?? .null,
            "completeness": body.completeness.map { CanonicalJSON($0) } ?? .null,
        ])
        let entry = services.entry("cell.verified", by: context, on: cell.subject, reason: reason, payload: payload)
        try await services.cells.verifications.record(
            [VerificationChange(verification, entry: entry)], replacing: [cell: version])
        return try await answer(indicator, access)
    }

    @Sendable func sendBack(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        let indicator = try services.indicator(context, in: access.scheme)
        try access.require(.returnCell)
        guard CellReturn.isAllowed(in: access.participation.submission) else {
            throw Failure("review.not_returnable", ["state": access.participation.submission.rawValue])
        }
        let body = try await JSONBody.decode(SendBack.self, from: request)
        let reason = try Self.reason(body.reason)
        let cell = access.cell(indicator)
        let declared = try await services.cells.declarations.declaration(cell)?.version ?? 0
        let level = ReviewLevel(reviewing: access.participation.submission)
        let item = DeskItem(
            cell: cell, submission: access.participation.submission, declaredVersion: declared,
            decision: try await services.people.desk.items?.history(cell).first { $0.void == nil && $0.level == level },
            assignee: nil, isDeclaredInForm: true, isPermitted: true)
        let plan = try DeskPlan(.return(body.reasonCode, reason: reason, rows: []), on: [item])
        let book = try await DeskBook(services, try await WorkbenchRoutes(site: site).roundCells(context), context)
        _ = try await DeskWork(services: services, context: context).carryOut(plan, in: book, seen: nil)
        return try await answer(indicator, access)
    }

    private func answer(_ indicator: Indicator, _ access: CellAccess) async throws -> Response {
        let book = try await CellBook(services, access)
        let version = try await services.cells.verifications.verifiedVersion(access.cell(indicator))
        return .json(book.resource(indicator), headers: [.eTag: EntityTag.text(version)])
    }

    /// A decision has a reason, and of a length that can be printed.
    private static func reason(_ text: String) throws(Failure) -> String {
        let reason = text.trimmingWhitespace()
        guard !reason.isEmpty else { throw refused("reason", "review.reason_missing", "") }
        guard reason.count <= 1000 else { throw refused("reason", "review.reason_long", "1000") }
        return reason
    }

    private static func level(_ number: Int?) throws(Failure) -> EvidenceLevel? {
        guard let number else { return nil }
        guard let level = EvidenceLevel(rawValue: number) else {
            throw refused("evidenceLevel", "review.level_range", "\(number)")
        }
        return level
    }

    private static func refused(_ field: String, _ code: String, _ given: String) -> Failure {
        Failure("review.values_refused", findings: [Finding(.error, code, at: field, ["given": given])])
    }
}

/// Checks verified figures: for uploaded indicators by the rules of their declarations, for the others by their ids.
struct VerifiedValues {
    let indicator: Indicator
    let scheme: IndicatorScheme
    /// The platform's verified cells, for shares that borrow.
    let present: [Verification]

    /// - Throws: `review.values_refused` with a finding for every value id.
    func read(_ given: [String: ExactDecimal]) throws(Failure) -> [String: ExactDecimal] {
        let reading: (values: [String: ExactDecimal], findings: [Finding])
        if indicator.mode == .upload {
            let borrowed = present.reduce(into: [String: ExactDecimal]()) { $0.merge($1.values) { _, new in new } }
            let read = try DeclarationReader(indicator: indicator, scheme: scheme).read(given, borrowed: borrowed)
            // A share whose parts nobody verified is taken as it is given.
            var values = read.values
            var findings = read.findings
            if let share = given[indicator.id.rawValue], values[indicator.id.rawValue] == nil, indicator.ratio != nil {
                findings.removeAll { $0.code == "submit.figure.differs_from_parts" }
                findings += plainFaults(indicator.id.rawValue, share)
                values[indicator.id.rawValue] = share.rounded(places: indicator.valuePlaces)
            }
            reading = (values, findings)
        } else {
            let known = indicator.valueIDs + indicator.auxiliaryIDs
            let unknown = given.keys.sorted().filter { !known.contains($0) }
                .map { Finding(.error, "submit.figure.unknown", at: $0, ["given": $0]) }
            reading = (given, unknown + given.sorted { $0.key < $1.key }.flatMap { plainFaults($0.key, $0.value) })
        }
        let errors = reading.findings.filter { $0.severity == .error }
        guard errors.isEmpty else { throw Failure("review.values_refused", findings: errors) }
        return reading.values
    }

    private func plainFaults(_ id: String, _ value: ExactDecimal) -> [Finding] {
        let given = ["given": value.description]
        if value < .zero { return [Finding(.error, "submit.figure.negative", at: id, given)] }
        if indicator.unit.en == "%", value > ExactDecimal(100) {
            return [Finding(.error, "submit.figure.above_hundred", at: id, given)]
        }
        return []
    }
}
