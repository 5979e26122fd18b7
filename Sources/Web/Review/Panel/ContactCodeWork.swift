import Logging
import Review
import Vocabulary

/// Carries codes to objectors' mail addresses. The form never waits for the relay: a relay that is down delays the code,
/// and the receipt says so.
public struct ContactCodeWork: BackgroundWork {
    private let codes: any ContactCodeStore
    private let mail: any MessageChannel
    private let clock: any Clock

    /// Pauses after the first, second … failure; one more failure gives the code up, and the office calls.
    public static let pauses: [Int64] = [10, 30, 60, 300, 900]
    private static let secondsBetween = 2

    public init(codes: any ContactCodeStore, mail: any MessageChannel, clock: any Clock) {
        self.codes = codes
        self.mail = mail
        self.clock = clock
    }

    public func run() async throws {
        while !Task.isCancelled {
            do { try await tick(clock.now()) } catch is CancellationError { return } catch {
                Logger(label: "heng.objections").error("codes could not be read: \(error)")
            }
            do { try await Task.sleep(for: .seconds(Self.secondsBetween)) } catch { return }
        }
    }

    /// One look: everything that is due, one after the other.
    /// - Returns: how many the relay took.
    @discardableResult
    public func tick(_ now: Instant) async throws -> Int {
        var sent = 0
        for due in try await codes.dueCodes(at: now, limit: 20) {
            do {
                try await mail.send(
                    OutgoingMessage(
                        id: due.number, code: "message.contact_code",
                        values: ["code": due.code, "number": "\(due.number)"],
                        address: "/rounds/\(due.round)/objections/\(due.objection)", at: now, mail: due.mail,
                        phones: [], attempts: due.attempts, language: due.language))
                try await codes.codeSent(due.objection, at: clock.now())
                sent += 1
            } catch {
                let pause = Self.pauses.dropFirst(due.attempts).first
                try await codes.codeFailed(due.objection, next: pause.map { clock.now().adding(seconds: $0) })
            }
        }
        return sent
    }
}
