import Store
import Testing
import Vocabulary

@Suite("Places for programs of the system")
struct ToolBenchTests {
    /// Lets bodies go one by one and remembers in which order they came.
    private actor Gate {
        private(set) var order: [String] = []
        private(set) var most = 0
        private var inside = 0
        private var held: [CheckedContinuation<Void, Never>] = []

        func pass(_ name: String) async {
            order.append(name)
            inside += 1
            most = max(most, inside)
            await withCheckedContinuation { held.append($0) }
            inside -= 1
        }

        func letOneGo() -> Bool {
            guard !held.isEmpty else { return false }
            held.removeFirst().resume()
            return true
        }

        func has(_ count: Int) -> Bool { order.count == count }
    }

    private func until(_ condition: () async -> Bool) async throws {
        for _ in 0..<2000 {
            if await condition() { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        Issue.record("it did not come to pass")
    }

    @Test("One at a time; what a person waits for goes before the background; a full queue says so")
    func order() async throws {
        let bench = ToolBench(places: 1, mostWaiting: 2)
        let gate = Gate()
        func begin(_ turn: ToolBench.Turn, _ name: String) -> Task<Void, any Error> {
            Task { try await bench.work(turn) { await gate.pass(name) } }
        }
        let first = begin(.later, "first")
        try await until { await gate.has(1) }
        let background = begin(.later, "background")
        try await until { await bench.waiting == 1 }
        let person = begin(.soon, "person")
        try await until { await bench.waiting == 2 }
        await #expect(throws: Failure.self) { try await bench.work(.soon) {} }
        for count in 2...3 {
            #expect(await gate.letOneGo())
            try await until { await gate.has(count) }
        }
        #expect(await gate.letOneGo())
        for task in [first, background, person] { try await task.value }
        #expect(await gate.order == ["first", "person", "background"])
        #expect(await gate.most == 1)
    }
}
