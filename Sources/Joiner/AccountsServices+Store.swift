import Store
import Web

extension AccountsServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> AccountsServices {
        var services = AccountsServices()
        services.factors = SQLiteSecondFactorStore(stores.database, seal: stores.seal)
        return services
    }
}
