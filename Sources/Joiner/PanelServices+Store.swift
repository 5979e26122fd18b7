import Review
import Store
import Web

extension PanelServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> PanelServices {
        var services = PanelServices()
        let workflow = try WorkflowServices.joined(stores)
        let store = SQLitePanelStore(stores.database, path: stores.folder + "/panel")
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
        services.followers = [
            PanelFollower(
                stores: store, evaluations: stores.evaluations, periods: services.periods,
                random: stores.random)
        ]
        return services
    }
}
