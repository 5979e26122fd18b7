import Access
import Review

/// Entries of the navigation that lead to this area: experts and their marks.
enum ExpertsPlaces {
    /// Key under `web.nav.`, address; only what the reader may open.
    static func of(_ principal: Principal, _ round: Round?) -> [(key: String, href: String)] {
        var places: [(key: String, href: String)] = []
        if let round {
            if principal.may(.readCases) { places.append(("cases", "/expert/rounds/\(round.id)")) }
            if principal.may(.readMarks) { places.append(("experts", "/authority/rounds/\(round.id)/experts")) }
        }
        if principal.may(.keepExperts) { places.append(("expert_pool", "/authority/experts")) }
        return places
    }
}
