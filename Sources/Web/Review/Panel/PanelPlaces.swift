import Access
import Review

/// Entries of the navigation that lead to this area: panel, telling, public notice, objections and corrections.
enum PanelPlaces {
    /// Key under `web.nav.`, address; only what the reader may open.
    static func of(_ principal: Principal, _ round: Round?) -> [(key: String, href: String)] {
        guard let round else { return [] }
        var places: [(key: String, href: String)] = []
        let isLate = round.state.order >= RoundState.evaluating.order || round.state == .suspended
        if principal.may(.readDraftResult), isLate {
            places.append(("panel", "/authority/rounds/\(round.id)/panel"))
            if round.state.order >= RoundState.published.order {
                places.append(("corrections", "/authority/rounds/\(round.id)/corrections"))
            }
        }
        if principal.company != nil, isLate { places.append(("telling", "/company/rounds/\(round.id)/telling")) }
        if round.state.order >= RoundState.notice.order { places.append(("notice", "/rounds/\(round.id)/notice")) }
        return places
    }
}
