import Foundation
import Review
import Store
import Web

extension WorkflowServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> WorkflowServices {
        var services = WorkflowServices()
        services.calendar = try HolidayNotices.embedded(and: stores.folder).calendar
        let desk = SQLiteMessageDesk(
            stores.database, random: stores.random, channels: Set(stores.channels.map(\.name)))
        services.messages = desk
        let inbox = SQLiteInbox(stores.database)
        services.inbox = inbox
        services.outbox = inbox
        services.processes = SQLiteProcessStore(stores.database)
        services.schemes = stores.schemes
        let submissions = SQLiteSubmissionStore(stores.database)
        services.submissions = submissions
        let periods = SubmissionPeriods(
            processes: SQLiteProcessStore(stores.database), calendar: services.calendar,
            steps: SQLitePanelStore(stores.database, path: stores.folder + "/panel"))
        services.periods = periods
        services.guards = [
            StageGuard(), WindowGuard(store: submissions), ClockGuard(clocks: periods, store: submissions),
            FilledGuard(cells: stores.cells, submissions: submissions),
            VerifiedGuard(verifications: stores.cells.verifications),
        ]
        services.followers = [
            MoveMessages(
                desk: desk, store: submissions, periods: periods)
        ]
        services.background = [OutboxWork(outbox: inbox, channels: stores.channels, clock: stores.clock)]
        return services
    }
}

extension PeopleSide {
    /// The clocks over all areas, once all areas are there.
    mutating func startClocks(_ stores: JoinedStores) {
        guard let submissions = workflow.submissions, let periods = workflow.periods else { return }
        let clocks = SubmissionClocks(
            rounds: stores.rounds, schemes: stores.schemes, store: submissions, periods: periods,
            desk: .joined(people: self, clock: stores.clock, random: stores.random),
            report: ClockWork.report)
        workflow.clocks = clocks
        workflow.background.append(ClockWork(clocks: clocks, clock: stores.clock))
    }
}

extension HolidayNotices {
    /// The notices in the binary with those of `working-days.json` in the data folder, so that a new year needs no new
    /// binary.
    static func embedded(and folder: String) throws -> HolidayNotices {
        guard let data = FileManager.default.contents(atPath: folder + "/working-days.json") else { return .embedded }
        return HolidayNotices.embedded.merging(try HolidayNotices(json: Array(data)))
    }
}
