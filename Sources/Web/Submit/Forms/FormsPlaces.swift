import Access
import Review

/// Entries of the navigation that lead to this area: the forms that companies fill in.
enum FormsPlaces {
    /// Key under `web.nav.`, address; only what the reader may open.
    static func of(_ principal: Principal, _ round: Round?) -> [(key: String, href: String)] {
        []
    }
}
