import Foundation
import Review
import Synchronization
import Testing
import Transports
import Trust
import Vocabulary
import Web

/// A channel that fails as often as it is told to.
final class ShakyChannel: MessageChannel {
    let name = "mail"
    private let failures: Mutex<Int>
    let taken = Mutex<[Int]>([])

    init(failures: Int) { self.failures = Mutex(failures) }

    func send(_ message: OutgoingMessage) async throws {
        let fails = failures.withLock { left in
            left -= 1
            return left >= 0
        }
        if fails { throw Failure("workflow.mail_refused", ["said": "421 later"]) }
        taken.withLock { $0.append(message.id) }
    }
}

/// An outbox in memory with one letter.
final class OneLetter: Outbox {
    struct State {
        var attempts = 0
        var next: Instant?
        var error = ""
        var isSent = false
    }
    let state: Mutex<State>

    init(at: Instant) { state = Mutex(State(next: at)) }

    func due(_ channel: String, at now: Instant, limit: Int) async throws -> [OutgoingMessage] {
        state.withLock { state in
            guard let next = state.next, next <= now, !state.isSent else { return [] }
            return [
                OutgoingMessage(
                    id: 1, code: "message.in_notice", values: ["platform": "p"], address: "/", at: next,
                    mail: "a@example.com", phones: [], attempts: state.attempts)
            ]
        }
    }
    func sent(_ id: Int, at now: Instant) async throws { state.withLock { $0.isSent = true } }
    func failed(_ id: Int, error: String, next: Instant?) async throws {
        state.withLock {
            $0.attempts += 1
            $0.next = next
            $0.error = error
        }
    }
    func deadLetters(limit: Int) async throws -> [DeadLetter] { [] }
    func waiting() async throws -> [String: Int] { [:] }
    func retry(_ id: Int, at now: Instant) async throws -> Bool { false }
}

@Suite("Carrying messages out of the system")
struct OutboxWorkTests {
    let now = Instant(seconds: 1_763_784_000)

    @Test("A letter that fails is tried again after growing pauses, delivered once, and never again")
    func retries() async throws {
        let (outbox, channel) = (OneLetter(at: now), ShakyChannel(failures: 2))
        let work = OutboxWork(outbox: outbox, channels: [channel], clock: FixedClock())
        #expect(try await work.tick(now) == 0)
        #expect(try await work.tick(now.adding(seconds: 29)) == 0)
        #expect(outbox.state.withLock { $0.attempts } == 1)
        #expect(try await work.tick(now.adding(seconds: 30)) == 0)
        #expect(try await work.tick(now.adding(seconds: 90)) == 1)
        #expect(try await work.tick(now.adding(seconds: 900_000)) == 0)
        #expect(channel.taken.withLock { $0 } == [1])
    }

    @Test("After the last pause the letter is given up with what the other side said")
    func givenUp() async throws {
        let (outbox, channel) = (OneLetter(at: now), ShakyChannel(failures: .max))
        let work = OutboxWork(outbox: outbox, channels: [channel], clock: FixedClock())
        var at = now
        for _ in 0..<20 {
            _ = try await work.tick(at)
            at = at.adding(seconds: 86_400)
        }
        let state = outbox.state.withLock { $0 }
        #expect(state.attempts == OutboxWork.pauses.count + 1)
        #expect(state.next == nil)
        #expect(state.error == "workflow.mail_refused 421 later")
    }

    @Test(
        "The signature is the HMAC-SHA256 of timestamp, dot and body; a relay or robot without a proper address is refused"
    )
    func signature() throws {
        // Computed with: printf '1.{}' | openssl dgst -sha256 -hmac key
        let known = "v1=1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224"
        #expect(WebhookChannel.signature(of: Data("{}".utf8), at: "1", secret: "key") == known)
        #expect(throws: Failure.self) {
            try WebhookChannel(address: "ftp://x", secret: "", site: "", clock: FixedClock())
        }
        #expect(throws: Failure.self) { try MailChannel.Relay(address: "smtp://relay", from: "nobody") }
        #expect(try MailChannel.Relay(address: "smtp://u:p@relay:2525", from: "a@b.cn").port == 2525)
    }
}
