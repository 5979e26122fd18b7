import Scheme
import Trust
import Vocabulary

/// Takes declared figures and lists in: checks them, computes what follows, in the same cell and in those that borrow
/// from it, and saves all of it at once.
public struct DeclarationDesk: Sendable {
    /// Makes the entry of a change: kind, subject, payload.
    public typealias EntryMaker = @Sendable (AuditKind, AuditSubject, CanonicalJSON) -> AuditEntry

    /// What was kept, and what a person should know of it.
    public struct Outcome: Sendable {
        public let declaration: Declaration
        /// Warnings and notes by value id.
        public let findings: [Finding]
    }

    /// Who does it, when, and how the entries are made.
    public struct Act: Sendable {
        public let by: AccountID
        public let at: Instant
        public let entry: EntryMaker

        public init(by: AccountID, at: Instant, entry: @escaping EntryMaker) {
            self.by = by
            self.at = at
            self.entry = entry
        }
    }

    let store: any DeclarationStore

    public init(store: any DeclarationStore) { self.store = store }

    /// Replaces the typed figures of a cell; counted and computed ones follow by themselves.
    ///
    /// - Parameter version: the version that the writer saw, 0 for a blank cell.
    /// - Throws: `submit.figures_refused` with the findings; `submit.not_declared`; `submit.stale`.
    public func declare(
        _ typed: [String: ExactDecimal], in cell: CellAddress, scheme: IndicatorScheme, replacing version: Int,
        _ act: Act
    ) async throws -> Outcome {
        let indicator = try Self.indicator(cell, scheme)
        let known = try await store.declarations(cell.round, cell.platform)
        let rows = indicator.items.isEmpty ? nil : try await store.list(cell)?.rows
        let reading = try DeclarationReader(indicator: indicator, scheme: scheme)
            .read(typed, rows: rows, borrowed: Self.values(known))
        let fields = Self.fields(
            reading.values, indicator.declaredFigures(in: scheme), try await store.drafts(cell), cell, act,
            listOrigin: rows?.isEmpty == false ? .imported : .typed)
        return try await save(reading, cell, scheme, known, version, fields: fields, act)
    }

    /// Replaces the list of a cell by accepted rows; typed figures stay, counted ones follow the list.
    ///
    /// - Parameters:
    ///   - reading: what came of the list.
    ///   - keepsWrong: wrong and repeated rows are kept beside the good ones, to be mended in place; they count nothing.
    ///   - version: the list's version that the writer saw, 0 when there was none.
    ///   - source: the file or round that the rows come from.
    /// - Throws: `submit.figures_refused`; `submit.stale`.
    public func replaceList(
        _ reading: ItemReading, by reader: ItemListReader, keepsWrong: Bool = false, in cell: CellAddress,
        scheme: IndicatorScheme, replacing version: Int, origin: FigureOrigin = .imported, source: String = "",
        _ act: Act
    ) async throws -> (version: Int, outcome: Outcome) {
        let indicator = try Self.indicator(cell, scheme)
        let known = try await store.declarations(cell.round, cell.platform)
        let present = known.first { $0.cell == cell }
        let figures = indicator.declaredFigures(in: scheme)
        let typedIDs = Set(figures.filter(\.isTyped).map(\.id))
        let typed = (present?.values ?? [:]).filter { typedIDs.contains($0.key) }
        let values = try DeclarationReader(indicator: indicator, scheme: scheme)
            .read(typed, rows: reading.accepted, borrowed: Self.values(known))
        let before = try await store.rows(cell, after: 0, changedAfter: 0, limit: ItemListReader.mostRows * 2)
        let sheet = Self.replacement(
            of: before, by: reading, reader, keepsWrong: keepsWrong,
            Self.Frame(cell: cell, version: version + 1, origin: origin, source: source, act: act),
            personal: indicator.personalFields)
        let fields = Self.fields(
            values.values, figures.filter { $0.source == .list }, try await store.drafts(cell), cell, act,
            listOrigin: origin, source: source)
        let outcome = try await save(
            values, cell, scheme, known, present?.version ?? 0, fields: fields, sheet: sheet, rows: reading.accepted,
            act)
        return (version + 1, outcome)
    }

    /// The fields that change when figures are declared as a whole.
    static func fields(
        _ values: [String: ExactDecimal], _ figures: [DeclaredFigure], _ drafts: [String: DraftField],
        _ cell: CellAddress, _ act: Act, listOrigin: FigureOrigin, source: String = ""
    ) -> [DraftField] {
        figures.filter { $0.isTyped || $0.source == .list }.compactMap { figure in
            let text = values[figure.id]?.description ?? ""
            let draft = drafts[figure.id]
            let isSame = draft.map { $0.text == text || (!text.isEmpty && ExactDecimal($0.text) == values[figure.id]) }
            let origin = figure.source == .list ? listOrigin : .typed
            if isSame ?? text.isEmpty { return nil }
            return DraftField(
                cell: cell, figure: figure.id, text: text, origin: origin, source: source,
                isConfirmed: origin == .typed || origin == .imported, by: act.by, at: act.at,
                version: (draft?.version ?? 0) + 1)
        }
    }

    // MARK: - Saving

    func save(
        _ reading: DeclarationReader.Reading, _ cell: CellAddress, _ scheme: IndicatorScheme, _ known: [Declaration],
        _ version: Int, fields: [DraftField] = [], sheet: SheetChange? = nil, rows: [ItemRow]? = nil, _ act: Act
    ) async throws -> Outcome {
        guard reading.isAcceptable else { throw Failure("submit.figures_refused", findings: reading.findings) }
        let declaration = Declaration(cell: cell, values: reading.values, by: act.by, at: act.at, version: version + 1)
        var payload: [String: CanonicalJSON] = ["values": Self.json(reading.values)]
        if let rows {
            payload["rows"] = .string("\(rows.count)")
            payload["list"] = .string(Digest.sha256(of: try CanonicalJSON(encoding: rows).bytes).hex)
        } else if let sheet {
            payload["rows"] = .string("\(sheet.good)")
            payload["changed"] = .string(Digest.sha256(of: try CanonicalJSON(encoding: sheet.written).bytes).hex)
            payload["removed"] = .string(sheet.removed.map(String.init).joined(separator: ","))
        }
        let kind: AuditKind = sheet == nil ? "cell.declared" : "cell.listed"
        var changes = [
            DeclaredChange(
                declaration: declaration, fields: fields, sheet: sheet,
                entry: act.entry(kind, Self.subject(cell), .object(payload)))
        ]
        var values = Self.values(known.filter { $0.cell != cell })
        values.merge(reading.values) { _, new in new }
        for borrower in scheme.indicators where borrower.id != cell.indicator && borrower.ratio != nil {
            if let change = try borrowed(borrower, scheme, known, values, act) { changes.append(change) }
        }
        try await store.save(changes)
        return Outcome(declaration: declaration, findings: reading.findings)
    }

    /// The new declaration of a ratio whose numerator or denominator another cell supplies; nil when nothing moves.
    private func borrowed(
        _ indicator: Indicator, _ scheme: IndicatorScheme, _ known: [Declaration], _ values: [String: ExactDecimal],
        _ act: Act
    ) throws -> DeclaredChange? {
        guard let present = known.first(where: { $0.cell.indicator == indicator.id }) else { return nil }
        let typedIDs = Set(indicator.declaredFigures(in: scheme).filter(\.isTyped).map(\.id))
        let typed = present.values.filter { typedIDs.contains($0.key) }
        let reading = try DeclarationReader(indicator: indicator, scheme: scheme).read(typed, borrowed: values)
        guard reading.values != present.values else { return nil }
        let next = Declaration(
            cell: present.cell, values: reading.values, by: act.by, at: act.at, version: present.version + 1)
        let payload = CanonicalJSON.object(["values": Self.json(reading.values)])
        return DeclaredChange(declaration: next, entry: act.entry("cell.declared", Self.subject(next.cell), payload))
    }

    static func indicator(_ cell: CellAddress, _ scheme: IndicatorScheme) throws -> Indicator {
        guard let indicator = scheme.indicator(cell.indicator) else {
            throw Failure("review.indicator_unknown", ["indicator": cell.indicator.rawValue])
        }
        return indicator
    }

    static func values(_ declarations: [Declaration]) -> [String: ExactDecimal] {
        declarations.reduce(into: [:]) { $0.merge($1.values) { _, new in new } }
    }

    static func json(_ values: [String: ExactDecimal]) -> CanonicalJSON {
        .object(values.mapValues { CanonicalJSON($0) })
    }

    static func subject(_ cell: CellAddress) -> AuditSubject {
        AuditSubject(round: cell.round, platform: cell.platform, indicator: cell.indicator)
    }
}
