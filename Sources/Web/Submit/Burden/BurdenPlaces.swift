import Access
import Review

/// Entries of the navigation that lead to this area: what filling in costs the companies.
enum BurdenPlaces {
    /// Key under `web.nav.`, address; only what the reader may open.
    static func of(_ principal: Principal, _ round: Round?) -> [(key: String, href: String)] {
        guard let round, principal.may(.readDraftResult) else { return [] }
        return [("burden", "/authority/rounds/\(round.id)/burden")]
    }
}
