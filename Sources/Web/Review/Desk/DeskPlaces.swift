import Access
import Review

/// Entries of the navigation that lead to this area: the review desk.
enum DeskPlaces {
    /// Key under `web.nav.`, address; only what the reader may open.
    static func of(_ principal: Principal, _ round: Round?) -> [(key: String, href: String)] {
        guard let id = round?.id else { return [] }
        if principal.may(.checkFormally) || principal.may(.decideRound) {
            return [("signals", "/authority/rounds/\(id)/signals")]
        }
        return principal.company == nil ? [] : [("queries", "/company/rounds/\(id)/queries")]
    }
}
