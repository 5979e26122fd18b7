import Review
import Store
import Web

extension DeskServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> DeskServices {
        var services = DeskServices()
        let items = SQLiteDeskStore(stores.database)
        let queries = SQLiteQueryStore(stores.database)
        services.items = items
        services.queries = queries
        services.checklists = SQLiteChecklistStore(stores.database)
        services.guards = [ItemsDecidedGuard(items), QueriesAnsweredGuard(queries)]
        services.signalSources = [
            DeviationSignals(records: stores.records, verifications: stores.cells.verifications)
        ]
        services.followers = [StageFollower(items)]
        return services
    }
}
