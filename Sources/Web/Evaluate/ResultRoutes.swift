import Access
import Evaluate
import HTTPTypes
import Hummingbird
import Review
import Scheme
import Score
import Vocabulary

/// The round's result through the API: the ranking as JSON and CSV, and each platform's score sheet.
struct ResultRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/result", use: json)
        router.get("/api/v1/rounds/:round/result.csv", use: csv)
        router.get("/api/v1/rounds/:round/platforms/:platform/sheet", use: sheet)
    }

    /// The JSON form of `docs/cli.md`, byte for byte that of `heng score`; with `?evidence=off` every evidence factor
    /// is 1 (for those who may see drafts).
    @Sendable func json(_ request: Request, _ context: WebContext) async throws -> Response {
        let (run, document) = try await document(request, context)
        return .text(document.json(), type: "application/json", headers: headers(run))
    }

    @Sendable func csv(_ request: Request, _ context: WebContext) async throws -> Response {
        let (run, document) = try await document(request, context)
        return .download(document.csv(), name: "result-\(run.round)-\(run.number).csv")
    }

    private func document(_ request: Request, _ context: WebContext) async throws -> (EvaluationRun, ScoreDocument) {
        let round = try await services.round(context)
        let scheme = try await services.scheme(of: round)
        let mayDraft = context.principal.may(.readDraftResult)
        let visibility = mayDraft ? .everything : ResultVisibility.ofPublic(round, scheme: scheme)
        guard visibility.names else { throw missing(round) }
        guard let (run, result) = try await ResultReader(store: services.evaluations).latest(round.id, scheme: scheme)
        else { throw missing(round) }
        if request.uri.queryParameters["evidence"] == "off", mayDraft {
            let plain = EvaluationResult(scheme: scheme, inputs: result.inputs, evidenceCounts: false)
            return (run, plain.document)
        }
        return (run, result.document(seeing: visibility))
    }

    /// Which computation it is of, and whether cells still wait.
    private func headers(_ run: EvaluationRun) -> HTTPFields {
        var fields = HTTPFields()
        if let name = HTTPField.Name("Heng-Computation") { fields[name] = "\(run.number)" }
        if let name = HTTPField.Name("Heng-Provisional") { fields[name] = run.isProvisional ? "true" : "false" }
        return fields
    }

    @Sendable func sheet(_ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await services.round(context)
        let participation = try await services.participation(context)
        let scheme = try await services.scheme(of: round)
        try requireSheet(context.principal, round, participation, scheme)
        guard let (run, result) = try await ResultReader(store: services.evaluations).latest(round.id, scheme: scheme)
        else { throw missing(round) }
        guard let unit = result.field.unit(participation.platform.rawValue) else {
            throw Failure("evaluate.not_in_result", ["platform": participation.platform.rawValue])
        }
        let verified = try await services.cells.verifications.verifications(round.id, participation.platform)
        let declared = try await services.cells.declarations.declarations(round.id, participation.platform)
        let rank = SheetResource.Context(
            run: run, scheme: scheme, participation: participation, verifications: verified, declarations: declared,
            showsPersons: context.principal.may(.readDraftResult))
        return .json(SheetResource(unit, rank))
    }

    /// The authority always, the company its own once it was told, the public what the scheme publishes.
    private func requireSheet(
        _ principal: Principal, _ round: Round, _ participation: Participation, _ scheme: IndicatorScheme
    ) throws {
        if principal.may(.readDraftResult) { return }
        if ResultVisibility.ofPublic(round, scheme: scheme).points { return }
        let isOwn = principal.company == participation.company.code.description
        let isTold = ResultVisibility.companySeesOwn(round, scheme: scheme, submission: participation.submission)
        if isOwn, isTold { return }
        if isOwn { throw missing(round) }
        try principal.require(.readDraftResult)
    }

    private func missing(_ round: Round) -> Failure {
        Failure("evaluate.no_result", ["round": round.id.rawValue])
    }
}
