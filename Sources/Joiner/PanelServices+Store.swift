import Review
import Store
import Web

extension PanelServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> PanelServices {
        var services = PanelServices()
        let workflow = try WorkflowServices.joined(stores)
        let store = SQLitePanelStore(stores.database, path: stores.folder + "/panel", seal: stores.seal)
        services.store = store
        services.contactMail = stores.channels.first { $0.name == "mail" }
        services.periods = { round in
            let process = try await workflow.process(of: round)
            return PanelPeriods(
                recheckDays: process.recheck, noticeDays: process.notice, calendar: workflow.calendar)
        }
        services.guards = [
            PanelGuard(
                stores: store, evaluations: stores.evaluations, verifications: stores.cells.verifications)
        ]
        let follower = PanelFollower(
            stores: store, evaluations: stores.evaluations, periods: services.periods, random: stores.random)
        services.followers = [follower]
        services.background = [
            SealingWork("objectors") { try await store.sealClear() },
            TellingWork(
                .init(
                    rounds: stores.rounds, schemes: stores.schemes,
                    submissions: SQLiteSubmissionStore(stores.database), tellings: store), follower: follower),
        ]
        if let mail = services.contactMail {
            services.background.append(ContactCodeWork(codes: store, mail: mail, clock: stores.clock))
        }
        return services
    }
}
