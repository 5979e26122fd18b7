import Store
import Web

extension FormsServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> FormsServices {
        var services = FormsServices()
        services.activity = SQLiteFormActivityStore(stores.database)
        services.guards = [FormsGuard(store: stores.cells.declarations)]
        return services
    }
}
