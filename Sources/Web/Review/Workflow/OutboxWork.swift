import Logging
import Review
import Vocabulary

/// Carries the outbox to its channels: retries with growing pauses, gives up after the last and keeps the letter.
public struct OutboxWork: BackgroundWork {
    private let outbox: any Outbox
    private let channels: [any MessageChannel]
    private let clock: any Clock
    private let secondsBetween: Int

    /// Pauses after the first, second … failure; one more failure gives the letter up.
    public static let pauses: [Int64] = [30, 60, 300, 900, 3600, 4 * 3600, 12 * 3600]

    public init(outbox: any Outbox, channels: [any MessageChannel], clock: any Clock, secondsBetween: Int = 5) {
        self.outbox = outbox
        self.channels = channels
        self.clock = clock
        self.secondsBetween = secondsBetween
    }

    public func run() async throws {
        guard !channels.isEmpty else {
            // Nothing to carry, but the server ends when any of its services ends.
            while true { try await Task.sleep(for: .seconds(3600)) }
        }
        while !Task.isCancelled {
            do { try await tick(clock.now()) } catch {
                Logger(label: "heng.outbox").error("the outbox could not be read: \(error)")
            }
            try await Task.sleep(for: .seconds(secondsBetween))
        }
    }

    /// One look: everything that is due, at most 50 a channel, one after the other.
    /// - Returns: how many were taken by the other side.
    @discardableResult
    public func tick(_ now: Instant) async throws -> Int {
        var sent = 0
        for channel in channels {
            for message in try await outbox.due(channel.name, at: now, limit: 50) {
                do {
                    try await channel.send(message)
                    try await outbox.sent(message.id, at: now)
                    sent += 1
                } catch {
                    let pause = OutboxWork.pauses.dropFirst(message.attempts).first
                    try await outbox.failed(
                        message.id, error: OutboxWork.words(error), next: pause.map { now.adding(seconds: $0) })
                }
            }
        }
        return sent
    }

    private static func words(_ error: any Error) -> String {
        guard let failure = error as? Failure else { return String(describing: error) }
        return ([failure.code] + failure.values.sorted { $0.key < $1.key }.map(\.value)).joined(separator: " ")
    }
}
