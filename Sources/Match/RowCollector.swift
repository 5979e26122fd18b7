import Vocabulary

/// Rows of a table become rows of a list; what is odd about them is collected.
struct RowCollector {
    let mapping: ListMapping
    private(set) var rows: [ListRow] = []
    private(set) var findings: [Finding] = []
    private var seen: [ListRow: Int] = [:]
    private var nameOfCode: [CompanyCode: (key: String, row: Int)] = [:]

    init(mapping: ListMapping) { self.mapping = mapping }

    mutating func take(_ row: DelimitedText.Row) {
        let place = "row \(row.number)"
        let check = mapping.text(.code, row.fields).map { CompanyCode.check($0) }
        var entry = ListRow(
            number: 0, company: mapping.text(.company, row.fields) ?? "", code: check?.code,
            damagedCode: check.flatMap { $0.code == nil ? $0.given : nil },
            formerNames: RowCollector.split(mapping.text(.formerNames, row.fields)),
            platform: mapping.text(.platform, row.fields), title: mapping.text(.title, row.fields),
            level: mapping.text(.level, row.fields), region: mapping.text(.region, row.fields),
            project: mapping.text(.project, row.fields), document: mapping.text(.document, row.fields),
            batch: mapping.text(.batch, row.fields))
        entry.validFrom = day(.validFrom, row, isEnd: false)
        entry.validUntil = day(.validUntil, row, isEnd: true)
        if let status = mapping.text(.status, row.fields) {
            entry.isRevoked = ColumnTables.shared.revokedWords.contains(NormalisedName(title: status).key)
        }
        guard !NormalisedName(company: entry.company).isEmpty || entry.code != nil else {
            findings.append(Finding(.error, "match.list_no_name", at: place))
            return
        }
        if entry.company.isEmpty { findings.append(Finding(.warning, "match.list_name_empty", at: place)) }
        if let check, check.code == nil { findings.append(RowCollector.damaged(check, row: row.number)) }
        if let earlier = seen[entry] {
            findings.append(Finding(.warning, "match.list_duplicate", at: place, ["row": "\(earlier)"]))
            return
        }
        seen[entry] = row.number
        noteTwoNames(entry, row.number)
        entry.number = row.number
        rows.append(entry)
    }

    /// A code that fails its checks, with the codes one slip away.
    static func damaged(_ check: CompanyCodeCheck, row: Int) -> Finding {
        let near = CodeRepair.oneSlip(from: check.cleaned).prefix(3).map(\.text)
        var values = check.faults.first?.values ?? [:]
        values["given"] = check.given
        values["near"] = near.joined(separator: ", ")
        let code = near.isEmpty ? "match.list_code_damaged" : "match.list_code_damaged_near"
        return Finding(.warning, code, at: "row \(row), column code", values)
    }

    /// Several names in one cell: `;`, `|`, their full-width forms, the ideographic comma, or a line break.
    static func split(_ text: String?) -> [String] {
        guard let text else { return [] }
        let separators: Set<Character> = [";", "|", "\u{FF1B}", "\u{FF5C}", "\u{3001}", "\n", "\r\n"]
        return text.split { separators.contains($0) }.map { $0.trimmingWhitespace() }.filter { !$0.isEmpty }
    }

    private mutating func noteTwoNames(_ entry: ListRow, _ number: Int) {
        guard let code = entry.code else { return }
        let key = NormalisedName(company: entry.company).key
        if let earlier = nameOfCode[code], earlier.key != key {
            let values = ["code": code.text, "row": "\(earlier.row)"]
            findings.append(Finding(.warning, "match.list_code_two_names", at: "row \(number)", values))
        } else {
            nameOfCode[code] = (key, number)
        }
    }

    private mutating func day(_ column: ListColumn, _ row: DelimitedText.Row, isEnd: Bool) -> CivilDay? {
        guard let text = mapping.text(column, row.fields) else { return nil }
        if let day = ListDate.day(text, isEnd: isEnd) { return day }
        let place = "row \(row.number), column \(column.rawValue)"
        findings.append(Finding(.warning, "match.list_bad_date", at: place, ["text": text]))
        return nil
    }
}

/// Dates as lists write them.
enum ListDate {
    /// `2024-05-01`, `2024/5/1`, `2024.5.1`, `20240501`, year-month-day with Chinese units, with or without a time after
    /// a space or T; only year and month: the month's first day, or its last for an end.
    static func day(_ text: String, isEnd: Bool) -> CivilDay? {
        let date = text.prefix { $0 != " " && $0 != "T" }
        let digits = date.split { !("0"..."9").contains($0) }
        let numbers = digits.compactMap { Int($0) }
        guard numbers.count == digits.count, let first = digits.first else { return nil }
        if numbers.count == 1, first.count == 8, let whole = numbers.first {
            return CivilDay(year: whole / 10_000, month: whole / 100 % 100, day: whole % 100)
        }
        guard first.count == 4, let year = numbers.first else { return nil }
        if numbers.count == 3 { return CivilDay(year: year, month: numbers[1], day: numbers[2]) }
        guard numbers.count == 2, (1...12).contains(numbers[1]) else { return nil }
        let month = CivilMonth(year: year, month: numbers[1])
        return isEnd ? month.lastDay : month.firstDay
    }
}
