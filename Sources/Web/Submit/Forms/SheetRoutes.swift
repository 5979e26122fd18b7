import Access
import Hummingbird
import Scheme
import Submit
import Vocabulary

/// Item lists row by row: read them in pages, change single rows, look the choices up.
struct SheetRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    static let mostEdits = 5000
    static let mostRows = 5000
    /// Longest text of one field that travels in an edit; what is kept is bounded by the column's own rules.
    static let longestText = 4000

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/items/rows", use: rows)
        router.patch("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/items/rows", use: change)
        router.get("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/items/choices", use: choices)
    }

    // MARK: - Reading

    @Sendable func rows(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        try access.require(.declareCell)
        let indicator = try services.indicator(context, in: access.scheme)
        let reader = try ListReading.reader(indicator, access)
        let limit = try number("limit", request, standard: Self.mostRows, 1...Self.mostRows)
        let after = try number("after", request, standard: 0, 0...Int(Int32.max))
        let since = try number("since", request, standard: 0, 0...Int(Int32.max))
        let store = services.cells.declarations
        let cell = access.cell(indicator)
        let head = try await store.head(cell)
        let rows = try await store.rows(cell, after: after, changedAfter: since, limit: limit)
        let removed = since > 0 && after == 0 ? try await store.removed(cell, after: since, limit: 100_000) : []
        let page = try await page(
            rows, removed, head, indicator, reader, access, context,
            next: rows.count == limit ? rows.last?.number : nil)
        return .json(page, headers: [.eTag: EntityTag.text(head.version)])
    }

    struct ChoiceList: Encodable {
        struct Choice: Encodable {
            let code: String
            let title: String
            let isCounted: Bool
        }
        /// Column → what may be chosen there.
        let choices: [String: [Choice]]
    }

    @Sendable func choices(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        try access.require(.readCell)
        let indicator = try services.indicator(context, in: access.scheme)
        var choices: [String: [ChoiceList.Choice]] = [:]
        for field in indicator.items {
            guard let dictionary = ItemListReader.dictionary(of: field, in: access.scheme) else { continue }
            choices[field.id] = dictionary.entries.map {
                .init(code: $0.code, title: $0.title[context.language], isCounted: $0.isCounted)
            }
        }
        return .json(ChoiceList(choices: choices))
    }

    // MARK: - Changing

    struct Edits: Decodable {
        let batch: String
        let edits: [Edit]
        struct Edit: Decodable {
            enum Kind: String, Decodable { case change, add, remove, restore }
            struct Change: Decodable {
                let field: String
                let from: String
                let to: String
            }
            let kind: Kind
            let number: Int?
            let since: Int?
            let reference: String?
            let changes: [Change]?
            let fields: [String: String]?
        }
    }

    @Sendable func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        let indicator = try services.indicator(context, in: access.scheme)
        let lock = try await access.requireRows(indicator, services)
        let reader = try ListReading.reader(indicator, access)
        let body = try await JSONBody.decode(Edits.self, from: request, limitBytes: ItemRoutes.mostBytes)
        guard (1...Self.mostEdits).contains(body.edits.count) else {
            throw Failure("forms.too_many_edits", ["count": "\(body.edits.count)", "limit": "\(Self.mostEdits)"])
        }
        let batch = PlainText.line(body.batch)
        guard (1...64).contains(batch.unicodeScalars.count) else {
            throw Failure("forms.edit_invalid", ["edit": body.batch])
        }
        let known = Set(indicator.items.map(\.id))
        let edits = try body.edits.map { try Self.edit($0, known) }
        try lock.require(edits)
        let outcome = try await DeclarationDesk(store: services.cells.declarations).edit(
            edits, batch: batch, in: access.cell(indicator), by: reader, scheme: access.scheme,
            services.act(context))
        let page = try await page(
            outcome.rows, outcome.removed, outcome.head, indicator, reader, access, context,
            added: outcome.added, conflicts: outcome.conflicts, declaration: outcome.declaration)
        return .json(page, headers: [.eTag: EntityTag.text(outcome.head.version)])
    }

    private static func edit(_ edit: Edits.Edit, _ known: Set<String>) throws(Failure) -> RowEdit {
        func text(_ text: String) throws(Failure) -> String {
            guard text.utf8.count <= 4 * longestText else {
                throw Failure("forms.edit_invalid", ["edit": "\(edit.number ?? 0)"])
            }
            return PlainText.line(text)
        }
        func fields() throws(Failure) -> [String: String] {
            var out: [String: String] = [:]
            for (field, value) in edit.fields ?? [:] where known.contains(field) {
                let plain = try text(value)
                if !plain.isEmpty { out[field] = plain }
            }
            return out
        }
        let range = 1...Int(Int32.max)
        switch edit.kind {
        case .change:
            guard let number = edit.number, range.contains(number), let changes = edit.changes, !changes.isEmpty else {
                break
            }
            var out: [RowEdit.Change] = []
            for change in changes where known.contains(change.field) {
                out.append(.init(field: change.field, from: try text(change.from), to: try text(change.to)))
            }
            return .change(number: number, out)
        case .add:
            let reference = PlainText.line(edit.reference ?? "")
            guard (1...64).contains(reference.unicodeScalars.count) else { break }
            return .add(reference: reference, fields: try fields())
        case .remove:
            guard let number = edit.number, range.contains(number), let since = edit.since else { break }
            return .remove(number: number, since: since)
        case .restore:
            guard let number = edit.number, range.contains(number) else { break }
            return .restore(number: number, fields: try fields())
        }
        throw Failure("forms.edit_invalid", ["edit": edit.reference ?? "\(edit.number ?? 0)"])
    }

    // MARK: - Shared

    private func page(
        _ rows: [ListedRow], _ removed: [Int], _ head: SheetHead, _ indicator: Indicator, _ reader: ItemListReader,
        _ access: CellAccess, _ context: WebContext, next: Int? = nil, added: [String: Int] = [:],
        conflicts: [RowConflict] = [], declaration: Declaration? = nil
    ) async throws -> SheetPage {
        let store = services.cells.declarations
        let cell = access.cell(indicator)
        let rows = reader.keyed(rows)
        let keys = Set(rows.filter { $0.standing == .repeat }.map(\.key))
        var firsts: [String: Int] = [:]
        if !keys.isEmpty {
            let equal = reader.keyed(try await store.rows(cell, numbers: [], keys: Array(keys)))
            for row in equal where row.standing == .good {
                firsts[row.key] = min(firsts[row.key] ?? row.number, row.number)
            }
        }
        let shaper = SheetShaper(
            indicator: indicator, scheme: access.scheme, reader: reader, language: context.language, firsts: firsts)
        let returns = try await services.cells.verifications.returns(access.round.id, access.participation.platform)
        let returned = returns.first { $0.cell.indicator == indicator.id }
        let mayEdit = access.may(.declareCell) && access.lock(returned, anyReturned: !returns.isEmpty) == nil
        let lock = RowLock(access, returned)
        var values = declaration?.values
        if values == nil { values = try await store.declaration(cell)?.values }
        return SheetPage(
            indicator: indicator.id, columns: shaper.columns,
            rows: rows.map { shaper.row($0, mayEdit: mayEdit && lock.isOpen($0.number)) }, removed: removed,
            added: added,
            conflicts: conflicts.map {
                .init(number: $0.number, field: $0.field, yours: $0.yours, theirs: $0.theirs)
            }, version: head.version, good: head.good, repeated: head.repeated, faulty: head.faulty,
            values: values ?? [:], mayAdd: mayEdit && lock.open == nil, mayReplace: mayEdit && lock.open == nil,
            returned: lock.returned.map { .init(rows: $0.rows, reasonCode: $0.reasonCode, reason: $0.reason) },
            next: next)
    }

    private func number(
        _ name: String, _ request: Request, standard: Int, _ range: ClosedRange<Int>
    ) throws(Failure) -> Int {
        guard let text = request.uri.queryParameters[name[...]] else { return standard }
        guard let value = Int(text), range.contains(value) else {
            throw Failure(
                "web.parameter_invalid", ["name": name, "expected": "\(range.lowerBound)–\(range.upperBound)"])
        }
        return value
    }
}
