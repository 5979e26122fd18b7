import Collect
import Vocabulary
import Wording

extension Site {
    /// The state of each platform's port, by its latest batch.
    func portStates(_ cells: RoundCells, _ language: Language) async throws -> [RoundPageBuilder.PortState] {
        let catalogue = Catalogue.of(language)
        let moments = MomentFormat(zoneName: cells.scheme.zone, language)
        let now = services.clock.now()
        let onTime = Int64(cells.scheme.calendar?.onTimeDays.value ?? 3) * 86_400_000
        var states: [RoundPageBuilder.PortState] = []
        for platform in cells.participations {
            let batches = try await services.records.batches(
                cells.round.id, platform.platform, before: nil, limit: 3)
            guard let latest = batches.first(where: { $0.voidedAt == nil }) else {
                states.append(.init(platform: platform, kind: .wait, text: catalogue.text("web.round.port_never")))
                continue
            }
            let age = now.milliseconds - latest.receivedAt.milliseconds
            // A demonstration runs over days long past; its silence says nothing.
            let isQuiet = cells.round.kind != .demonstration && cells.round.state.order < 3
            let kind: RoundPageBuilder.PortState.Kind =
                isQuiet && age > onTime * 3 ? .none : isQuiet && age > onTime ? .late : .full
            let values = [
                "at": moments.minute(latest.receivedAt), "accepted": FigureFormat.grouped(latest.accepted),
                "rejected": FigureFormat.grouped(latest.rejected),
            ]
            states.append(.init(platform: platform, kind: kind, text: catalogue.text("web.round.port_last", values)))
        }
        return states
    }
}
