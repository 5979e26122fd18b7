import Review
import Scheme
import Submit
import Vocabulary

/// Which rows of a list are open: after a return of single rows only they are, and nothing else of the item.
struct RowLock: Sendable {
    /// Nil: every row, and the list as a whole.
    let open: Set<Int>?
    /// Why the rows were sent back; nil while none are.
    let returned: CellReturn?

    init(_ access: CellAccess, _ returned: CellReturn?) {
        let isTurn = [.returned, .supplement, .verification].contains(access.participation.submission)
        guard isTurn, let returned, !returned.rows.isEmpty else {
            open = nil
            self.returned = nil
            return
        }
        open = Set(returned.rows)
        self.returned = returned
    }

    func isOpen(_ row: Int) -> Bool { open?.contains(row) ?? true }

    private var named: [String: String] {
        let rows = (returned?.rows ?? []).sorted()
        return ["rows": rows.prefix(20).map { "\($0)" }.joined(separator: ", ") + (rows.count > 20 ? " …" : "")]
    }

    /// - Throws: `submit.rows_only` while only single rows are open: figures and the list as a whole stay as they are.
    func requireWhole() throws(Failure) {
        if open != nil { throw Failure("submit.rows_only", named) }
    }

    /// - Throws: `submit.row_locked` with the first row that is not open; `submit.rows_only` for a new row.
    func require(_ edits: [RowEdit]) throws(Failure) {
        guard open != nil else { return }
        for edit in edits {
            guard let number = edit.rowNumber else { throw Failure("submit.rows_only", named) }
            if !isOpen(number) {
                throw Failure("submit.row_locked", named.merging(["row": "\(number)"]) { own, _ in own })
            }
        }
    }
}

extension RowEdit {
    /// The row that is meant; nil for a new one.
    fileprivate var rowNumber: Int? {
        switch self {
        case .change(let number, _), .remove(let number, _), .restore(let number, _): number
        case .add: nil
        }
    }
}

extension CellAccess {
    /// Whether the company may edit the item, and which rows of its list.
    /// - Throws: what `requireEditable` throws.
    func requireRows(_ indicator: Indicator, _ services: Services) async throws -> RowLock {
        try await requireEditable(indicator, services)
        let returns = try await services.cells.verifications.returns(round.id, participation.platform)
        return RowLock(self, returns.first { $0.cell.indicator == indicator.id })
    }

    /// The company may edit figures and list of the item as a whole.
    /// - Throws: what `requireEditable` throws; `submit.rows_only`.
    func requireWhole(_ indicator: Indicator, _ services: Services) async throws {
        try await requireRows(indicator, services).requireWhole()
    }
}
