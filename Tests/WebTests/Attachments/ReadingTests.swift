import Foundation
import Review
import Submit
import Testing
import Trust
import Vocabulary
import Web

@Suite("Files are read, and those stopped by the scanner stay shut")
struct ReadingTests {
    static let sheet = CellDesk.base + "/cells/platform-revenue/evidence?name=a.pdf&requirement=audit-report"
    let desk: CellDesk

    init() async throws { desk = try await CellDesk() }

    func attach() async throws -> Digest {
        let answer = try await desk.site.ask(.post, Self.sheet, as: "manager", bytes: TusRoutesTests.pdf)
        #expect(answer.status == 201, "\(answer.body)")
        let hex = try #require(answer.json?["digest"] as? String)
        return try #require(Digest(hex: hex))
    }

    func hindrances(_ action: SubmissionAction) async throws -> [String] {
        let services = desk.site.services
        let round = try #require(try await services.rounds.round("r1"))
        let submission = SubmissionCase(
            try #require(try await services.rounds.participation("r1", "p1")), round: round,
            scheme: try #require(try await services.schemes.scheme(digest: round.schemeDigest)),
            now: services.clock.now())
        var codes: [String] = []
        for hinders in services.people.attachments.guards {
            codes += try await hinders.hindrances(to: SubmissionRequest(action), of: submission).map(\.code)
        }
        return codes
    }

    @Test("A file waits, is taken once, and its reading is there for those who see the file")
    func queue() async throws {
        let digest = try await attach()
        let readings = try #require(desk.site.services.people.attachments.readings)
        #expect(try await readings.states([digest])[digest]?.kind == .waiting)
        let taken = try #require(try await readings.take(now: desk.site.services.clock.now()))
        #expect(taken.digest == digest && taken.tries == 1)
        try await readings.begin(digest, pages: 2, done: 1, page: ReadPage(number: 1, source: .text, text: "审计报告"))
        let seen = try await desk.site.ask(.get, "/uploads/states?digests=\(digest)", as: "manager")
        #expect(seen.body.contains("1/2"), "\(seen.body)")
        let foreign = try await desk.site.ask(.get, "/uploads/states?digests=\(digest)", as: "other-manager")
        #expect(!foreign.body.contains("1/2"), "\(foreign.body)")
        try await readings.end(digest, .read, note: nil, now: desk.site.services.clock.now())
        #expect(try await readings.take(now: desk.site.services.clock.now()) == nil)
        #expect(try await readings.document(digest)?.pages.map(\.text) == ["审计报告"])
    }

    @Test("A reading that fell is taken up once more, then given up")
    func fallen() async throws {
        let digest = try await attach()
        let readings = try #require(desk.site.services.people.attachments.readings)
        let now = desk.site.services.clock.now()
        #expect(try await readings.take(now: now)?.tries == 1)
        #expect(try await readings.take(now: now)?.tries == 2)
        #expect(try await readings.take(now: now) == nil)
        #expect(try await readings.states([digest])[digest]?.kind == .unreadable)
    }

    @Test("A quarantined file opens for nobody and hinders handing in, not what comes after")
    func quarantine() async throws {
        let digest = try await attach()
        #expect(try await hindrances(.submit).isEmpty)
        let readings = try #require(desk.site.services.people.attachments.readings)
        let now = desk.site.services.clock.now()
        _ = try await readings.take(now: now)
        try await readings.end(digest, .quarantined, note: "Eicar-Test-Signature", now: now)
        #expect(try await hindrances(.submit) == ["attachments.guard.quarantined"])
        #expect(try await hindrances(.resubmit) == ["attachments.guard.quarantined"])
        #expect(try await hindrances(.pass).isEmpty)
        for address in ["/evidence/\(digest)", "/evidence/\(digest)/pages/1.png", "/api/v1/evidence/\(digest)"] {
            let answer = try await desk.site.ask(.get, address, as: "operator")
            #expect(answer.status == 409, "\(address): \(answer.status) \(answer.body)")
        }
    }
}
