/// A measure of the port that a scheme may name for an indicator, `name` or `name:argument`.
///
/// What a measure counts is fixed here; which indicator uses which, over which window and with which argument, is the
/// scheme's. Windows: `portMonthsMean` or `end` (see `Scheme.Window`).
public enum PortMeasure: Sendable, Hashable {
    /// `distinct-devices`: devices that reported in the month, split by cloud.
    case distinctDevices
    /// `effective-points`: (device, point) pairs with samples on at least 20 days of the month, or on 80 % of the
    /// days on which their device spoke.
    case effectivePoints
    /// `vcpu-cores`: the node inventory's cores, else the gauge `vcpu`; the month's median day.
    case vcpuCores
    /// `storage-bytes`: storage in use from the node inventory, else the gauge `storage_bytes`; in TB of
    /// 10^12 bytes.
    case storageBytes
    /// `models-in-use` or `models-in-use:KIND`: published models (of the kind) called in the port months.
    case modelsInUse(kind: String?)
    /// `apps-in-use`: apps published, not withdrawn, with a live subscription or a call in the port months.
    case appsInUse
    /// `live-subscriptions`: live (app, subscriber) pairs.
    case liveSubscriptions
    /// `leading-app-users:N`: users of the N apps with the most subscribers, each once.
    case leadingAppUsers(count: Int)
    /// `registered-users`: registered, not cancelled users.
    case registeredUsers
    /// `monthly-active-users`: users who called an app in the month.
    case monthlyActiveUsers
    /// `active-developers`: registered developers with an act in the data year.
    case activeDevelopers

    /// The kinds of records that the measure reads.
    var kinds: [RecordKind] {
        switch self {
        case .distinctDevices: [.device]
        case .effectivePoints: [.device, .point]
        case .vcpuCores, .storageBytes: [.node, .gauge]
        case .modelsInUse: [.model, .call]
        case .appsInUse: [.app, .subscription, .call]
        case .liveSubscriptions, .leadingAppUsers: [.subscription, .app]
        case .registeredUsers: [.user]
        case .monthlyActiveUsers: [.call]
        case .activeDevelopers: [.developer]
        }
    }

    /// Every name, without arguments.
    public static let names = [
        "distinct-devices", "effective-points", "vcpu-cores", "storage-bytes", "models-in-use", "apps-in-use",
        "live-subscriptions", "leading-app-users", "registered-users", "monthly-active-users", "active-developers",
    ]

    /// Nil when no measure has that name, or its argument is not one it takes.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let argument = parts.count == 2 ? parts[1] : nil
        switch (parts[0], argument) {
        case ("distinct-devices", nil): self = .distinctDevices
        case ("effective-points", nil): self = .effectivePoints
        case ("vcpu-cores", nil): self = .vcpuCores
        case ("storage-bytes", nil): self = .storageBytes
        case ("models-in-use", _) where argument != "": self = .modelsInUse(kind: argument)
        case ("apps-in-use", nil): self = .appsInUse
        case ("live-subscriptions", nil): self = .liveSubscriptions
        case ("leading-app-users", _):
            guard let count = Int(argument ?? "5"), count > 0 else { return nil }
            self = .leadingAppUsers(count: count)
        case ("registered-users", nil): self = .registeredUsers
        case ("monthly-active-users", nil): self = .monthlyActiveUsers
        case ("active-developers", nil): self = .activeDevelopers
        default: return nil
        }
    }
}
