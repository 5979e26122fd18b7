import Access
import Review
import Scheme
import Submit
import Vocabulary

/// A round's samples with who asks: what pages and routes of this area begin with.
struct SamplingAccess: Sendable {
    let services: Services
    let round: Round
    let scheme: IndicatorScheme
    let principal: Principal
    let now: Instant
    let cutter: DayCutter
    let store: any SampleStore

    init(_ services: Services, _ context: WebContext) async throws {
        self.services = services
        round = try await services.round(context)
        scheme = try await services.scheme(of: round)
        principal = context.principal
        now = services.clock.now()
        store = try services.people.sampling.samples()
        guard let cutter = DayCutter(zoneName: scheme.zone) else {
            throw Failure("scheme.unknown", ["scheme": round.scheme.rawValue])
        }
        self.cutter = cutter
    }

    var today: CivilDay { cutter.day(of: now) }
    var account: AccountID { principal.account ?? AccountID("") }
    var rules: Sampling? { scheme.sampling }

    /// The last day for proof of what is drawn today; today itself where the round sets no period.
    func dueDay() async throws -> CivilDay {
        let workflow = services.people.workflow
        return workflow.calendar.day(try await workflow.process(of: round).sampleProof, workdaysAfter: today)
    }

    func stage(_ list: SampledList) -> SampledList.Stage {
        list.stage(on: today, drawnOn: list.drawing.map { cutter.day(of: $0.at) })
    }

    /// Which drawn rows the asker may judge or, with `readSample`, see; nil: all of them.
    func reach(_ permission: Permission) async throws -> DrawnRowFilter.Reach? {
        if principal.may(permission) { return nil }
        var reach = DrawnRowFilter.Reach()
        if let region = principal.region,
            principal.may(permission, on: .platform(company: "", region: region, assigned: []))
        {
            reach.offices.insert(region.city)
        }
        for one in try await participations() where principal.may(permission, on: one.sampleScope) {
            reach.platforms.insert(one.platform)
        }
        // A city judges the rows of its own, whoever handed them in; not those of its platforms elsewhere.
        if permission == .judgeSample, !reach.offices.isEmpty, !principal.roles.contains(.verifier) {
            reach.platforms = []
        }
        return reach
    }

    /// Every platform of the round.
    func participations() async throws -> [Participation] {
        var all: [Participation] = []
        while true {
            let page = try await services.rounds.participations(round.id, after: all.last?.platform, limit: 500)
            all += page
            if page.count < 500 { return all }
        }
    }

    /// - Throws: `access.denied` for who has no part in samples, `access.sign_in_required` for nobody.
    func requireOffice(_ permission: Permission = .readSample) throws {
        guard principal.isSignedIn else { throw Failure("access.sign_in_required") }
        guard principal.isOffice, principal.hasSomewhere(permission) else {
            throw Failure("access.denied", ["permission": permission.rawValue])
        }
    }
}

extension Participation {
    /// The scope on which permissions for this platform's samples are asked.
    var sampleScope: Scope { scope }

    /// The scope of a drawn row: the office is that of the row's city, not of the platform.
    func rowScope(_ office: RegionCode) -> Scope {
        .platform(company: company.code.description, region: office, assigned: verifiers)
    }
}

extension Principal {
    /// Whether the permission is given anywhere: everywhere, or within the own company, region or assignments.
    func hasSomewhere(_ permission: Permission) -> Bool {
        may(permission) || may(permission, on: .platform(company: company ?? "", region: region))
    }
}

extension Services {
    /// Lists of the platform that verification by sample sent back and that are not frozen anew.
    func reopenedLists(_ owner: Participation) async throws -> Set<IndicatorID> {
        guard owner.submission == .verification, let store = people.sampling.store else { return [] }
        return Set(
            try await store.lists(owner.round, owner.platform).filter { $0.outcome == .returned }
                .map(\.cell.indicator))
    }
}
