import Scheme
import Vocabulary

/// Which stratum a row of a list belongs to, and which city's office judges it.
///
/// The place of a row is the first of: its field of kind region, the region in its credit code (positions 3–8), the
/// country of a customer abroad. A city of the province is a stratum of its own, every other province is one, all of
/// abroad is one; where the row has a field `size`, its value divides the stratum further.
public struct SampleStratification: Sendable {
    /// Stratum of rows of which no place is known.
    public static let unknown = "unknown"
    /// Stratum of rows of customers abroad.
    public static let abroad = "abroad"

    private let regionFields: [String]
    private let codeFields: [String]
    private let countryFields: [String]
    private let hasSize: Bool
    private let cities: Set<String>
    private let home: RegionCode

    /// - Parameter home: the platform operator's region, whose city judges rows of no city of the province.
    public init(indicator: Indicator, scheme: IndicatorScheme, home: RegionCode) {
        regionFields = indicator.items.filter { $0.kind == .region }.map(\.id)
        codeFields = indicator.items.filter { $0.kind == .creditCode }.map(\.id)
        countryFields = indicator.items.filter { $0.kind == .country }.map(\.id)
        hasSize = indicator.items.contains { $0.id == "size" }
        let regions = scheme.dictionary("regions")?.entries ?? []
        cities = Set(regions.map { RegionCode($0.code).city.rawValue })
        self.home = home.city
    }

    /// - Parameter fields: the row's values by field id, as they are stored.
    public func place(_ fields: [String: String]) -> (stratum: String, office: RegionCode) {
        let region =
            regionFields.lazy.compactMap { fields[$0] }.first { $0.utf8.count == 6 }
            ?? codeFields.lazy.compactMap { fields[$0] }.first { $0.utf8.count == 18 }.map {
                String($0.dropFirst(2).prefix(6))
            }
        let stratum: String
        var office = home
        if let region {
            let city = RegionCode(region).city
            if cities.contains(city.rawValue) {
                stratum = city.rawValue
                office = city
            } else {
                stratum = String(region.prefix(2)) + "0000"
            }
        } else {
            stratum = countryFields.contains { fields[$0] != nil } ? Self.abroad : Self.unknown
        }
        guard hasSize, let size = fields["size"] else { return (stratum, office) }
        return ("\(stratum)/\(size)", office)
    }
}
