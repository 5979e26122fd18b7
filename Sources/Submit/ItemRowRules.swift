import Scheme
import Vocabulary

/// What shows only when several fields of a row, the indicator's window and the applicant are read together.
struct ItemRowRules: Sendable {
    let indicator: Indicator
    let applicant: Applicant?

    private static let patentKinds = ["invention", "utility-model", "design"]

    /// Contradictions that refuse the row.
    func faults(_ number: Int, _ fields: [String: String]) -> [RowFinding] {
        yearsOutside(number, fields) + certificatesAgainstChoices(number, fields)
    }

    /// What a reviewer should look at; refuses nothing, since the evidence may explain it.
    func remarks(_ number: Int, _ fields: [String: String]) -> [RowFinding] {
        guard let applicant else { return [] }
        var found: [RowFinding] = []
        for field in indicator.items {
            guard let text = fields[field.id] else { continue }
            if field.kind == .creditCode, text == applicant.code.text {
                found.append(remark(number, field, "submit.row.own_code", [:]))
            }
            if ["holder", "owner"].contains(field.id), TypedText.folded(text) != TypedText.folded(applicant.name) {
                found.append(remark(number, field, "submit.row.other_holder", ["given": text, "name": applicant.name]))
            }
            if field.id == "valid-to", let day = CivilDay(text), day < applicant.cutOff {
                let values = ["given": text, "cutOff": applicant.cutOff.description]
                found.append(remark(number, field, "submit.row.expired", values))
            }
        }
        return found
    }

    private func remark(_ number: Int, _ field: ItemField, _ code: String, _ values: [String: String]) -> RowFinding {
        RowFinding(row: number, column: field.id, code, values, severity: .warning)
    }

    private func yearsOutside(_ number: Int, _ fields: [String: String]) -> [RowFinding] {
        guard case .years(let first, let last) = indicator.window.value else { return [] }
        return indicator.items.compactMap { field in
            guard field.kind == .year, let year = fields[field.id].flatMap({ Int($0) }), !(first...last).contains(year)
            else { return nil }
            let values = ["given": "\(year)", "first": "\(first)", "last": "\(last)"]
            return RowFinding(row: number, column: field.id, "submit.row.year_outside", values)
        }
    }

    /// A choice that names a kind of certificate must fit the number that stands in the row.
    private func certificatesAgainstChoices(_ number: Int, _ fields: [String: String]) -> [RowFinding] {
        var found: [RowFinding] = []
        for choice in indicator.items {
            guard case .choice = choice.kind, let code = fields[choice.id] else { continue }
            for field in indicator.items {
                guard case .certificate(let form) = field.kind else { continue }
                guard let text = fields[field.id] else {
                    let isNamed = code == form || (form == "patent" && Self.patentKinds.contains(code))
                    if isNamed { found.append(RowFinding(row: number, column: field.id, "submit.row.required")) }
                    continue
                }
                if let kind = CertificateReader.patentKind(text), Self.patentKinds.contains(code), code != kind {
                    found.append(RowFinding(row: number, column: choice.id, "submit.row.patent_kind", ["number": text]))
                }
                if form == "standard", isNationalContradiction(text, code) {
                    let values = ["number": text]
                    found.append(RowFinding(row: number, column: choice.id, "submit.row.standard_level", values))
                }
            }
        }
        return found
    }

    /// `national-…` goes with GB, `industry-…` with any other prefix.
    private func isNationalContradiction(_ number: String, _ code: String) -> Bool {
        let isNational = number.hasPrefix("GB")
        return (code.hasPrefix("national") && !isNational) || (code.hasPrefix("industry") && isNational)
    }
}
