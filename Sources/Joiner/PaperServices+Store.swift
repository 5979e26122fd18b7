import Store
import Web

extension PaperServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> PaperServices {
        let archive = SQLitePaperArchive(stores.database, path: stores.folder + "/scans")
        let eligibility = SQLiteEligibilityStore(stores.database)
        var services = PaperServices()
        services.archive = archive
        services.eligibility = eligibility
        services.scanReader = InstalledScanReader()
        services.guards = [
            StampedPaperGuard(
                archive: archive, declarations: stores.cells.declarations, evidence: stores.cells.evidence),
            EligibilityGuard(store: eligibility),
        ]
        return services
    }
}
