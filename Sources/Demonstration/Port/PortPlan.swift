import Scheme
import Vocabulary

/// What one platform sends, in rows: its figures divided by the port scale, and what is planted on it.
struct PortPlan: Sendable {
    let platform: DemonstrationPlatform
    /// The port months in which it is connected, earliest first.
    let months: [CivilMonth]
    /// All port months.
    let portMonths: [CivilMonth]
    /// Secret under which it keys its people; never sent.
    let secret: UInt64
    /// Days on which every device and point reports in a month.
    let daysPerMonth: Int
    /// Distinct devices in the last month.
    let devices: Int
    let points: Int
    let users: Int
    let subscriptions: Int
    /// Live apps: with a subscriber or a call.
    let apps: Int
    /// Subscribers of each live app; the sum is `subscriptions` or a little less.
    let subscribers: [Int]
    let nodes: [Node]

    struct Node: Sendable, Hashable {
        var cores: Int
        var storageBytes: Int
    }

    init(field: DemonstrationField, platform: DemonstrationPlatform) {
        let figures = platform.figures
        self.platform = platform
        self.portMonths = field.portMonths
        switch platform.cheat {
        case .connectedLate: months = Array(field.portMonths.suffix(1))
        case .declaredOnly: months = []
        default: months = field.portMonths
        }
        secret = Mixing.hash(field.seed, "secret/\(platform.index)")
        devices = max(2, figures.devices / PortScale.devices)
        points = max(2, figures.points / PortScale.points)
        // Every day of a month of 31 days has at least one device that speaks.
        let fewest = max(2, devices * 92 / 100)
        daysPerMonth = max(3, (31 + fewest - 1) / fewest)
        users = max(2, figures.users / PortScale.users)
        apps = figures.apps
        subscribers = PortPlan.subscribers(
            total: max(3, figures.subscriptions / PortScale.subscriptions), apps: apps, users: users)
        subscriptions = subscribers.reduce(0, +)
        nodes = PortPlan.nodes(figures, seed: Mixing.hash(field.seed, "nodes/\(platform.index)"))
    }

    /// Devices that speak in the month: the platform grows by some percent a month.
    func devices(in month: CivilMonth) -> Int { grown(devices, month, percents: [92, 96]) }
    func points(in month: CivilMonth) -> Int { grown(points, month, percents: [93, 97]) }
    func activeUsers(in month: CivilMonth) -> Int {
        guard months.contains(month) else { return 0 }
        return max(1, grown(users, month, percents: [94, 98]) * platform.figures.activePercent / 100)
    }

    /// Less the growth of the months after it; 92 % is the least of a month that `daysPerMonth` reckons with.
    private func grown(_ last: Int, _ month: CivilMonth, percents: [Int]) -> Int {
        guard months.contains(month), let place = portMonths.firstIndex(of: month) else { return 0 }
        return place < percents.count ? max(2, last * percents[place] / 100) : last
    }

    /// The days on which a device speaks, spread so that any few devices cover the month.
    func day(of device: Int, _ turn: Int, in month: CivilMonth) -> Int {
        let length = month.lengthInDays
        return 1 + (device + turn * length / daysPerMonth) % length
    }

    /// Whether nothing of that day ever arrived.
    func isLost(day: Int, in month: CivilMonth) -> Bool {
        platform.cheat == .incompletePort && portMonths.count > 1
            && month == portMonths[portMonths.count - 2] && (6...28).contains(day)
    }

    /// The place among the users at which an app's subscribers begin; they follow each other, round the end.
    func firstSubscriber(of app: Int) -> Int { Int(Mixing.hash(secret ^ 0x5B, UInt64(app)) % UInt64(users)) }

    /// Users of the five most wanted apps, each once.
    var usersOfFirstApps: Int {
        var isUser = [Bool](repeating: false, count: users)
        for (app, count) in subscribers.prefix(5).enumerated() {
            let first = firstSubscriber(of: app)
            for place in 0..<count { isUser[(first + place) % users] = true }
        }
        return isUser.count { $0 }
    }

    /// Published models of the mechanism kind that were called.
    var models: Int { platform.figures.models }
    /// Models of the other kinds, called as well: shown, not counted.
    var otherModels: Int { models / 4 }
    var developers: Int { platform.figures.developers }
    /// Devices that stand in the inventory and never spoke.
    var silentDevices: Int { platform.cheat == .silentDevices ? devices * 6 / 10 : 0 }
    /// Sensors sent as devices in the last month.
    var sensors: Int { platform.cheat == .sensorsAsDevices ? devices * 8 / 10 : 0 }
    /// Of its devices, how many are the owner's as well.
    func sharedDevices(owner: DemonstrationPlatform) -> Int {
        min(devices * 6 / 10, max(2, owner.figures.devices / PortScale.devices))
    }

    /// Falls off as 1, 1/2, 1/3 … from the most wanted app on, none with more subscribers than users.
    private static func subscribers(total: Int, apps: Int, users: Int) -> [Int] {
        var result = [Int](repeating: 0, count: apps)
        var harmonic = 0
        for rank in 1...apps { harmonic += 1_000_000 / (rank + 2) }
        var rest = total
        for rank in 0..<apps where rest > 0 {
            let share = total * (1_000_000 / (rank + 3)) / harmonic
            result[rank] = min(users, min(rest, max(1, share)))
            rest -= result[rank]
        }
        // What the cap and the rounding left goes to the next apps in turn, so that the sum is kept where it can be.
        for rank in 0..<apps where rest > 0 {
            let more = min(users - result[rank], rest)
            result[rank] += more
            rest -= more
        }
        return result
    }

    private static func nodes(_ figures: PlatformFigures, seed: UInt64) -> [Node] {
        var generator = SeededGenerator(seed: seed, stream: "nodes")
        var cores: [Int] = []
        var rest = figures.cores
        while rest > 0 {
            let size = min(rest, [16, 32, 32, 64, 64, 96][generator.below(6)])
            cores.append(size)
            rest -= size
        }
        let each = figures.storageBytes / cores.count
        return cores.enumerated().map { index, cores in
            Node(cores: cores, storageBytes: each + (index == 0 ? figures.storageBytes % each : 0))
        }
    }
}
