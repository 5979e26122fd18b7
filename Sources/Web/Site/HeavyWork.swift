import Foundation
import Vocabulary

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Work that keeps a processor busy for more than a moment, printing and reading long lists, done on threads of its own
/// behind everything else, and by few at a time, so that requests are answered meanwhile.
public actor HeavyWork {
    /// The one of this process: one less at a time than there are processors, at least one.
    public static let shared = HeavyWork(atOnce: max(1, ProcessInfo.processInfo.activeProcessorCount - 1))

    private let atOnce: Int
    private let mostWaiting: Int
    private var running = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// Below the threads that answer requests, above the programs that read files.
    private static let niceness: Int32 = 5

    /// - Parameters:
    ///   - atOnce: pieces done at the same time.
    ///   - mostWaiting: the next one is told to come back.
    public init(atOnce: Int, mostWaiting: Int = 500) {
        self.atOnce = atOnce
        self.mostWaiting = mostWaiting
    }

    /// Does the work when its turn comes.
    /// - Throws: `web.busy` when too many wait, and what the body throws.
    public func run<Value: Sendable>(_ body: @Sendable @escaping () throws -> Value) async throws -> Value {
        if running >= atOnce {
            guard waiting.count < mostWaiting else { throw Failure("web.busy", ["retryAfterSeconds": "5"]) }
            // Who leaves hands its turn over, so that `running` stays as it is.
            await withCheckedContinuation { waiting.append($0) }
        } else {
            running += 1
        }
        defer { leave() }
        let result: Result<Value, any Error> = await withCheckedContinuation { continuation in
            let thread = Thread {
                // On Linux this is the priority of the calling thread alone.
                #if os(Linux)
                    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
                #endif
                continuation.resume(returning: Result { try body() })
            }
            // Layout of long documents recurses deeply.
            thread.stackSize = 8 << 20
            thread.start()
        }
        return try result.get()
    }

    private func leave() {
        if waiting.isEmpty { running -= 1 } else { waiting.removeFirst().resume() }
    }
}
