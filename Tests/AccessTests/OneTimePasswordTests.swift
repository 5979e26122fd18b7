import Access
import Testing
import Trust
import Vocabulary

@Suite("One-time passwords")
struct OneTimePasswordTests {
    /// The seed of RFC 6238, appendix B.
    static let published = OneTimePassword(secret: Array("12345678901234567890".utf8))

    @Test(
        "The codes are those of RFC 6238, appendix B (its last six digits)",
        arguments: [
            (Int64(59), "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ])
    func published(_ seconds: Int64, _ code: String) {
        let step = OneTimePassword.step(at: Instant(seconds: seconds))
        #expect(Self.published.code(step: step) == code)
    }

    @Test("The codes are those of RFC 4226, appendix D")
    func counters() {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
        ]
        #expect((0..<10).map { Self.published.code(step: $0) } == codes)
    }

    @Test("A code works one step early and late, no more, and never after it or a later one was used")
    func tolerance() {
        let now = Instant(seconds: 3000)
        let step = OneTimePassword.step(at: now)
        for offset in Int64(-3)...3 {
            let code = Self.published.code(step: step + offset)
            let found = Self.published.step(of: code, at: now, after: nil)
            #expect((found != nil) == (abs(offset) <= 1), "\(offset)")
        }
        let code = Self.published.code(step: step)
        #expect(Self.published.step(of: code, at: now, after: step) == nil)
        #expect(Self.published.step(of: code, at: now, after: step - 1) == step)
        let spaced = String(code.prefix(3)) + " " + String(code.suffix(3))
        #expect(Self.published.step(of: spaced, at: now, after: nil) == step)
        for odd in ["", "12345", "1234567", "abcdef", "１２３４５６"] {
            #expect(Self.published.step(of: odd, at: now, after: nil) == nil)
        }
    }

    @Test("The secret is written as RFC 4648 base 32")
    func base32() {
        #expect(Self.published.base32 == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        #expect(OneTimePassword(secret: Array("foobar".utf8)).base32 == "MZXW6YTBOI")
    }

    @Test("Recovery codes are read without regard to case, hyphen and space, and do not repeat")
    func recovery() {
        let codes = RecoveryCode.make(200, random: SystemRandomSource())
        #expect(Set(codes).count == 200)
        #expect(RecoveryCode.digest("ab3de-fgh45") == RecoveryCode.digest(" AB3DE FGH45"))
        #expect(RecoveryCode.digest("ab3de-fgh45") != RecoveryCode.digest("ab3de-fgh46"))
    }
}
