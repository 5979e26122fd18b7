import Review
import Scheme
import Submit
import Vocabulary

/// Raises the scheme's `shared-documents` for whatever two submissions of a round have in common.
public actor AttachmentSignals: SignalSource {
    private let readings: any ReadingStore
    private let rounds: any RoundStore
    private let clock: any Clock
    private var kept: [RoundID: (at: Instant, signals: [RaisedSignal])] = [:]
    /// What was found is shown this long before it is looked for anew.
    private static let keptSeconds: Int64 = 30

    public init(_ readings: any ReadingStore, rounds: any RoundStore, clock: any Clock) {
        self.readings = readings
        self.rounds = rounds
        self.clock = clock
    }

    public func signals(_ round: Round, scheme: IndicatorScheme) async throws -> [RaisedSignal] {
        guard scheme.signals.contains(where: { $0.id == "shared-documents" }) else { return [] }
        let now = clock.now()
        if let known = kept[round.id], now.milliseconds - known.at.milliseconds < Self.keptSeconds * 1000 {
            return known.signals
        }
        var all: [RaisedSignal] = []
        var after: PlatformID?
        while true {
            let page = try await rounds.participations(round.id, after: after, limit: 200)
            for platform in page { all += try await signals(round.id, platform.platform) }
            guard page.count == 200, let last = page.last else { break }
            after = last.platform
        }
        kept[round.id] = (now, all)
        return all
    }

    private func signals(_ round: RoundID, _ platform: PlatformID) async throws -> [RaisedSignal] {
        var all: [RaisedSignal] = []
        for pair in try await readings.shared(round, platform) {
            let other = try await rounds.participation(round, pair.other.platform)?.name
            let finding = SharedText.finding(pair, name: other ?? pair.other.platform.rawValue)
            var places = [String(pair.digest.hex.prefix(16)), pair.other.platform.rawValue]
            if case .number(let number) = pair.kind { places.append(number.number) }
            all.append(
                RaisedSignal(
                    kind: "shared-documents", platform: platform, indicator: pair.cell.indicator, places: places,
                    code: finding.code, values: finding.values))
        }
        return all
    }
}

extension AttachmentsServices: RaisesSignals {
    public var signalSources: [any SignalSource] { signals }
}
