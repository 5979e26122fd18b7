import Review
import Store
import Web

extension SamplingServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> SamplingServices {
        var services = SamplingServices()
        let samples = SQLiteSampleStore(stores.database)
        services.store = samples
        let visits = SQLiteSiteCheckStore(stores.database)
        services.siteChecks = visits
        services.assignments = SQLiteVerifierAssignmentStore(stores.database)
        services.guards = [
            SamplesJudgedGuard(samples: samples, lists: stores.cells.declarations),
            SiteRecordSignedGuard(checks: visits, evidence: stores.cells.evidence),
        ]
        return services
    }
}
