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
        let reading = ScanReadingWork(
            archive: archive, reader: InstalledScanReader(folder: stores.folder + "/scan-reading"),
            clock: stores.clock, random: stores.random)
        services.reading = reading
        services.background = [reading]
        services.guards = [
            StampedPaperGuard(
                archive: archive, declarations: stores.cells.declarations, evidence: stores.cells.evidence,
                reading: reading),
            EligibilityGuard(store: eligibility),
        ]
        return services
    }
}
