import Submit
import Testing
import Trust
import Vocabulary

@Suite("What a scan says of its version")
struct ScanVerdictTests {
    private let asked = PrintedPaper(
        round: "r1", subject: "p1", kind: .declaration, number: 3, digest: Digest.sha256(of: []), content: "{}")

    @Test("The version's own code is the same version, whatever the text says")
    func same() {
        let reading = ScanReading(codes: ["https://example.org", asked.code], text: "ffff-ffff-ffff-ffff")
        #expect(ScanVerdict(reading, asked: asked) == .same(.code))
    }

    @Test("Another version's code tells its number, even between pages of the right one")
    func other() {
        let old = "HENG1/r1/p1/declaration/2/ffffffffffffffff"
        #expect(ScanVerdict(.init(codes: [old], text: asked.checkDigits), asked: asked) == .otherVersion(2))
        #expect(ScanVerdict(.init(codes: [asked.code, old], text: ""), asked: asked) == .otherVersion(2))
    }

    @Test(
        "Another platform, round or kind is another paper",
        arguments: [
            "HENG1/r1/p2/declaration/3/0", "HENG1/r2/p1/declaration/3/0", "HENG1/r1/p1/commitment/3/0", "HENG1/x",
        ])
    func otherPaper(code: String) {
        #expect(ScanVerdict(.init(codes: [code], text: ""), asked: asked) == .otherPaper)
    }

    @Test("Without a code the printed check digits decide; without both it is unreadable")
    func text() {
        let right = "校验码：\(asked.checkDigits)\n"
        #expect(ScanVerdict(.init(codes: [], text: right), asked: asked) == .same(.text))
        #expect(ScanVerdict(.init(codes: [], text: "0123-4567-89ab-cdef"), asked: asked) == .otherVersion(nil))
        #expect(ScanVerdict(.init(codes: [], text: "0123-4567"), asked: asked) == .unreadable)
        #expect(ScanVerdict(.init(codes: [], text: ""), asked: asked) == .unreadable)
    }
}
