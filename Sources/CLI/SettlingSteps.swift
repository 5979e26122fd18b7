import Collect
import Evaluate
import Match
import Review
import Web

/// Every step with which this installation settles cells before it scores, in their order.
enum SettlingSteps {
    static func all(cells: CellStores, port: any PortCounting, match: MatchServices, readiness: any MarkReadiness)
        -> [any SettlingStep]
    {
        var steps: [any SettlingStep] = [CountPortStep(port: port, verifications: cells.verifications)]
        steps.append(
            MatchListsStep(
                lists: ServedLists(store: match.lists), verifications: cells.verifications, awards: match.awards))
        steps.append(
            AskRegistryStep(registry: match.registry, verifications: cells.verifications, awards: match.awards))
        steps.append(
            SettleMarksStep(
                marks: cells.marks, verifications: cells.verifications, declarations: cells.declarations,
                readiness: readiness))
        return steps
    }
}
