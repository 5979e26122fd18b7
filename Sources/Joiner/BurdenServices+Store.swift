import Store
import Web

extension BurdenServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> BurdenServices {
        var services = BurdenServices()
        services.store = SQLiteBurdenStore(stores.database)
        return services
    }
}
