/// What is wrong with a platform of the demonstration, on purpose; docs/demonstration.md tells where and how it shows.
public enum PlantedCheat: String, Sendable, Hashable, CaseIterable {
    /// A large part of its devices are also another platform's.
    case sharedDevices = "shared-devices"
    /// The owner of the devices that the other one claims as well.
    case sharedDevicesOwner = "shared-devices-owner"
    /// Devices stand in its inventory that never spoke.
    case silentDevices = "silent-devices"
    /// Sensors are sent as devices; the port rejects the rows.
    case sensorsAsDevices = "sensors-as-devices"
    /// Most of its points never change.
    case constantPoints = "constant-points"
    /// Its data-management certificate ended before the cut-off.
    case expiredCertificate = "expired-certificate"
    /// The certificate it hands in bears another company's name.
    case foreignCertificate = "foreign-certificate"
    /// Bought company codes: invalid and repeated ones in its customer list.
    case boughtCodes = "bought-codes"
    /// Its own monthly summary states twice of what its rows show.
    case inflatedSummary = "inflated-summary"
    /// Connected in the last port month only (no cheat: a case that counting must get right).
    case connectedLate = "connected-late"
    /// Weeks of the middle port month are missing (no cheat).
    case incompletePort = "incomplete-port"
    /// Sends summaries and gauges only, no rows (no cheat).
    case declaredOnly = "declared-only"

    /// Where each stands in a field, as indexes from 0; a smaller field leaves out those beyond its end.
    static let places: [(index: Int, cheat: PlantedCheat)] = [
        (2, .sharedDevices), (5, .sharedDevicesOwner), (8, .silentDevices), (10, .sensorsAsDevices),
        (12, .constantPoints), (14, .expiredCertificate), (17, .foreignCertificate), (19, .boughtCodes),
        (22, .inflatedSummary), (25, .connectedLate), (28, .incompletePort), (31, .declaredOnly),
    ]

    /// The places in a field of so many platforms: as in forty, drawn together where there are fewer.
    static func placed(in platforms: Int) -> [Int: PlantedCheat] {
        guard platforms >= places.count else { return [:] }
        let spread = platforms >= 32
        var result: [Int: PlantedCheat] = [:]
        for (order, entry) in places.enumerated() { result[spread ? entry.index : order] = entry.cheat }
        return result
    }
}
