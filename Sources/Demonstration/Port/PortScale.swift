import Vocabulary

/// By how much each port indicator of the demonstration is scaled down on the wire. Verified = counted × factor, and
/// every sheet says so; the factors are stated in the round itself.
public enum PortScale {
    public static let devices = 100
    public static let points = 400
    public static let users = 20
    public static let subscriptions = 10

    /// The round's `portScale`: indicators that are not named are sent in full.
    public static let factors: [IndicatorID: Int] = [
        "devices-connected": devices, "data-points": points, "registered-users": users,
        "monthly-active-users": users, "app-subscriptions": subscriptions, "killer-app-users": subscriptions,
    ]
}
