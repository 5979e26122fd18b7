import Foundation
import Vocabulary

/// The few places at which programs of the system work for us, so that drawing and reading files never take the
/// processors away from people's requests. Who comes first is served first, and what somebody waits for goes before
/// what is read in the background.
public actor ToolBench {
    /// Who waits for the result.
    public enum Turn: Sendable, Hashable {
        /// A person at a page.
        case soon
        /// Nobody: work in the background.
        case later
    }

    /// The one of this process: one place less than there are processors, at least one.
    public static let shared = ToolBench(places: max(1, ProcessInfo.processInfo.activeProcessorCount - 1))

    private let places: Int
    private let mostWaiting: Int
    private var busy = 0
    private var soon: [CheckedContinuation<Void, Never>] = []
    private var later: [CheckedContinuation<Void, Never>] = []

    /// - Parameters:
    ///   - places: programs that run at the same time.
    ///   - mostWaiting: the next one is told that the queue is full.
    public init(places: Int, mostWaiting: Int = 500) {
        self.places = places
        self.mostWaiting = mostWaiting
    }

    /// How many wait for a place.
    public var waiting: Int { soon.count + later.count }

    /// Runs the body at one of the places.
    /// - Throws: `submit.tools_busy` when too many wait, and what the body throws.
    public func work<Value: Sendable>(
        _ turn: Turn, _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        if busy < places {
            busy += 1
        } else {
            guard waiting < mostWaiting else {
                throw Failure("submit.tools_busy", ["retryAfterSeconds": "5"])
            }
            // Who leaves hands its place over, so that `busy` stays as it is.
            await withCheckedContinuation { continuation in
                if turn == .soon { soon.append(continuation) } else { later.append(continuation) }
            }
        }
        defer { leave() }
        return try await body()
    }

    private func leave() {
        if !soon.isEmpty {
            soon.removeFirst().resume()
        } else if !later.isEmpty {
            later.removeFirst().resume()
        } else {
            busy -= 1
        }
    }
}
