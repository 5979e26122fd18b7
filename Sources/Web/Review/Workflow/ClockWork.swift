import Logging
import Review
import Vocabulary

/// Looks at the clocks of submissions every minute.
public struct ClockWork: BackgroundWork {
    private let clocks: SubmissionClocks
    private let clock: any Clock
    private let secondsBetween: Int

    public init(clocks: SubmissionClocks, clock: any Clock, secondsBetween: Int = 60) {
        self.clocks = clocks
        self.clock = clock
        self.secondsBetween = secondsBetween
    }

    /// Writes a period that could not be ended into the server's log.
    @Sendable public static func report(_ error: any Error, _ participation: Participation?) {
        Logger(label: "heng.clocks").error(
            "a period could not be ended: \(error)",
            metadata: ["platform": "\(participation?.platform.rawValue ?? "")"])
    }

    public func run() async throws {
        while !Task.isCancelled {
            do { try await clocks.tick(clock.now()) } catch {
                Logger(label: "heng.clocks").error("a look at the clocks failed: \(error)")
            }
            try await Task.sleep(for: .seconds(secondsBetween))
        }
    }
}
