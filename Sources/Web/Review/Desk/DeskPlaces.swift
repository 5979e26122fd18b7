import Access
import Review

/// Entries of the navigation that lead to this area: the review desk.
enum DeskPlaces {
    /// Key under `web.nav.`, address; only what the reader may open.
    static func of(_ principal: Principal, _ round: Round?) -> [(key: String, href: String)] {
        []
    }
}
