/// The authority's page of a round: where it stands, what waits, what was done.
public struct RoundPage: Page, Decodable {
    public static let template = "round"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let steps: [Step]
    let next: String
    let actions: [RoundAct]
    let queues: [Queue]
    /// The running computation's events; nil when none runs.
    let eventsHref: String?
    let computeSentence: String
    let lastComputation: StateWord
    let computeHref: String
    let computeApi: String
    /// The steps' names as JSON, for the progress line.
    let computeSteps: String
    let mayCompute: Bool
    let resultHref: String?
    let isRunning: Bool
    let percent: String
    let progressSentence: String
    let portLegend: [LegendEntry]
    let ports: [PortBlock]
    let portTroubles: [PortTrouble]
    let portsFine: String
    let heatSentence: String
    let heatLegend: [LegendEntry]
    let hasPlatforms: Bool
    let heatColumns: [HeatColumn]
    let heatRows: [HeatRow]
    let empty: EmptyState?
    let activity: Timeline?

    struct Step: Sendable, Decodable {
        let title: String
        /// `done`, `now`, `todo`.
        let state: String
        let sign: String
        let date: String?
        let isCurrent: Bool
    }

    struct RoundAct: Sendable, Decodable {
        let title: String
        let href: String
        let action: String
        /// What will happen, with names and figures.
        let effect: String
        let isMain: Bool
        let isWrong: Bool
    }

    struct Queue: Sendable, Decodable {
        let title: String
        let count: String
        let note: String
        let href: String
        let tone: String
    }

    struct LegendEntry: Sendable, Decodable {
        let kind: String
        let title: String
        let count: String
        var sign: String?
    }

    struct PortBlock: Sendable, Decodable {
        let kind: String
        let href: String
        let sentence: String
    }

    struct PortTrouble: Sendable, Decodable {
        let state: StateWord
        let href: String
        let platform: String
        let text: String
    }

    struct HeatColumn: Sendable, Decodable {
        let number: String
        let n: String
        let title: String
        let href: String
    }

    struct HeatRow: Sendable, Decodable {
        let platform: String
        let href: String
        let cells: [HeatCell]
        let done: String
    }

    struct HeatCell: Sendable, Decodable {
        let kind: String
        let sign: String
        let href: String
        let title: String
    }
}
