import Collect
import Evaluate
import Match
import Review
import Store
import Submit
import Trust
import Vocabulary
import Web

extension ComputationDesk {
    /// The desk with every step that the installation has, in their order.
    static func open(
        store: any EvaluationStore, rounds: any RoundStore, cells: CellStores, port: any PortCounting,
        lists: (any ImportedLists)?, registry: (any Registry)?
    ) -> ComputationDesk {
        var steps: [any SettlingStep] = [CountPortStep(port: port, verifications: cells.verifications)]
        if let lists { steps.append(MatchListsStep(lists: lists, verifications: cells.verifications)) }
        steps.append(AskRegistryStep(registry: registry, verifications: cells.verifications))
        steps.append(
            SettleMarksStep(
                marks: cells.marks, verifications: cells.verifications, declarations: cells.declarations))
        return ComputationDesk(
            Sources(
                store: store, rounds: rounds, verifications: cells.verifications, declarations: cells.declarations,
                steps: steps, clock: SystemClock(), random: SystemRandomSource()))
    }
}
