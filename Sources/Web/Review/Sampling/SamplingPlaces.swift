import Access
import Review

/// Entries of the navigation that lead to this area: verification by sample and checks on site.
enum SamplingPlaces {
    /// Key under `web.nav.`, address; only what the reader may open.
    static func of(_ principal: Principal, _ round: Round?) -> [(key: String, href: String)] {
        guard let round, principal.hasSomewhere(.readSample) else { return [] }
        if principal.isOffice { return [("sampling", "/authority/rounds/\(round.id)/sampling")] }
        return [("proofs", "/company/rounds/\(round.id)/sampling")]
    }
}
