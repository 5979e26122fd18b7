import Vocabulary

extension ListIndex {
    /// The company of a code with its awards, as a registry answers; empty when no row carries the code.
    public func companies(code: CompanyCode) -> [RegistryCompany] { grouped(byCode[code] ?? []) }

    /// Companies of a name, present or former, exact after normalisation; several when codes differ.
    public func companies(name: String) -> [RegistryCompany] {
        let key = NormalisedName(company: name).key
        guard !key.isEmpty else { return [] }
        return grouped(Set((byName[key] ?? []) + (byFormerName[key] ?? [])).sorted())
    }

    /// Rows of one code and one name are one company, in the order of the list.
    private func grouped(_ rows: [Int]) -> [RegistryCompany] {
        var companies: [RegistryCompany] = []
        for row in rows.map({ list.rows[$0] }) {
            let code = row.code?.text ?? row.damagedCode
            let award = row.title.map {
                RegistryAward(
                    title: $0, level: row.level, document: row.document, batch: row.batch, validFrom: row.validFrom,
                    validUntil: row.validUntil, status: row.isRevoked ? .revoked : .granted)
            }
            if let known = companies.firstIndex(where: { $0.code == code && $0.name == row.company }) {
                companies[known].awards += [award].compactMap { $0 }
            } else {
                companies.append(
                    RegistryCompany(
                        code: code, name: row.company, formerNames: row.formerNames, region: row.region,
                        awards: [award].compactMap { $0 }))
            }
        }
        return companies
    }
}
