import Access
import Review

/// Entries of the navigation that lead to this area: documents made from data, and eligibility.
enum PaperPlaces {
    /// Key under `web.nav.`, address; only what the reader may open.
    static func of(_ principal: Principal, _ round: Round?) -> [(key: String, href: String)] {
        guard let round else { return [] }
        var places: [(key: String, href: String)] = []
        if !principal.roles.isDisjoint(with: Role.company) {
            places.append(("papers", "/company/rounds/\(round.id)/papers"))
        }
        if principal.isOffice { places.append(("office_papers", "/authority/rounds/\(round.id)/papers")) }
        return places
    }
}
