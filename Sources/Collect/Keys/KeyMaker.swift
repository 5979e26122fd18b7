/// Turns identifiers into keys. Things that are compared across platforms (devices, nodes, models, apps, companies)
/// are keyed by kind alone; people are keyed by kind and platform, so that nobody can be followed from one to another.
struct KeyMaker: Sendable {
    private let sip: SipHash128
    /// The states after the prefixes that most rows need.
    private let device: SipState
    private let point: SipState

    init(seed: KeySeed) {
        self.sip = SipHash128(seed: seed)
        self.device = sip.state(prefix: Domain.device.rawValue)
        self.point = sip.state(prefix: Domain.point.rawValue)
    }

    /// What an identifier names; a `device` of a point is the `device` of a device record.
    enum Domain: UInt64 {
        case device = 1
        case point, node, model, app, user, developer, company, metric, platform, pair, period
    }

    /// The scope of people: 56 bits of the platform's key, which stand above the domain in the prefix.
    func scope(platform: UnsafeBufferPointer<UInt8>) -> UInt64 {
        sip.hash(prefix: Domain.platform.rawValue, platform).high << 8
    }

    /// The bytes must be followed by seven that may be loaded.
    @inline(__always)
    func key(_ domain: Domain, _ bytes: UnsafeBufferPointer<UInt8>, scope: UInt64 = 0) -> RecordKey {
        var state: SipState
        switch domain {
        case .device: state = device
        case .point: state = point
        default: state = sip.state(prefix: domain.rawValue | scope)
        }
        return state.finishPadded(bytes, lengthBefore: 8)
    }

    @inline(__always)
    func pair(_ a: RecordKey, _ b: RecordKey) -> RecordKey { sip.hash(prefix: Domain.pair.rawValue, a, b) }
}
