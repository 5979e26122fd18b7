/// How each column of a run is stored, chosen by what is in it.
struct ColumnLayout {
    var modes: [ColumnMode] = []
    var constants: [UInt64] = []
    /// The different values of `a`, ascending, where there are few.
    var list: [UInt64] = []
    /// Each fact's place in the list.
    var places: [UInt8] = []

    init(_ entries: UnsafeBufferPointer<RunEntry>) {
        let first = entries.first ?? RunEntry(key: .zero)
        var differing = RunEntry(key: .zero)
        for entry in entries {
            differing.key.high |= entry.key.high ^ first.key.high
            differing.key.low |= entry.key.low ^ first.key.low
            differing.second.high |= entry.second.high ^ first.second.high
            differing.second.low |= entry.second.low ^ first.second.low
            differing.a |= entry.a ^ first.a
            differing.b |= entry.b ^ first.b
        }
        constants = [first.key.high, first.key.low, first.second.high, first.second.low, first.a, first.b]
        let marks = [
            differing.key.high, differing.key.low, differing.second.high, differing.second.low, differing.a,
            differing.b,
        ]
        modes = marks.map { $0 == 0 ? .constant : .packed }
        if modes[0] == .packed { modes[0] = .rising }
        if modes[4] == .packed, entries.count > 16, let found = FewValues(entries) {
            (list, places) = found.ascending
            modes[4] = .listed
        }
    }

    static func read(
        _ column: RunColumn, of entries: UnsafeBufferPointer<RunEntry>, into words: UnsafeMutableBufferPointer<UInt64>
    ) {
        switch column {
        case .keyHigh: for index in entries.indices { words[index] = entries[index].key.high }
        case .keyLow: for index in entries.indices { words[index] = entries[index].key.low }
        case .secondHigh: for index in entries.indices { words[index] = entries[index].second.high }
        case .secondLow: for index in entries.indices { words[index] = entries[index].second.low }
        case .a: for index in entries.indices { words[index] = entries[index].a }
        case .b: for index in entries.indices { words[index] = entries[index].b }
        }
    }
}

/// The different values of `a` in a run, as long as there are few.
private struct FewValues {
    private var values: [UInt64] = []
    private var places: [UInt8] = []

    /// Nil when there are more than a list holds, or so many that it saves nothing.
    init?(_ entries: UnsafeBufferPointer<RunEntry>) {
        let most = min(Run.longestList, entries.count / 4)
        places.reserveCapacity(entries.count)
        // Slots hold one more than a value's place; zero is empty. At most a quarter of them is ever taken.
        let isWithin = withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 1024) { slots in
            slots.initialize(repeating: 0)
            for entry in entries {
                var slot = Int(truncatingIfNeeded: (entry.a &* 0x9e37_79b9_7f4a_7c15) &>> 54)
                while slots[slot] != 0, values[Int(slots[slot]) &- 1] != entry.a { slot = (slot &+ 1) & 1023 }
                if slots[slot] == 0 {
                    if values.count == most { return false }
                    values.append(entry.a)
                    slots[slot] = UInt16(values.count)
                }
                places.append(UInt8(truncatingIfNeeded: slots[slot] &- 1))
            }
            return true
        }
        guard isWithin else { return nil }
    }

    /// The values in order, and each fact's place among them.
    var ascending: (list: [UInt64], places: [UInt8]) {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var rank = [UInt8](repeating: 0, count: values.count)
        for (place, index) in order.enumerated() { rank[index] = UInt8(truncatingIfNeeded: place) }
        return (order.map { values[$0] }, places.map { rank[Int($0)] })
    }
}
