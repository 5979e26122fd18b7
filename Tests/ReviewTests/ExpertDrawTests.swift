import Foundation
import Review
import Testing
import Vocabulary

/// Numbers for made-up pools; the same everywhere.
private struct Dice {
    var state: UInt64
    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}

@Suite("The draw of experts")
struct ExpertDrawTests {
    private static func code(_ index: Int) -> String {
        let body = "91320500MA" + String(format: "%07d", index).replacingOccurrences(of: "0", with: "1")
        return CompanyCode.completing(String(body.prefix(16)))?.description ?? "code-\(index)"
    }

    private static func request(_ seed: UInt64, shuffled: Bool = false) -> ExpertDraw.Request {
        var dice = Dice(state: seed)
        let applicants = (0..<8).map { index in
            ExpertDraw.Applicant(
                platform: PlatformID("P\(index)"), code: Self.code(index), company: "申报企业\(index)有限公司",
                group: index == 3 ? "大江集团" : "")
        }
        let candidates = (0..<60).map { index -> ExpertDraw.Candidate in
            let employer = dice.below(25)
            let expert = Expert(
                account: AccountID("expert\(index)"), name: "专家\(index)",
                employer: employer < 8 ? "申报企业\(employer)有限公司" : "单位\(employer)",
                employerCode: dice.below(3) == 0 && employer < 8 ? Self.code(employer) : "",
                group: employer == 9 ? "大江集团" : employer == 10 || employer == 11 ? "联合集团" : "",
                fields: dice.below(2) == 0 ? [.carbon] : [.manufacturing],
                retired: dice.below(20) == 0 ? "退休" : nil)
            return ExpertDraw.Candidate(
                expert, load: dice.below(3), conflicts: dice.below(15) == 0 ? ["P2"] : [],
                absence: dice.below(20) == 0 ? .account : nil)
        }
        return ExpertDraw.Request(
            name: "r1/overseas", seed: Digest.sha256(of: Array("\(seed)".utf8)).hex, seats: 5, applicants: applicants,
            candidates: shuffled ? candidates.reversed() : candidates)
    }

    @Test(
        "Nobody is drawn who must stay away, of one employer or group sits one, and everybody left out has a reason",
        arguments: UInt64(1)...60)
    func avoidance(_ seed: UInt64) throws {
        let request = Self.request(seed)
        let outcome = try ExpertDraw.run(request)
        let drawn = Set(outcome.panels.flatMap { $0 })
        #expect(outcome.panels.map(\.count) == [5])
        let chosen = request.candidates.filter { drawn.contains($0.account) }
        for one in chosen {
            #expect(one.absence == nil && one.conflicts.isEmpty)
            #expect(!request.applicants.contains { $0.company == one.employer || $0.code == one.employerCode })
            #expect(one.group != "大江集团")
        }
        #expect(Set(chosen.map(\.employer)).count == 5)
        #expect(chosen.count { $0.group == "联合集团" } <= 1)
        #expect(Set(outcome.excluded.map(\.account)).isDisjoint(with: drawn))
        #expect(outcome.excluded.count + drawn.count == request.candidates.count)
        // Nobody with more to do was taken while somebody with less stood by for the lot alone.
        let most = chosen.map(\.load).max() ?? 0
        let standing = Set(outcome.excluded.filter { $0.reason == .lot }.map(\.account))
        #expect(request.candidates.filter { standing.contains($0.account) }.allSatisfy { $0.load >= most })
    }

    @Test("The same seed draws the same people, whatever the order of the pool; another seed draws others")
    func repeatable() throws {
        var panels: Set<[AccountID]> = []
        for seed in UInt64(1)...20 {
            let once = try ExpertDraw.run(Self.request(seed))
            #expect(try ExpertDraw.run(Self.request(seed, shuffled: true)) == once)
            let kept = try JSONEncoder().encode(Self.request(seed))
            let read = try JSONDecoder().decode(ExpertDraw.Request.self, from: kept)
            #expect(try ExpertDraw.run(read) == once)
            panels.insert(once.panels[0])
        }
        #expect(panels.count > 15)
    }

    @Test("Who takes a seat over is free of conflicts, of another employer than those who stay, and was never on it")
    func replacement() throws {
        for seed in UInt64(1)...30 {
            let request = Self.request(seed)
            var panel = try ExpertDraw.run(request).panels[0]
            var taken = Set(panel)
            for _ in 0..<2 {
                let staying = Array(panel.dropFirst())
                guard let next = ExpertDraw.next(request, beside: staying, taken: taken) else { continue }
                #expect(!taken.contains(next))
                let candidate = try #require(request.candidates.first { $0.account == next })
                #expect(ExpertDraw.exclusion(of: candidate, request) == nil)
                let employers = request.candidates.filter { staying.contains($0.account) }.map(\.employer)
                #expect(!employers.contains(candidate.employer))
                panel = staying + [next]
                taken.insert(next)
            }
        }
    }

    @Test("An even number of seats and a pool too small are refused")
    func refused() throws {
        let full = Self.request(1)
        for seats in [1, 2, 4] {
            let request = ExpertDraw.Request(
                name: full.name, seed: full.seed, seats: seats, applicants: [], candidates: full.candidates)
            #expect(throws: Failure("experts.seats_even", ["seats": "\(seats)"])) { try ExpertDraw.run(request) }
        }
        let few = ExpertDraw.Request(
            name: full.name, seed: full.seed, seats: 5, applicants: [], candidates: Array(full.candidates.prefix(3)))
        #expect { try ExpertDraw.run(few) } throws: { ($0 as? Failure)?.code == "experts.too_few" }
    }

    @Test("Up to the limit one panel marks all; above it panels share the anchors and divide the rest evenly")
    func panels() {
        let all = (1...170).map { PlatformID("P\($0)") }
        let one = ExpertDraw.share(Array(all.prefix(80)), above: 80, anchors: 8, seed: "s", name: "n")
        #expect(one.panels.count == 1 && one.anchors.isEmpty && one.panels[0].count == 80)
        let three = ExpertDraw.share(all, above: 80, anchors: 8, seed: "s", name: "n")
        #expect(three.panels.count == 3 && three.anchors.count == 8)
        #expect(three.panels.allSatisfy { three.anchors.isSubset(of: $0) && (62...62).contains($0.count) })
        #expect(Set(three.panels.flatMap { $0 }) == Set(all))
        let rest = three.panels.flatMap { $0.filter { !three.anchors.contains($0) } }
        #expect(rest.count == Set(rest).count)
    }
}
