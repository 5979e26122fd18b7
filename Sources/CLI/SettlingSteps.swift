import Collect
import Evaluate
import Match
import Web

/// Every step with which this installation settles cells before it scores, in their order.
enum SettlingSteps {
    /// - Parameters:
    ///   - lists: nil where official lists are not kept: their cells wait.
    ///   - registry: nil where no registry is known: its cells wait.
    static func all(
        cells: CellStores, port: any PortCounting, lists: (any ImportedLists)?, registry: (any Registry)?
    ) -> [any SettlingStep] {
        var steps: [any SettlingStep] = [CountPortStep(port: port, verifications: cells.verifications)]
        if let lists { steps.append(MatchListsStep(lists: lists, verifications: cells.verifications)) }
        steps.append(AskRegistryStep(registry: registry, verifications: cells.verifications))
        steps.append(
            SettleMarksStep(
                marks: cells.marks, verifications: cells.verifications, declarations: cells.declarations))
        return steps
    }
}
