import Vocabulary

/// One certificate against the form.
struct CertificateComparison {
    let certificate: ReadCertificate
    let kind: DocumentKind
    let file: EvidenceCheck.File
    let expected: EvidenceExpectation
    /// In its usual writing.
    let number: String?
    let rowNumber: (String) -> String
    let fault: (String) -> CertificateReader.Fault?
    let normalised: @Sendable (String) -> String

    var findings: [EvidenceFinding] { numbers + holders + levels + days }

    /// The row that the certificate proves: by its number, or the only one there is.
    private var row: ItemRow? {
        let fields = kind.row.number ?? []
        let own = expected.rows.first { row in
            guard let number, let typed = fields.lazy.compactMap({ row.fields[$0] }).first else { return false }
            let wanted = rowNumber(typed)
            return wanted == number
                || (number.count >= 11 && wanted.count >= 11 && (number.hasPrefix(wanted) || wanted.hasPrefix(number)))
        }
        return own ?? (expected.rows.count == 1 ? expected.rows.first : nil)
    }

    private var numbers: [EvidenceFinding] {
        guard let read = certificate.number else { return [] }
        if let fault = fault(read.value) {
            if case .check(_, let digit) = fault {
                return [finding("number_check", read, ["read": read.value, "expected": digit])]
            }
            return [finding("number_form", read, ["read": read.value, "expected": ""])]
        }
        let listed = expected.rows.compactMap { row in
            (kind.row.number ?? []).lazy.compactMap { row.fields[$0] }.first
        }
        guard !listed.isEmpty, let number else { return [] }
        let isListed = listed.map(rowNumber).contains {
            $0 == number || ($0.count >= 11 && number.count >= 11 && ($0.hasPrefix(number) || number.hasPrefix($0)))
        }
        if isListed { return [] }
        let shown = listed.prefix(3).joined(separator: " / ")
        return [finding("number", read, ["read": number, "expected": shown])]
    }

    private var holders: [EvidenceFinding] {
        let own = Set(expected.names.map(normalised).filter { !$0.isEmpty })
        guard let read = certificate.holders, !own.isEmpty else { return [] }
        let names = read.value.map(normalised)
        // A name that runs on into other words still begins with or holds the applicant's.
        if names.contains(where: { name in own.contains { name == $0 || name.contains($0) } }) { return [] }
        if read.isScanned, names.contains(where: { name in own.contains { isNear(name, $0) } }) { return [] }
        let code = kind.among == nil ? "holder" : "among"
        let shown = read.value.prefix(4).map { String($0.prefix(60)) }.joined(separator: "; ")
        return [finding(code, read, ["read": shown, "expected": expected.names.first ?? ""])]
    }

    private var levels: [EvidenceFinding] {
        guard let read = certificate.level, let row,
            let typed = (kind.row.level ?? []).lazy.compactMap({ row.fields[$0] }).first, typed != read.value
        else { return [] }
        return [finding("level", read, ["read": read.value, "expected": typed, "row": "\(row.number)"])]
    }

    private var days: [EvidenceFinding] {
        var out: [EvidenceFinding] = []
        let cutOff = expected.cutOff.description
        if let issued = certificate.issued {
            if kind.mustPrecedeCutOff == true, issued.value > expected.cutOff {
                out.append(finding("after_cut_off", issued, ["read": issued.value.description, "expected": cutOff]))
            }
            if let level = certificate.level?.value, let months = kind.mostMonths?[level],
                let first = earliest(months), issued.value < first
            {
                out.append(
                    finding(
                        "too_old", issued,
                        ["read": issued.value.description, "expected": first.description, "months": "\(months)"]))
            }
            out += differing(issued, kind.row.issued, "issued")
        }
        if let until = certificate.until {
            if kind.mustCoverCutOff == true, until.value < expected.cutOff {
                out.append(finding("expired", until, ["read": until.value.description, "expected": cutOff]))
            }
            out += differing(until, kind.row.until, "until")
        }
        return out
    }

    private func differing(_ read: ReadValue<CivilDay>, _ fields: [String]?, _ code: String) -> [EvidenceFinding] {
        guard let row, let typed = (fields ?? []).lazy.compactMap({ row.fields[$0] }).first,
            let day = CivilDay(typed), day != read.value
        else { return [] }
        return [finding(code, read, ["read": read.value.description, "expected": typed, "row": "\(row.number)"])]
    }

    /// The same day so many months before the cut-off day, or the month's last when it has no such day.
    private func earliest(_ months: Int) -> CivilDay? {
        let (year, month, day) = expected.cutOff.components
        let index = year * 12 + month - 1 - months
        let (newYear, newMonth) = (index / 12, index % 12 + 1)
        let last = CivilMonth(year: newYear, month: newMonth).lengthInDays
        return CivilDay(year: newYear, month: newMonth, day: min(day, last))
    }

    private func finding<Value>(
        _ code: String, _ read: ReadValue<Value>, _ values: [String: String]
    ) -> EvidenceFinding {
        var values = values
        values["page"] = "\(read.page)"
        let severity: Finding.Severity = read.isScanned ? .warning : .error
        return EvidenceFinding(
            Finding(severity, "submit.check.\(code)", at: "page \(read.page)", values), cell: expected.cell,
            digest: file.digest, page: read.page)
    }

    /// One character in eight may be misread.
    private func isNear(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a), Array(b))
        let most = max(1, b.count / 8)
        guard abs(a.count - b.count) <= most, b.count >= 6 else { return false }
        var row = Array(0...b.count)
        for (i, character) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in b.enumerated() {
                let cost = min(row[j + 1] + 1, row[j] + 1, diagonal + (character == other ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = cost
            }
        }
        return row[b.count] <= most
    }
}
