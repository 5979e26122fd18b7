import Review

/// One line of a computation's progress.
public struct ComputationEvent: Sendable, Hashable, Codable {
    public let state: EvaluationRun.State
    /// Nil once it has ended.
    public let step: EvaluationStep?
    /// The step's place among all, from 1; 0 once it has ended.
    public let position: Int
    /// How many steps there are.
    public let steps: Int
    /// How much of the step is done, of `total`; 0 of 0 where it cannot be told.
    public let done: Int
    public let total: Int

    /// True for the last event.
    public var isEnd: Bool { state != .running }

    public init(state: EvaluationRun.State, step: EvaluationStep? = nil, done: Int = 0, total: Int = 0) {
        self.state = state
        self.step = step
        self.position = step.flatMap { EvaluationStep.allCases.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        self.steps = EvaluationStep.allCases.count
        self.done = done
        self.total = total
    }
}

extension Round {
    /// Results are made from the review until the panel has settled. After the notice a result changes only by going
    /// back to the panel, so that what was announced stays what was announced.
    public var mayBeComputed: Bool {
        switch state {
        case .reviewing, .evaluating, .panel: true
        case .open: kind != .production
        default: false
        }
    }
}

extension SubmissionState {
    /// The platform stands in the ranking: handed in, and not out.
    public var isRanked: Bool { self != .draft && !isOut }
}
