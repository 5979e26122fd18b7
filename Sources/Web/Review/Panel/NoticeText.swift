import Evaluate
import Review
import Scheme
import Vocabulary

/// The public notice as data: what its page, its official text and the API all say.
struct NoticeText: Sendable {
    let work: PanelWork
    let contacts: NoticeContacts?
    let notices: [PublicNotice]
    /// Announced, in the order of their ids; empty as long as names are not shown.
    let platforms: [Participation]
    /// Platform → rank; only where the scheme shows ranks at this state.
    let ranks: [PlatformID: Int]

    init(_ work: PanelWork) async throws {
        self.work = work
        contacts = try await work.stores.contacts(work.round.id)
        notices = try await work.stores.notices(work.round.id)
        let sight = ResultVisibility.ofPublic(work.round, scheme: work.scheme)
        let announced: Set<SubmissionState> = [.inNotice, .objection, .published]
        let all = sight.names && !notices.isEmpty ? try await work.site.participations(work.round.id) : []
        platforms = all.filter { announced.contains($0.submission) }
        var ranks: [PlatformID: Int] = [:]
        if sight.ranks, let number = notices.last?.computation {
            let field = try await work.result(number).field
            for one in platforms { ranks[one.platform] = field.unit(one.platform.rawValue)?.rank }
        }
        self.ranks = ranks
    }

    var notice: PublicNotice? { notices.last }

    struct Resource: Encodable, Sendable {
        let round: RoundID
        let title: LocalizedText
        let state: RoundState
        let notices: [PublicNotice]
        let isOpenForObjections: Bool
        let contacts: NoticeContacts?
        let platforms: [Announced]
    }

    struct Announced: Encodable, Sendable {
        let platform: PlatformID
        let name: String
        let company: String
        let city: LocalizedText
        let type: LocalizedText
        let rank: Int?
    }

    var isOpenForObjections: Bool {
        guard work.round.state == .notice, let notice else { return false }
        return notice.isOpen(on: work.today) || notice.days == 0 || !work.enforces
    }

    var resource: Resource {
        Resource(
            round: work.round.id, title: work.round.title, state: work.round.state, notices: notices,
            isOpenForObjections: isOpenForObjections, contacts: contacts,
            platforms: platforms.map { one in
                let city = one.company.region.city
                let type = work.scheme.types.first { $0.id == one.type }?.title
                return Announced(
                    platform: one.platform, name: one.name, company: one.company.name,
                    city: LocalizedText(
                        zh: work.scheme.regionTitle(city, .zhHans), en: work.scheme.regionTitle(city, .en)),
                    type: type ?? LocalizedText(zh: one.type, en: one.type), rank: ranks[one.platform])
            })
    }
}
