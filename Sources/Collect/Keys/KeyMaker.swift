/// Turns identifiers into keys. Things that are compared across platforms (devices, nodes, models, apps, companies)
/// are keyed by kind alone; people are keyed by kind and platform, so that nobody can be followed from one to another.
struct KeyMaker: Sendable {
    private let sip: SipHash128
    /// The states after the prefixes that most rows need.
    private let device: SipState
    private let point: SipState
    private let isUniversal: Bool
    private let universal: Multilinear128
    private let universalDevice: Multilinear128.Start
    private let universalPoint: Multilinear128.Start
    private let universalPair: Multilinear128.Start

    init(seed: KeySeed, family: KeyFamily = .pseudorandom) {
        self.sip = SipHash128(seed: seed)
        self.isUniversal = family == .universal
        self.universal = Multilinear128(sip: sip)
        self.universalDevice = universal.start(prefix: Domain.device.rawValue)
        self.universalPoint = universal.start(prefix: Domain.point.rawValue)
        self.universalPair = universal.start(prefix: Domain.pair.rawValue)
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
        if isUniversal, bytes.count <= Multilinear128.longest {
            switch domain {
            case .device: return universal.hash(universalDevice, bytes)
            case .point: return universal.hash(universalPoint, bytes)
            default: return universal.hash(universal.start(prefix: domain.rawValue | scope), bytes)
            }
        }
        var state: SipState
        switch domain {
        case .device: state = device
        case .point: state = point
        default: state = sip.state(prefix: domain.rawValue | scope)
        }
        return state.finishPadded(bytes, lengthBefore: 8)
    }

    @inline(__always)
    func pair(_ a: RecordKey, _ b: RecordKey) -> RecordKey {
        isUniversal ? universal.hash(universalPair, a, b) : sip.hash(prefix: Domain.pair.rawValue, a, b)
    }
}
