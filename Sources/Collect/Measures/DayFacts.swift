import Scheme
import Vocabulary

/// A fact with the day of its run.
struct DayFact: Comparable {
    var entry: RunEntry
    var day: Int

    /// By key and second, then day, then the rest: all of one pair together, in time.
    static func < (x: DayFact, y: DayFact) -> Bool {
        if x.entry.key != y.entry.key { return x.entry.key < y.entry.key }
        if x.entry.second != y.entry.second { return x.entry.second < y.entry.second }
        if x.day != y.day { return x.day < y.day }
        return x.entry < y.entry
    }

    /// Live data is data of more than half of the month's days; on fewer days it is a list.
    static func level(days: Int, of month: CivilMonth) -> EvidenceLevel? {
        days == 0 ? nil : days * 2 > month.lengthInDays ? .live : .inventory
    }
}

/// The calls of one month.
struct CallMonth: Sendable {
    /// Who called an app.
    let appUsers: Int
    let apps: Set<RecordKey>
    let models: Set<RecordKey>
    let daysReceived: Int
    let level: EvidenceLevel?

    init(month: CivilMonth, source: some RunSource) throws {
        var users: Set<RecordKey> = []
        var apps: Set<RecordKey> = []
        var models: Set<RecordKey> = []
        var days: Set<Int> = []
        for run in try source.runs(.call, days: month.days) where !run.entries.isEmpty {
            days.insert(run.day)
            for entry in run.entries {
                if entry.a == 1 {
                    models.insert(entry.key)
                } else {
                    apps.insert(entry.key)
                    users.insert(entry.second)
                }
            }
        }
        self.appUsers = users.count
        self.apps = apps
        self.models = models
        self.daysReceived = days.count
        self.level = DayFact.level(days: days.count, of: month)
    }
}
