import Vocabulary

extension Site {
    /// The state of each platform's port.
    func portStates(_ cells: RoundCells, _ language: Language) async throws -> [RoundPageBuilder.PortState] { [] }
}
