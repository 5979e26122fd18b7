import Scheme
import Vocabulary

/// What a batch is read against: whose it is, what time it is, and which codes the scheme knows.
public struct RecordContext: Sendable {
    /// The platform that the key belongs to; a row that names another is rejected. Nil: every row must name one.
    public var platform: PlatformID?
    public var seed: KeySeed
    /// How identifiers become keys under the seed.
    public var keyFamily = KeyFamily.pseudorandom
    public var cutter: DayCutter
    /// Rows more than five minutes after it are rejected; nil: no limit.
    public var now: Instant?
    /// Activity (device, point, gauge, call, summary) before it is rejected.
    public var earliestActivity: Instant?
    /// Changes of stocks before it are rejected: an app may have been published years ago.
    public var earliestStock: Instant?
    /// Activity of days before this one is late; nil: nothing is.
    public var onTimeFrom: CivilDay?
    /// The batch gave its reason for being late; without one late rows are rejected.
    public var hasLateReason: Bool
    /// The rows belong to a snapshot of this kind: other kinds are rejected, and `op` may not be `remove`.
    public var snapshotKind: RecordKind?
    /// Codes of the scheme's device types; empty: any type is taken.
    public var deviceTypes: [String]
    /// Codes of the scheme's model kinds; empty: any is taken.
    public var modelKinds: [String]

    /// The dictionaries of a scheme that the port reads.
    public static let deviceTypesDictionary = "device-types"
    public static let modelKindsDictionary = "model-kinds"

    public init(
        platform: PlatformID?, seed: KeySeed, cutter: DayCutter, now: Instant? = nil,
        earliestActivity: Instant? = nil, earliestStock: Instant? = nil, onTimeFrom: CivilDay? = nil,
        hasLateReason: Bool = false, snapshotKind: RecordKind? = nil, deviceTypes: [String] = [],
        modelKinds: [String] = []
    ) {
        self.platform = platform
        self.seed = seed
        self.cutter = cutter
        self.now = now
        self.earliestActivity = earliestActivity
        self.earliestStock = earliestStock
        self.onTimeFrom = onTimeFrom
        self.hasLateReason = hasLateReason
        self.snapshotKind = snapshotKind
        self.deviceTypes = deviceTypes
        self.modelKinds = modelKinds
    }

    /// The context of a push into a round that runs on the scheme.
    ///
    /// Activity is taken from the first of the port months and of the data year, whichever is earlier; changes of
    /// stocks from the year 2000 on.
    /// - Throws: `collect.zone_unknown`, `collect.calendar_missing`.
    public init(scheme: IndicatorScheme, platform: PlatformID, cutOff: CivilDay, seed: KeySeed, now: Instant) throws {
        guard let cutter = DayCutter(zoneName: scheme.zone) else {
            throw Failure("collect.zone_unknown", ["zone": scheme.zone])
        }
        guard let calendar = scheme.calendar, let firstMonth = calendar.portMonths(cutOff: cutOff).first else {
            throw Failure("collect.calendar_missing", ["scheme": scheme.id.rawValue])
        }
        let dataYear = CivilMonth(year: calendar.dataYear.value, month: 1)
        self.init(
            platform: platform, seed: seed, cutter: cutter, now: now,
            earliestActivity: cutter.start(of: min(firstMonth.firstDay, dataYear.firstDay)),
            earliestStock: cutter.start(of: CivilMonth(year: 2000, month: 1).firstDay),
            onTimeFrom: cutter.day(of: now).adding(days: -calendar.onTimeDays.value),
            deviceTypes: scheme.dictionary(RecordContext.deviceTypesDictionary)?.entries.filter(\.isCounted).map(\.code)
                ?? [],
            modelKinds: scheme.dictionary(RecordContext.modelKindsDictionary)?.entries.map(\.code) ?? [])
    }
}

/// The vocabulary of the wire format itself, the same under every scheme.
enum WireCodes {
    static let clouds = ["public", "private", "dedicated"]
    static let bases = ["resolution", "serial", "imei", "own"]
    static let forms = ["number", "state", "text", "event"]
    static let operations = ["add", "remove"]
    static let acts = ["build", "commit", "tool-call", "publication"]
    static let metrics = ["vcpu", "storage_bytes"]

    /// A code as a number that fits into a fact: FNV-1a, 64 bits. Only codes that a dictionary lists get here.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }

    /// A dictionary's codes by their hash: one look-up a row instead of a comparison with each.
    struct Table {
        private let codes: [UInt64: [UInt8]]
        let isEmpty: Bool

        init(_ codes: [String]) {
            self.codes = codes.reduce(into: [:]) { $0[WireCodes.hash($1)] = Array($1.utf8) }
            isEmpty = codes.isEmpty
        }

        /// The hash of a code of the dictionary, or of any code when the dictionary is empty; nil for others.
        func hash(of text: UnsafeBufferPointer<UInt8>) -> UInt64? {
            let hash = WireCodes.hash(text)
            if isEmpty { return hash }
            return codes[hash].map { text.elementsEqual($0) } == true ? hash : nil
        }
    }

    static func hash(_ text: String) -> UInt64 { Array(text.utf8).withUnsafeBufferPointer(hash) }
}
