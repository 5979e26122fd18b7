import Foundation
import Synchronization

/// Threads for work that fills a processor and waits for files: tasks would take the few threads of the runtime.
final class Crew<Found: Sendable>: Sendable {
    private let found = Mutex<[Result<Found, any Error>]>([])
    private let work: @Sendable () throws -> Found

    private init(_ work: @escaping @Sendable () throws -> Found) { self.work = work }

    private func join() {
        let result = Result { try work() }
        found.withLock { $0.append(result) }
    }

    /// Runs `work` on so many threads, the calling one among them, and answers what each found.
    /// - Throws: what the first failing one throws, after all have ended.
    static func run(_ count: Int, _ work: @escaping @Sendable () throws -> Found) throws -> [Found] {
        let crew = Crew(work)
        let group = DispatchGroup()
        for _ in 1..<max(1, count) {
            group.enter()
            Thread.detachNewThread {
                crew.join()
                group.leave()
            }
        }
        crew.join()
        group.wait()
        return try crew.found.withLock { try $0.map { try $0.get() } }
    }
}
