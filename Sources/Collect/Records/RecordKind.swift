/// The kinds of record that the port takes; raw values are stored, names are on the wire.
public enum RecordKind: UInt8, Sendable, Hashable, CaseIterable, Comparable, CustomStringConvertible {
    case device = 1
    case point, node, gauge, model, app, user, developer, subscription, call, company, summary

    /// The name on the wire: `device`.
    public var name: String {
        switch self {
        case .device: return "device"
        case .point: return "point"
        case .node: return "node"
        case .gauge: return "gauge"
        case .model: return "model"
        case .app: return "app"
        case .user: return "user"
        case .developer: return "developer"
        case .subscription: return "subscription"
        case .call: return "call"
        case .company: return "company"
        case .summary: return "summary"
        }
    }

    public init?(name: String) {
        guard let kind = RecordKind.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }

    /// Sets that change by add and remove; a snapshot may state them whole.
    public var isStock: Bool {
        switch self {
        case .node, .model, .app, .user, .developer, .subscription, .company: return true
        case .device, .point, .gauge, .call, .summary: return false
        }
    }

    /// Kinds whose whole set a snapshot may state: the stocks, and devices as an inventory list.
    public var takesSnapshots: Bool { isStock || self == .device }

    /// Kinds whose identifiers are people's: keyed within one platform, never comparable across platforms.
    public var isPersonal: Bool { self == .user || self == .developer }

    public static func < (a: RecordKind, b: RecordKind) -> Bool { a.rawValue < b.rawValue }
    public var description: String { name }
}
