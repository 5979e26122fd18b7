import Vocabulary

/// The days of seconds, each asked of the calendar once.
struct DayTable: ~Copyable {
    private struct Day {
        var start = Int64.max
        var end = Int64.min
        var number = 0
    }

    private static let size = 1024

    private let cutter: DayCutter
    /// By number, a day in the same place as the one 1024 days before.
    private let known: UnsafeMutablePointer<Day>
    private var day = Day()
    /// Seconds that the zone is ahead of UTC on the day looked up last: a guess for all others.
    private var shift: Int64 = 0

    /// Of the day found last: its number since 1970-01-01, and the second in UTC in which it began.
    @inline(__always) var number: Int { day.number }
    @inline(__always) var start: Int64 { day.start }

    init(cutter: DayCutter) {
        self.cutter = cutter
        known = .allocate(capacity: DayTable.size)
        known.initialize(repeating: Day(), count: DayTable.size)
    }

    deinit { known.deallocate() }

    /// Finds the day that holds the second, which must not be negative.
    @inline(__always)
    mutating func find(_ second: Int64) {
        if second >= day.start, second < day.end { return }
        let place = Int((second &+ shift) / 86_400) & (DayTable.size - 1)
        day = known[place]
        if second < day.start || second >= day.end { look(second, place) }
    }

    @inline(never)
    private mutating func look(_ second: Int64, _ place: Int) {
        let found = cutter.day(of: Instant(seconds: second))
        day.number = found.daysSince1970
        day.start = cutter.start(of: found).milliseconds / 1000
        day.end = cutter.start(of: found.adding(days: 1)).milliseconds / 1000
        shift = Int64(day.number) * 86_400 - day.start
        if second < day.start || second >= day.end {
            // A zone that changes its offset within the day: take this second alone.
            day.start = second
            day.end = second + 1
        }
        known[place] = day
    }
}
