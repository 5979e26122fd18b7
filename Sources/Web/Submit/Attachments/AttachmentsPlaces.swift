import Access
import Review

/// Entries of the navigation that lead to this area: evidence files: upload, preview, reading and checks.
enum AttachmentsPlaces {
    /// Key under `web.nav.`, address; only what the reader may open.
    static func of(_ principal: Principal, _ round: Round?) -> [(key: String, href: String)] {
        guard let round, !principal.roles.isDisjoint(with: Role.company) else { return [] }
        return [("evidence", "/company/rounds/\(round.id)/evidence")]
    }
}
