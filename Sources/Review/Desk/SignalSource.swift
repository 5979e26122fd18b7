import Scheme
import Vocabulary

/// A pattern that calls for a question to the company, never for a verdict by itself.
public struct RaisedSignal: Sendable, Hashable {
    /// The id of one of the scheme's signals: `shared-documents`.
    public let kind: String
    public let platform: PlatformID
    /// Nil for a signal that is about the submission as a whole.
    public let indicator: IndicatorID?
    /// Rows of the cell's item list that are meant, as numbered in what the company sent.
    public let rows: [Int]
    /// What else is meant, in words that need no language: a file's digest, a record id, another platform's id.
    public let places: [String]
    /// The key of its sentence in both catalogues, such as `desk.signal.declared_far`.
    public let code: String
    /// The named places of the sentence.
    public let values: [String: String]

    public init(
        kind: String, platform: PlatformID, indicator: IndicatorID? = nil, rows: [Int] = [], places: [String] = [],
        code: String, values: [String: String] = [:]
    ) {
        self.kind = kind
        self.platform = platform
        self.indicator = indicator
        self.rows = rows
        self.places = places
        self.code = code
        self.values = values
    }

    /// Tells one signal from another over time: kind, platform, indicator, rows and places. A changed sentence is the
    /// same signal; other rows are another one.
    public var key: String {
        ([kind, platform.rawValue, indicator?.rawValue ?? ""] + rows.map { "\($0)" } + places).joined(separator: "|")
    }
}

/// Finds signals; each area answers for what it knows.
public protocol SignalSource: Sendable {
    /// Everything that calls for a question now, in any order. Asked anew for every page that shows signals, so a source
    /// that has to look at much keeps what it found.
    func signals(_ round: Round, scheme: IndicatorScheme) async throws -> [RaisedSignal]
}

/// An area that raises signals says so; the review desk gathers from all that do.
public protocol RaisesSignals: Sendable {
    var signalSources: [any SignalSource] { get }
}
