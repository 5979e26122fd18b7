import Vocabulary

/// Draws the platforms of a field: sizes, figures, names, codes, types.
struct FieldMaker {
    let count: Int
    let seed: UInt64
    let book: NameBook
    let types: [String]
    let cheats: [Int: PlantedCheat]

    func platforms() -> [DemonstrationPlatform] {
        let ranks = sizeRanks()
        let sizes = ranks.map { ExactFunctions.normalQuantile((Double($0) + 0.5) / Double(count)) }
        let figures = figures(sizes: sizes, ranks: ranks)
        var names = SeededGenerator(seed: seed, stream: "names")
        var taken: Set<String> = []
        let owner = cheats.first { $0.value == .sharedDevicesOwner }?.key
        let claimant = cheats.first { $0.value == .sharedDevices }?.key
        return (0..<count).compactMap { index in
            let city = book.city(&names)
            let trade = tradeName(&names, taken: &taken)
            let code = CompanyUniverse.code(
                city: city.code, number: UInt64(CompanyUniverse.count + 1 + index), seed: seed)
            guard let code else { return nil }
            let line = names.pick(book.platformLines) ?? ""
            let company =
                city.short + trade + (names.pick(book.operatorLines) ?? "") + (names.pick(book.operatorForms) ?? "")
            let cheat = cheats[index]
            return DemonstrationPlatform(
                index: index, id: PlatformID(rawValue: (index < 9 ? "P0" : "P") + "\(index + 1)"),
                name: trade + line, aliases: [trade, trade + book.aliasSuffix], type: type(rank: ranks[index], &names),
                operator: DemonstrationPlatform.Operator(
                    code: code, name: company, region: RegionCode(rawValue: city.code)),
                figures: figures[index], cheat: cheat,
                partner: cheat == .sharedDevices ? owner : cheat == .sharedDevicesOwner ? claimant : nil,
                tradeName: trade)
        }
    }

    /// Rank of size from 0, the smallest: platforms with something planted lie between the 35th and the 85th
    /// percentile, so that what is planted can be seen; the others share the rest.
    private func sizeRanks() -> [Int] {
        var generator = SeededGenerator(seed: seed, stream: "sizes")
        let planted = cheats.keys.sorted()
        let middle = Array((count * 35 / 100)..<max(count * 35 / 100, min(count, count * 85 / 100)))
        let chosen = Array(generator.shuffled(middle).prefix(planted.count))
        guard chosen.count == planted.count else { return generator.shuffled(Array(0..<count)) }
        var rest = generator.shuffled((0..<count).filter { !chosen.contains($0) })
        var result = [Int](repeating: 0, count: count)
        for (index, rank) in zip(planted, chosen) { result[index] = rank }
        for index in 0..<count where cheats[index] == nil { result[index] = rest.removeLast() }
        return result
    }

    private func figures(sizes: [Double], ranks: [Int]) -> [PlatformFigures] {
        var drawn: [String: [Double]] = [:]
        for magnitude in Magnitude.all { drawn[magnitude.name] = magnitude.values(sizes: sizes, seed: seed) }
        // Who claims devices has fewer of its own than their owner.
        if let owner = cheats.first(where: { $0.value == .sharedDevicesOwner })?.key,
            let claimant = cheats.first(where: { $0.value == .sharedDevices })?.key,
            let devices = drawn["devices"], devices[owner] < devices[claimant]
        {
            for name in ["devices", "points"] { drawn[name]?.swapAt(owner, claimant) }
        }
        return (0..<count).map { index in
            var generator = SeededGenerator(seed: seed, stream: "figures/\(index)")
            func whole(_ name: String, step: Int = 1, least: Int = 0) -> Int {
                let value = drawn[name]?[index] ?? 0
                return max(least, Int((value / Double(step)).rounded())) * step
            }
            let users = whole("users", step: PortScale.users, least: 2)
            let talent = whole("talent", least: 1)
            let share = generator.within(12...58)
            return PlatformFigures(
                devices: whole("devices", step: PortScale.devices, least: 2),
                points: whole("points", step: PortScale.points, least: 4),
                cores: whole("cores", step: 2, least: 2),
                storageBytes: max(50, Int(((drawn["terabytes"]?[index] ?? 0) * 1000).rounded())) * 1_000_000_000,
                models: whole("models", least: 1), apps: whole("apps", least: 3), users: users,
                activePercent: generator.within(12...45),
                developers: min(whole("developers", least: 1), max(1, users / 2)),
                subscriptions: whole("subscriptions", step: PortScale.subscriptions, least: 3),
                solutions: whole("solutions", least: 1), companies: whole("companies", least: 3),
                diagnosis: whole("diagnosis"), talent: talent, employees: max(20, talent * 100 / share),
                intellectualProperty: whole("ip", least: 1), parks: whole("parks"),
                revenueHundredths: max(1, Int(((drawn["revenue"]?[index] ?? 0) * 100).rounded())),
                revenueSharePercent: generator.within(18...92),
                size: count > 1 ? Double(ranks[index]) / Double(count - 1) : 1)
        }
    }

    /// A trade name that no other platform of the field bears: three characters put together at random.
    private func tradeName(_ generator: inout SeededGenerator, taken: inout Set<String>) -> String {
        while true {
            let name =
                (generator.pick(book.tradeFirst) ?? "") + (generator.pick(book.tradeSecond) ?? "")
                + (generator.pick(book.tradeThird) ?? "")
            if taken.insert(name).inserted { return name }
        }
    }

    /// The scheme's first type is the broadest and goes to large platforms more often.
    private func type(rank: Int, _ generator: inout SeededGenerator) -> String {
        let place = Double(rank) / Double(max(1, count)) + (generator.unit() - 0.5) * 0.6
        let step = place > 0.72 ? 0 : place > 0.33 ? 1 : 2
        return types[min(step, types.count - 1)]
    }
}
