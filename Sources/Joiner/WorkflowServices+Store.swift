import Foundation
import Review
import Store
import Web

extension WorkflowServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> WorkflowServices {
        var services = WorkflowServices()
        services.calendar = try HolidayNotices.embedded(and: stores.folder).calendar
        services.messages = SQLiteMessageDesk(stores.database, random: stores.random)
        let inbox = SQLiteInbox(stores.database)
        services.inbox = inbox
        services.outbox = inbox
        services.processes = SQLiteProcessStore(stores.database)
        services.schemes = stores.schemes
        return services
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
