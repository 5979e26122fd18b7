import Review
import Scheme
import Submit
import Vocabulary

/// The same company's platform in an earlier round, with what it declared there.
struct EarlierRound: Sendable {
    let round: Round
    let platform: PlatformID
    let declarations: [IndicatorID: Declaration]

    /// How many rounds back are looked at.
    static let mostRounds = 8

    /// The newest earlier round in which the company declared anything; a demonstration only serves demonstrations.
    static func find(_ services: Services, _ access: CellAccess) async throws -> EarlierRound? {
        let present = access.round
        let earlier = try await services.rounds.rounds().filter {
            $0.id != present.id && $0.createdAt < present.createdAt
                && ($0.kind == .demonstration) == (present.kind == .demonstration)
        }
        for round in earlier.prefix(mostRounds) {
            let own = try await services.rounds.participations(round.id, company: access.participation.company.code)
            guard let platform = own.first?.platform else { continue }
            let declared = try await services.cells.declarations.declarations(round.id, platform)
            if declared.isEmpty { continue }
            return EarlierRound(
                round: round, platform: platform,
                declarations: declared.reduce(into: [:]) { $0[$1.cell.indicator] = $1 })
        }
        return nil
    }

    var values: [String: ExactDecimal] {
        declarations.values.reduce(into: [:]) { $0.merge($1.values) { _, new in new } }
    }
}

/// Fills blank fields and lists with what is known already; nothing that stands there is touched.
struct FormFilling: Sendable {
    let services: Services
    let access: CellAccess
    let act: DeclarationDesk.Act

    private var store: any DeclarationStore { services.cells.declarations }
    private var desk: DeclarationDesk { DeclarationDesk(store: store) }

    /// Figures and lists of an earlier round, marked as copied until somebody has checked them.
    /// - Returns: how many figures and rows were filled in.
    func copy(_ earlier: EarlierRound, into indicators: [Indicator]) async throws -> Int {
        var count = 0
        let book = try await CellBook(services, access)
        for indicator in indicators where indicator.mode == .upload && book.isWhole(indicator) {
            let cell = access.cell(indicator)
            let past = CellAddress(round: earlier.round.id, platform: earlier.platform, indicator: indicator.id)
            if !indicator.items.isEmpty, try await store.head(cell).total == 0 {
                let rows = try await store.list(past)?.rows ?? []
                if !rows.isEmpty { count += try await copy(rows, into: cell, indicator, from: earlier) }
            }
            guard let declared = earlier.declarations[indicator.id] else { continue }
            let drafts = book.drafts[indicator.id, default: [:]]
            let edits = indicator.declaredFigures(in: access.scheme).filter(\.isTyped).compactMap { figure in
                let isBlank = drafts[figure.id]?.text ?? "" == "" && book.values[figure.id] == nil
                guard isBlank, let value = declared.values[figure.id] else { return FieldEdit?.none }
                return FieldEdit(
                    figure: figure.id, text: value.description, base: drafts[figure.id]?.version ?? 0,
                    id: "copy-\(services.random.salt().map { String($0, radix: 16) }.joined())", origin: .copied,
                    source: earlier.round.id.rawValue)
            }
            guard !edits.isEmpty else { continue }
            let outcome = try await desk.merge(edits, in: cell, scheme: access.scheme, act)
            count += outcome.results.filter { $0.fate == .applied }.count
        }
        return count
    }

    private func copy(
        _ rows: [ItemRow], into cell: CellAddress, _ indicator: Indicator, from earlier: EarlierRound
    ) async throws -> Int {
        let reader = try ListReading.reader(indicator, access)
        let reading = try reader.read(rows: rows.map(\.fields))
        _ = try await desk.replaceList(
            reading, by: reader, keepsWrong: true, in: cell, scheme: access.scheme,
            replacing: try await store.version(cell), origin: .copied, source: earlier.round.id.rawValue, act)
        return rows.count
    }

    /// Rows of the authority's ledgers and lists that speak of this company or its platform. The same ledger row is never
    /// added twice, also when the company has deleted it.
    /// - Returns: how many rows were added.
    func prefill(_ indicators: [Indicator]) async throws -> Int {
        var count = 0
        let book = try await CellBook(services, access)
        for indicator in indicators where !indicator.items.isEmpty && indicator.mode == .upload {
            guard book.isWhole(indicator) else { continue }
            let rows = try await LedgerRows(services, access, indicator).rows
            for start in stride(from: 0, to: rows.count, by: 2000) {
                let edits = rows[start..<min(start + 2000, rows.count)].map {
                    RowEdit.add(reference: $0.reference, fields: $0.fields)
                }
                let outcome = try await desk.edit(
                    edits, batch: "", in: access.cell(indicator), by: ListReading.reader(indicator, access),
                    scheme: access.scheme, origin: .prefilled, source: "ledger", act)
                count += outcome.rows.filter { $0.since == outcome.head.version && $0.origin == .prefilled }.count
            }
        }
        return count
    }
}
