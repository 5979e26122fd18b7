import Access
import Review

/// Entries of the navigation that lead to this area: windows, quotas, guards, clocks and messages of submissions.
enum WorkflowPlaces {
    /// Key under `web.nav.`, address; only what the reader may open.
    static func of(_ principal: Principal, _ round: Round?) -> [(key: String, href: String)] {
        var places: [(key: String, href: String)] = []
        if principal.isOffice, let round { places.append(("submissions", "/authority/rounds/\(round.id)/submissions")) }
        if principal.isSignedIn { places.append(("inbox", "/inbox")) }
        return places
    }
}
