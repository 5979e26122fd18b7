import Logging
import Submit
import Trust
import Vocabulary

/// Deletes row-level data when its time is over; looks every hour and at every start, so that a stopped server catches
/// up.
struct RetentionWork: BackgroundWork {
    let store: any RetentionStore
    let schedule: RetentionSchedule
    let clock: any Clock
    let random: any RandomSource
    /// Days are cut here; the rounds' schemes agree on it.
    let days: DayCutter

    func run() async throws {
        var logger = Logger(label: "heng.retention")
        logger.logLevel = .notice
        while !Task.isCancelled {
            do { _ = try await tick(clock.now()) } catch is CancellationError { return } catch {
                logger.error("deleting on schedule failed, tried again in an hour: \(error)")
            }
            do { try await Task.sleep(for: .seconds(3600)) } catch { return }
        }
    }

    /// Deletes everything that is due.
    /// - Returns: what was deleted now; running it again at the same time deletes nothing.
    func tick(_ now: Instant) async throws -> [Deletion] {
        var done: [Deletion] = []
        for (round, published) in try await store.publishedRounds() {
            for holding in try await store.holdings(round)
            where schedule.dueDay(holding.kind, published: days.day(of: published)) <= days.day(of: now) {
                let salt = random.salt()
                let deletion = try await store.delete(holding, at: now) { digest in
                    AuditEntry(
                        "personal.deleted", actor: .system("retention"), at: now,
                        subject: AuditSubject(
                            round: holding.round, platform: holding.platform.rawValue.isEmpty ? nil : holding.platform,
                            indicator: holding.indicator),
                        payload: [
                            "what": .string(holding.kind.rawValue), "rows": .string("\(holding.rowCount)"),
                            "digest": .string(digest.hex),
                        ], salt: salt)
                }
                if let deletion { done.append(deletion) }
            }
        }
        return done
    }
}
