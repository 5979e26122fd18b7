import Review
import Store
import Web

extension SamplingServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> SamplingServices {
        var services = SamplingServices()
        let samples = SQLiteSampleStore(stores.database)
        services.store = samples
        services.guards = [SamplesJudgedGuard(samples: samples, lists: stores.cells.declarations)]
        return services
    }
}
