import Access
import Hummingbird
import Scheme
import Submit
import Vocabulary

/// Fields as they are typed: read them, send single changes.
struct DraftRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    static let mostEdits = 50

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/draft", use: get)
        router.patch("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/draft", use: change)
    }

    struct Edits: Decodable {
        let edits: [Edit]
        struct Edit: Decodable {
            let id: String
            let figure: String
            let text: String
            let base: Int
        }
    }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        try access.require(.declareCell)
        let indicator = try services.indicator(context, in: access.scheme)
        let desk = DeclarationDesk(store: services.cells.declarations)
        let outcome = try await desk.merge([], in: access.cell(indicator), scheme: access.scheme, services.act(context))
        return .json(try await resource(outcome, indicator, access, context))
    }

    @Sendable func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        let indicator = try services.indicator(context, in: access.scheme)
        try await access.requireWhole(indicator, services)
        let body = try await JSONBody.decode(Edits.self, from: request)
        guard (1...Self.mostEdits).contains(body.edits.count) else {
            throw Failure("forms.too_many_edits", ["count": "\(body.edits.count)", "limit": "\(Self.mostEdits)"])
        }
        let edits = try body.edits.map { edit in
            let id = PlainText.line(edit.id)
            guard (1...64).contains(id.unicodeScalars.count), (0...1_000_000_000).contains(edit.base) else {
                throw Failure("forms.edit_invalid", ["edit": edit.id])
            }
            let text = PlainText.line(edit.text)
            guard text.unicodeScalars.count <= DraftField.longestText else {
                throw Failure(
                    "submit.figures_refused",
                    findings: [
                        Finding(
                            .error, "submit.row.too_long", at: edit.figure,
                            ["column": edit.figure, "limit": "\(DraftField.longestText)"])
                    ])
            }
            return FieldEdit(figure: edit.figure, text: text, base: edit.base, id: id)
        }
        let desk = DeclarationDesk(store: services.cells.declarations)
        let outcome = try await desk.merge(
            edits, in: access.cell(indicator), scheme: access.scheme, services.act(context))
        return .json(try await resource(outcome, indicator, access, context))
    }

    private func resource(
        _ outcome: DeclarationDesk.DraftOutcome, _ indicator: Indicator, _ access: CellAccess, _ context: WebContext
    ) async throws -> DraftResource {
        let moments = MomentFormat(zoneName: access.scheme.zone, context.language)
        let names = try await services.names(outcome.fields.values.map(\.by))
        return DraftResource(
            indicator: indicator.id,
            fields: outcome.fields.values.sorted { $0.figure < $1.figure }.map {
                DraftFieldResource($0, names, moments)
            },
            edits: outcome.results.map { .init(id: $0.edit.id, figure: $0.edit.figure, fate: $0.fate) },
            values: outcome.declaration?.values ?? [:], version: outcome.declaration?.version ?? 0,
            findings: outcome.findings.map { Problem.Item($0, language: context.language) },
            savedAt: String(moments.short(access.now).suffix(5)))
    }
}

/// One line of text as forms keep it.
enum PlainText {
    /// Trimmed, control characters as spaces.
    static func line(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            if isControl { if out.last != " " { out.append(" ") } } else if scalar != "\u{FEFF}" { out.append(scalar) }
        }
        return String(out).trimmingWhitespace()
    }
}
