import Store
import Web

extension ExpertsServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> ExpertsServices {
        let store = SQLiteExpertStore(stores.database, seal: stores.seal)
        var services = ExpertsServices()
        services.store = store
        services.guards = [
            ExpertReviewGuard(
                store: store, declarations: stores.cells.declarations)
        ]
        services.followers = [
            ExpertCaseFollower(store: store, clock: stores.clock, random: stores.random)
        ]
        services.background = [SealingWork("experts") { try await store.sealClear() }]
        return services
    }
}
