import Scheme
import Vocabulary

/// The rows of one platform's item list for one indicator, field by field.
struct ItemRows {
    let field: DemonstrationField
    let platform: DemonstrationPlatform
    let indicator: Indicator

    /// How many distinct good rows the platform has.
    var count: Int {
        let figures = platform.figures
        switch indicator.id {
        case "solutions": return figures.solutions
        case "core-talent": return figures.talent
        case "ip-results": return figures.intellectualProperty
        case "diagnosis-projects": return figures.diagnosis
        case "companies-served": return figures.companies
        case "parks-served": return figures.parks
        case "industry-llm": return chosen([0, 0, 1, 1, 2, 3, 4])
        case "standards": return chosen([0, 0, 1, 1, 2, 3, 5])
        case "dcmm-level": return dataManagementLevel > 0 ? 1 : 0
        case "mlps-level": return 1
        default: return field.caseCount(of: platform, indicator.id)
        }
    }

    /// 0 without a certificate, else 2…5.
    var dataManagementLevel: Int {
        switch platform.cheat {
        case .expiredCertificate: return 4
        case .foreignCertificate: return 5
        default: return chosen([0, 0, 2, 2, 3, 3, 4, 5])
        }
    }

    /// Level 3 asks for a report of the last 12 months; one platform in seven has none.
    var hasSecurityReport: Bool { drawn("report", 0) % 7 != 0 }

    /// One of the choices: larger platforms come further to the right.
    private func chosen(_ choices: [Int]) -> Int {
        let noise = Double(drawn("choice", 0) % 1000) / 1000 - 0.5
        let place = (platform.figures.size * 0.75 + 0.125 + noise * 0.25) * Double(choices.count)
        return choices[min(choices.count - 1, max(0, Int(place)))]
    }

    func drawn(_ name: String, _ row: Int) -> UInt64 {
        Mixing.hash(Mixing.hash(field.seed, "\(indicator.id)/\(platform.index)/\(name)"), UInt64(row))
    }

    /// A customer of the platform; the same row, the same customer.
    private func customer(_ row: Int) -> CompanyUniverse.Company? {
        field.universe.company(field.universe.customer(of: platform.index, row))
    }

    /// The row by field id.
    func row(_ row: Int) -> [String: String] {
        indicator.items.reduce(into: [:]) { $0[$1.id] = text($1, row) }
    }

    private func text(_ item: ItemField, _ row: Int) -> String {
        if let own = special(item, row) { return own }
        let number = drawn(item.id, row)
        switch item.kind {
        case .creditCode: return customer(row)?.code.text ?? ""
        case .region: return customer(row)?.city.code ?? platform.operator.region.rawValue
        case .choice(let id): return choice(id, number)
        case .country: return field.book.entry(field.book.countries, number)
        case .year: return "\(year)"
        case .date: return day(number).description
        case .number: return "\(1 + number % 12)"
        case .certificate, .text: return wording(item, row, number)
        }
    }

    private var year: Int { field.scheme.calendar?.dataYear.value ?? field.cutOff.components.year }

    /// A day of the data year.
    private func day(_ number: UInt64) -> CivilDay {
        CivilMonth(year: year, month: 1).firstDay.adding(days: Int(number % 360))
    }

    private func choice(_ dictionary: String, _ number: UInt64) -> String {
        let codes = field.scheme.dictionary(dictionary)?.entries.filter(\.isCounted).map(\.code) ?? []
        return field.book.entry(codes, number)
    }

    /// What the indicator's own meaning asks for; nil for everything that its kind decides.
    private func special(_ item: ItemField, _ row: Int) -> String? {
        switch indicator.id.rawValue {
        case "industry-llm" where item.id == "proof":
            return row < (count + 1) / 3 ? "filing" : "copyright"
        case "dcmm-level", "mlps-level": return certificate(item)
        case "ip-results": return intellectualProperty(item, row)
        case "standards" where item.id == "role" || item.id == "number": return standard(item, row)
        case "diagnosis-projects" where item.id == "year": return "\(year - Int(drawn("year", row) % 3))"
        case "companies-served": return company(item, row)
        case "scenarios" where item.id == "scenario":
            let codes = field.scheme.dictionary("scenarios")?.entries.map(\.code) ?? []
            return codes.isEmpty ? "" : codes[(row + platform.index) % codes.count]
        case "core-talent" where item.id == "insured-months": return "\(3 + drawn("months", row) % 60)"
        default: return nil
        }
    }

    private func certificate(_ item: ItemField) -> String? {
        let cutOff = field.cutOff
        switch (indicator.id.rawValue, item.id) {
        case ("dcmm-level", "level"): return "\(dataManagementLevel)"
        case ("dcmm-level", "number"): return "DEMO-DCMM-\(10_000 + platform.index * 37)"
        case ("dcmm-level", "holder"):
            return platform.cheat == .foreignCertificate ? foreignHolder?.name ?? "" : platform.operator.name
        case ("dcmm-level", "valid-from"):
            return cutOff.adding(days: platform.cheat == .expiredCertificate ? -1170 : -400).description
        case ("dcmm-level", "valid-to"):
            return cutOff.adding(days: platform.cheat == .expiredCertificate ? -75 : 695).description
        case ("mlps-level", "level"): return platform.figures.size > 0.3 ? "3" : "2"
        case ("mlps-level", "filing"):
            return CertificateNumbers.securityFiling(
                region: platform.operator.region.rawValue, number: 10_000 + platform.index * 131)
        case ("mlps-level", "system"): return platform.name
        case ("mlps-level", "filed"): return cutOff.adding(days: -600).description
        case ("mlps-level", "report-date"): return hasSecurityReport ? cutOff.adding(days: -150).description : ""
        case ("mlps-level", "conclusion"): return hasSecurityReport ? "good" : ""
        default: return nil
        }
    }

    /// Whose certificate the planted platform hands in.
    var foreignHolder: CompanyUniverse.Company? { field.universe.company(99_000 + platform.index) }

    private func intellectualProperty(_ item: ItemField, _ row: Int) -> String? {
        let drawn = drawn("kind", row)
        let kind =
            [
                "invention", "invention", "invention", "utility-model", "utility-model", "design", "software-copyright",
                "software-copyright", "software-copyright", "bought-patent",
            ][Int(drawn % 10)]
        let granted = year - Int((drawn >> 8) % 8)
        let serial = platform.index * 25_013 + row
        switch item.id {
        case "kind": return kind
        case "patent" where kind == "software-copyright", "copyright" where kind != "software-copyright": return ""
        case "patent":
            let digit = kind == "utility-model" ? 2 : kind == "design" ? 3 : 1
            return CertificateNumbers.patent(year: granted - 1, kind: digit, number: serial)
        case "copyright": return CertificateNumbers.softwareCopyright(year: granted, number: serial)
        case "owner": return platform.operator.name
        case "date": return CivilDay(year: granted, month: 1 + Int(drawn >> 16) % 12, day: 15)?.description
        default: return nil
        }
    }

    private func standard(_ item: ItemField, _ row: Int) -> String? {
        let role = ["national-part", "industry-part", "industry-led", "national-led", "national-part"][row % 5]
        if item.id == "role" { return role }
        return CertificateNumbers.standard(
            isNational: role.hasPrefix("national"), number: platform.index * 20 + row, year: year - row % 4)
    }

    /// One customer in fifty is abroad.
    func isAbroad(_ row: Int) -> Bool { row % 50 == 49 }

    private func company(_ item: ItemField, _ row: Int) -> String? {
        let abroad = isAbroad(row)
        switch item.id {
        case "name": return abroad ? "Demonstration Works No. \(platform.index * 1000 + row)" : customer(row)?.name
        case "code": return abroad ? "" : customer(row)?.code.text
        case "country": return abroad ? nil : ""
        case "registration": return abroad ? "DEMO-\(platform.index)-\(row)" : ""
        case "region": return abroad ? "" : customer(row)?.city.code
        default: return nil
        }
    }

    private func wording(_ item: ItemField, _ row: Int, _ number: UInt64) -> String {
        let book = field.book
        let subject = book.entry(book.subjects, number)
        switch (indicator.id.rawValue, item.id) {
        case ("core-talent", "name"): return book.person(number)
        case ("core-talent", "id-tail"):
            return String(String(10_000 + (UInt64(row) * 7919 + number % 7) % 10_000).suffix(4))
        case ("core-talent", "certificate"): return "DEMO-\(platform.index)-\(100_000 + row)"
        case ("industry-llm", "model"): return platform.tradeName + book.entry(book.modelKinds, UInt64(row))
        case ("industry-llm", "number"): return "DEMO-\(platform.index)-\(row + 1)"
        case ("industry-llm", _): return subject
        case ("solutions", "title"):
            return (customer(row)?.name ?? "") + subject + book.entry(book.solutionKinds, number >> 16)
        case ("parks-served", "park"):
            return (customer(row)?.city.short ?? "") + book.entry(book.tradeFirst, number)
                + book.entry(book.tradeSecond, UInt64(row)) + book.entry(book.parkKinds, number >> 24)
        case (_, "contract"): return "DEMO-HT-\(platform.index)-\(row + 1)"
        case ("standards", "title"): return book.entry(book.standardKinds, UInt64(row + platform.index))
        case ("ip-results", "title"):
            let kinds = number % 2 == 0 ? book.inventionKinds : book.softwareKinds
            return subject + book.entry(kinds, number >> 16)
        case ("dual-carbon", "title"): return subject + book.entry(book.carbonKinds, UInt64(row + platform.index))
        case ("regional-enablement", "title"):
            return (customer(row)?.city.short ?? "") + book.entry(book.regionKinds, UInt64(row + platform.index))
        case ("overseas", "title"): return subject + book.entry(book.overseasKinds, UInt64(row + platform.index))
        case ("overseas", "customer"): return "Demonstration Overseas Co. \(platform.index * 10 + row)"
        case ("scenarios", "title"): return subject + book.entry(book.solutionKinds, number >> 16)
        case (_, "client"): return (customer(row)?.city.name ?? "") + book.client
        case (_, "summary"): return book.entry(book.caseSummaries, number >> 8)
        case (_, "product"): return subject + book.entry(book.appTitles, number >> 16)
        default: return subject
        }
    }
}
