import Collect
import Review
import Scheme
import Submit
import Vocabulary

/// Declared against counted: the platform's own monthly summary beyond the scheme's tolerance from the rows.
public struct DeviationSignals: SignalSource {
    private let records: any RecordStore
    private let verifications: any VerificationStore

    public init(records: any RecordStore, verifications: any VerificationStore) {
        self.records = records
        self.verifications = verifications
    }

    /// The signal of the scheme that this raises.
    private static let kind = "declared-above-counted"

    public func signals(_ round: Round, scheme: IndicatorScheme) async throws -> [RaisedSignal] {
        guard scheme.signals.contains(where: { $0.id == Self.kind }) else { return [] }
        let summaries = try await records.summaries(round.id, nil)
        let declared = summaries.mapValues {
            PortMeasures.declared(scheme: scheme, cutOff: round.cutOff, summaries: $0).reduce(
                into: [IndicatorID: ExactDecimal]()
            ) { $0[$1.key] = round.scaledUp($1.value, of: $1.key) }
        }
        let cells = RoundCells(
            round: round, scheme: scheme, participations: [], declarations: [],
            verifications: try await verifications.verifications(round.id), returns: [], portDeclared: declared)
        var found: [RaisedSignal] = []
        for (platform, figures) in declared {
            for (id, stated) in figures {
                let cell = cells.address(platform, id)
                guard let indicator = scheme.indicator(id), cells.deviates(cell, indicator),
                    let counted = cells.verifications[cell]?.values[id.rawValue]
                else { continue }
                found.append(
                    RaisedSignal(
                        kind: Self.kind, platform: platform, indicator: id, code: "desk.signal.declared_far",
                        values: [
                            "declared": FigureFormat.grouped(stated), "counted": FigureFormat.grouped(counted),
                            "deviation": QueuePageBuilder.deviation(stated, counted),
                        ]))
            }
        }
        return found
    }
}
