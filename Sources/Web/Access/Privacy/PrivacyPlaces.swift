import Access
import Review

/// Entries of the navigation that lead to this area: personal data.
enum PrivacyPlaces {
    /// Key under `web.nav.`, address; only what the reader may open.
    static func of(_ principal: Principal, _ round: Round?) -> [(key: String, href: String)] {
        guard let round, principal.may(.readRetention) else { return [] }
        return [("privacy", "/authority/rounds/\(round.id)/privacy")]
    }
}
