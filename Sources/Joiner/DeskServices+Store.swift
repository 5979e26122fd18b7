import Review
import Store
import Web

extension DeskServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> DeskServices {
        var services = DeskServices()
        let items = SQLiteDeskStore(stores.database)
        let queries = SQLiteQueryStore(stores.database)
        services.items = items
        services.queries = queries
        services.checklists = SQLiteChecklistStore(stores.database)
        services.guards = [ItemsDecidedGuard(items), QueriesAnsweredGuard(queries)]
        services.signalSources = [
            DeviationSignals(records: stores.records, verifications: stores.cells.verifications),
            SharedRowSignals(
                SQLiteSharedRowStore(stores.database), declarations: stores.cells.declarations, rounds: stores.rounds),
        ]
        services.followers = [StageFollower(items)]
        return services
    }
}

extension PeopleSide {
    /// The formal checklist over all areas, once all areas are there.
    mutating func startChecklist(_ stores: JoinedStores) {
        guard let submissions = workflow.submissions, let items = desk.items, let queries = desk.queries,
            let checklists = desk.checklists
        else { return }
        var sources: [any ChecklistSource] = []
        if let eligibility = paper.eligibility { sources.append(EligibilityLines(eligibility)) }
        if let archive = paper.archive {
            sources.append(
                PaperLines(
                    archive: archive, declarations: stores.cells.declarations, evidence: stores.cells.evidence,
                    submissions: submissions))
        }
        sources.append(CellLines(cells: stores.cells, readings: attachments.readings, samples: sampling.store))
        sources.append(
            ReviewLines(
                submissions: submissions, items: items, queries: queries, archive: paper.archive,
                signals: signalSources))
        let checklist = FormalChecklist(sources: sources, store: checklists)
        desk.checklist = checklist
        desk.guards.append(ChecklistGuard(checklist))
    }
}
