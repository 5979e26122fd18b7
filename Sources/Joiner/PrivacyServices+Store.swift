import Store
import Vocabulary
import Web

extension PrivacyServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> PrivacyServices {
        var services = PrivacyServices()
        services.seal = stores.seal
        services.keep(SQLiteRetentionStore(stores.database), clock: stores.clock, random: stores.random)
        return services
    }
}
