import Vocabulary

/// The rows that a batch of edits touches, while they are worked on.
struct SheetBook {
    private let before: [Int: ListedRow]
    private var rows: [Int: ListedRow]
    private var touched: Set<Int> = []
    private var next: Int
    private let known: [String: Int]
    private let frame: DeclarationDesk.Frame
    private(set) var removed: Set<Int> = []
    private(set) var added: [String: Int] = [:]
    private(set) var conflicts: [RowConflict] = []
    private var neighbours: [Int: ListedRow] = [:]

    init(_ present: [ListedRow], next: Int, references: [String: Int], frame: DeclarationDesk.Frame) {
        var rows: [Int: ListedRow] = [:]
        for row in present { rows[row.number] = row }
        self.before = rows
        self.rows = rows
        self.next = next
        self.known = references
        self.frame = frame
    }

    // MARK: - Edits

    mutating func apply(_ edit: RowEdit) {
        switch edit {
        case .change(let number, let changes): change(number, changes)
        case .add(let reference, let fields):
            guard known[reference] == nil, added[reference] == nil else { return }
            put(next, fields, reference: reference)
            added[reference] = next
            next += 1
        case .remove(let number, let since):
            guard let row = rows[number] else { return }
            if row.since > since, !touched.contains(number) {
                let theirs = row.fields.sorted { $0.key < $1.key }.map(\.value).joined(separator: " ")
                conflicts.append(RowConflict(number: number, field: "", yours: "", theirs: theirs))
                return
            }
            rows[number] = nil
            removed.insert(number)
        case .restore(let number, let fields):
            guard rows[number] == nil, number >= 2, number < next else { return }
            put(number, fields, reference: "")
            removed.remove(number)
        }
    }

    private mutating func change(_ number: Int, _ changes: [RowEdit.Change]) {
        guard var row = rows[number] else {
            for change in changes where !removed.contains(number) {
                conflicts.append(RowConflict(number: number, field: "", yours: change.to, theirs: ""))
            }
            return
        }
        for change in changes {
            let now = row.fields[change.field] ?? ""
            if now == change.to { continue }
            guard now == change.from else {
                conflicts.append(
                    RowConflict(number: number, field: change.field, yours: change.to, theirs: now))
                continue
            }
            row.fields[change.field] = change.to.isEmpty ? nil : change.to
            touched.insert(number)
        }
        rows[number] = row
    }

    private mutating func put(_ number: Int, _ fields: [String: String], reference: String) {
        rows[number] = ListedRow(
            number: number, fields: fields, standing: .faulty, origin: frame.origin, source: frame.source,
            reference: reference, since: frame.version)
        touched.insert(number)
    }

    // MARK: - What follows

    /// Reads every touched row anew.
    mutating func examine(with reader: ItemListReader) {
        let again = reader.indicator.itemLimit == nil ? touched : Set(rows.keys)
        for number in again {
            guard var row = rows[number] else { continue }
            let found = reader.examine(number, row.fields)
            row.fields = found.fields
            row.standing = found.faults.isEmpty ? .good : .faulty
            row.key = found.key
            rows[number] = row
        }
    }

    /// The keys that rows had or have now and whose other rows may count differently.
    var movedKeys: [String] {
        var keys: Set<String> = []
        for number in touched.union(removed) {
            if let key = before[number]?.key { keys.insert(key) }
            if let key = rows[number]?.key { keys.insert(key) }
        }
        return keys.subtracting([""]).sorted()
    }

    /// Lets the first of equal rows count and the others repeat it, and no more count than may be handed in.
    mutating func stand(_ others: [ListedRow], limit: Int?) {
        for row in others where rows[row.number] == nil && !removed.contains(row.number) && before[row.number] == nil {
            neighbours[row.number] = row
            rows[row.number] = row
        }
        var taken: Set<String> = []
        var good = 0
        for number in rows.keys.sorted() {
            guard var row = rows[number], row.standing != .faulty else { continue }
            let isRepeat = !row.key.isEmpty && !taken.insert(row.key).inserted
            row.standing = isRepeat ? .repeat : .good
            if !isRepeat {
                good += 1
                if let limit, good > limit {
                    row.standing = .faulty
                    row.key = ""
                }
            }
            rows[number] = row
        }
    }

    /// Rows that are new or differ from what is stored, in order.
    var written: [ListedRow] {
        rows.values.compactMap { row in
            if let old = stored(row.number), old.fields == row.fields, old.standing == row.standing, old.key == row.key
            {
                return nil
            }
            var row = row
            row.since = frame.version
            return row
        }.sorted { $0.number < $1.number }
    }

    /// How many more rows count than before; negative when fewer do.
    var goodGained: Int {
        let now = rows.values.filter { $0.standing == .good }.count
        let past = (Array(before.values) + Array(neighbours.values)).filter { $0.standing == .good }.count
        return now - past
    }

    private func stored(_ number: Int) -> ListedRow? { before[number] ?? neighbours[number] }
}
