import Scheme
import Trust
import Vocabulary

extension DeclarationDesk {
    /// What row edits left.
    public struct SheetOutcome: Sendable {
        public let head: SheetHead
        /// The rows that the edits named or moved (a repeat that counts now), as they stand.
        public let rows: [ListedRow]
        public let removed: [Int]
        /// Reference → number of new rows.
        public let added: [String: Int]
        public let conflicts: [RowConflict]
        public let declaration: Declaration?
    }

    /// Takes changes of single rows in, merging them with what others changed meanwhile.
    ///
    /// A field is changed only while it still holds what the person saw. Wrong rows are kept and count nothing. The
    /// same batch again changes nothing.
    /// - Throws: `submit.too_many_rows`; `submit.figures_refused`; `submit.stale` when others kept being faster.
    public func edit(
        _ edits: [RowEdit], batch: String, in cell: CellAddress, by reader: ItemListReader, scheme: IndicatorScheme,
        origin: FigureOrigin = .typed, source: String = "", _ act: Act
    ) async throws -> SheetOutcome {
        for attempt in 1...Self.mostTries {
            do {
                let frame = Frame(cell: cell, version: 0, origin: origin, source: source, act: act)
                return try await editOnce(edits, batch, frame, reader, scheme)
            } catch let failure as Failure where failure.code == "submit.stale" && attempt < Self.mostTries {
                continue
            }
        }
        throw Failure("submit.stale", ["indicator": cell.indicator.rawValue])
    }

    /// What all rows of one change share.
    struct Frame: Sendable {
        let cell: CellAddress
        var version: Int
        let origin: FigureOrigin
        let source: String
        let act: Act
    }

    private func editOnce(
        _ edits: [RowEdit], _ batch: String, _ start: Frame, _ reader: ItemListReader, _ scheme: IndicatorScheme
    ) async throws -> SheetOutcome {
        let cell = start.cell
        let head = try await store.head(cell)
        var frame = start
        frame.version = head.version + 1
        let references = try await store.numbers(cell, references: edits.compactMap(\.reference))
        let numbers = edits.compactMap(\.number) + references.values
        let isLimited = reader.indicator.itemLimit != nil
        let present =
            isLimited
            ? reader.keyed(try await store.rows(cell, after: 0, changedAfter: 0, limit: ItemListReader.mostRows))
            : reader.keyed(try await store.rows(cell, numbers: numbers, keys: []))
        let isRepeated = try await store.isApplied(batch: batch, to: cell)
        var book = SheetBook(present, next: head.nextNumber, references: references, frame: frame)
        if !isRepeated {
            for edit in edits { book.apply(edit) }
            guard head.total + book.added.count <= ItemListReader.mostRows else {
                throw Failure(
                    "submit.too_many_rows",
                    ["count": "\(head.total + book.added.count)", "limit": "\(ItemListReader.mostRows)"])
            }
            book.examine(with: reader)
            let neighbours =
                isLimited ? [] : reader.keyed(try await store.rows(cell, numbers: [], keys: book.movedKeys))
            book.stand(neighbours, limit: reader.indicator.itemLimit?.value)
        }
        let declaration: Declaration?
        if book.written.isEmpty, book.removed.isEmpty {
            declaration = try await store.declaration(cell)
        } else {
            declaration = try await save(book, batch, head, frame, reader.indicator, scheme)
        }
        let added = references.merging(book.added) { _, new in new }
        let shown = Set(numbers).union(book.added.values).union(book.written.map(\.number)).subtracting(book.removed)
        return SheetOutcome(
            head: try await store.head(cell), rows: try await store.rows(cell, numbers: Array(shown), keys: []),
            removed: book.removed.sorted(), added: added, conflicts: book.conflicts, declaration: declaration)
    }

    private func save(
        _ book: SheetBook, _ batch: String, _ head: SheetHead, _ frame: Frame, _ indicator: Indicator,
        _ scheme: IndicatorScheme
    ) async throws -> Declaration {
        let cell = frame.cell
        let change = SheetChange(
            cell: cell, version: frame.version, written: book.written, removed: book.removed.sorted(),
            good: head.good + book.goodGained, by: frame.act.by, at: frame.act.at, batch: batch,
            personalFields: indicator.personalFields)
        let known = try await store.declarations(cell.round, cell.platform)
        let present = known.first { $0.cell == cell }
        let figures = indicator.declaredFigures(in: scheme)
        let typedIDs = Set(figures.filter(\.isTyped).map(\.id))
        var typed = (present?.values ?? [:]).filter { typedIDs.contains($0.key) }
        typed.merge(try await tally(change, indicator)) { _, counted in counted }
        let reading = try DeclarationReader(indicator: indicator, scheme: scheme)
            .read(typed, borrowed: Self.values(known))
        let fields = Self.fields(
            reading.values, figures.filter { $0.source == .list }, try await store.drafts(cell), cell, frame.act,
            listOrigin: .imported)
        return try await save(
            reading, cell, scheme, known, present?.version ?? 0, fields: fields, sheet: change, frame.act
        ).declaration
    }

    /// What the list adds up to after a change; rows are read only where the sum depends on what stands in them.
    private func tally(_ change: SheetChange, _ indicator: Indicator) async throws -> [String: ExactDecimal] {
        if indicator.itemCount == nil { return [:] }
        if case .distinct = indicator.itemCount { return ItemTally.values(count: change.good, of: indicator) }
        var rows: [Int: ListedRow] = [:]
        for row in try await store.rows(change.cell, after: 0, changedAfter: 0, limit: ItemListReader.mostRows) {
            rows[row.number] = row
        }
        for row in change.written { rows[row.number] = row }
        for number in change.removed { rows[number] = nil }
        let good = rows.values.filter { $0.standing == .good }
        return ItemTally.values(good.map { ItemRow(number: $0.number, fields: $0.fields) }, of: indicator)
    }

    /// The change that puts a list that was read in the place of the present rows; equal rows stay as they are.
    static func replacement(
        of present: [ListedRow], by reading: ItemReading, _ reader: ItemListReader, keepsWrong: Bool, _ frame: Frame,
        personal: Set<String>
    ) -> SheetChange {
        func row(_ item: ItemRow, _ standing: RowStanding) -> ListedRow {
            ListedRow(
                number: item.number, fields: item.fields, standing: standing,
                key: standing == .faulty ? "" : reader.key(of: item.fields), origin: frame.origin,
                source: frame.source, since: frame.version)
        }
        var rows = reading.accepted.map { row($0, .good) }
        if keepsWrong {
            rows += reading.repeated.map { row($0, .repeat) } + reading.refused.map { row($0, .faulty) }
        }
        var before: [Int: ListedRow] = [:]
        for row in reader.keyed(present) { before[row.number] = row }
        let numbers = Set(rows.map(\.number))
        let written = rows.filter { row in
            guard let old = before[row.number] else { return true }
            return old.fields != row.fields || old.standing != row.standing || old.key != row.key
        }
        return SheetChange(
            cell: frame.cell, version: frame.version, written: written,
            removed: present.map(\.number).filter { !numbers.contains($0) }, good: reading.accepted.count,
            by: frame.act.by, at: frame.act.at, batch: "", personalFields: personal)
    }
}

extension RowEdit {
    var number: Int? {
        switch self {
        case .change(let number, _), .remove(let number, _), .restore(let number, _): return number
        case .add: return nil
        }
    }

    var reference: String? {
        if case .add(let reference, _) = self { return reference }
        return nil
    }
}
