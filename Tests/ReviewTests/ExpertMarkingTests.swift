import Foundation
import Review
import Scheme
import Testing
import Vocabulary

@Suite("Divergence, hidden marks, agreement")
struct ExpertMarkingTests {
    @Test(
        "A range above 25 or a mark more than 15 from the median is a divergence",
        arguments: [
            (["70", "75", "80", "85", "90"], "20", "80.00", "10.00", false),
            (["60", "75", "80", "85", "85"], "25", "80.00", "20.00", true),
            (["65", "70", "80", "85", "90"], "25", "80.00", "15.00", false),
            (["64.9", "70", "80", "85", "90"], "25.1", "80.00", "15.10", true),
            (["60", "80"], "20", "70.00", "10.00", false), (["80"], "0", "80.00", "0.00", false),
        ])
    func divergence(_ marks: [String], range: String, median: String, distance: String, isWide: Bool) throws {
        let found = try #require(MarkDivergence(marks.map(decimal)))
        #expect(found.range == decimal(range) && found.median == decimal(median))
        #expect(found.distance == decimal(distance) && found.isWide == isWide)
    }

    private static let cell = CellAddress(round: "r", platform: "P1", indicator: "overseas")

    private func standing(_ first: [String?], second: [String?] = [], revealed: Bool) -> CaseStanding {
        var standing = CaseStanding(cell: Self.cell, revealedAt: revealed ? Instant(seconds: 9) : nil)
        standing.experts = first.indices.map { AccountID("e\($0)") }
        func sheet(_ index: Int, _ mark: String, _ sitting: Int) -> MarkSheet {
            MarkSheet(
                cell: Self.cell, expert: AccountID("e\(index)"), sitting: sitting, criteria: [], mark: decimal(mark),
                comment: "", at: Instant(seconds: 1))
        }
        for (index, mark) in first.enumerated() {
            if let mark { standing.first[AccountID("e\(index)")] = sheet(index, mark, 1) }
        }
        for (index, mark) in second.enumerated() {
            if let mark { standing.second[AccountID("e\(index)")] = sheet(index, mark, 2) }
        }
        return standing
    }

    @Test("No reader sees another's mark before all are in and shown; second marks hide until all are in again")
    func hidden() {
        let early = standing(["70", "75", nil], revealed: false)
        #expect(early.stage == .marking && early.owing == ["e2"])
        #expect(early.seen(by: "e0", readsMarks: false).map(\.expert) == ["e0"])
        #expect(early.seen(by: "operator", readsMarks: true).isEmpty)
        let complete = standing(["70", "75", "80"], revealed: false)
        #expect(complete.stage == .complete && complete.seen(by: "panel", readsMarks: true).isEmpty)
        let ready = standing(["70", "75", "80"], revealed: true)
        #expect(ready.stage == .ready && ready.seen(by: "e1", readsMarks: false).count == 3)
        #expect(ready.seen(by: "stranger", readsMarks: false).isEmpty)
        let wide = standing(["50", "75", "90"], second: ["60", "75", nil], revealed: true)
        #expect(wide.stage == .discussing && wide.owing == ["e2"])
        #expect(wide.seen(by: "panel", readsMarks: true).map(\.sitting) == [1, 1, 1])
        #expect(wide.seen(by: "e0", readsMarks: false).map(\.sitting) == [1, 2, 1, 1])
        #expect(wide.counting.map(\.mark) == ["50", "75", "90"].map(decimal))
        let settled = standing(["50", "75", "90"], second: ["60", "75", "99"], revealed: true)
        #expect(settled.stage == .ready && settled.counting.map(\.mark) == ["60", "75", "99"].map(decimal))
        #expect(settled.seen(by: "panel", readsMarks: true).count == 6)
    }

    private static let rules = ExpertMarking(
        experts: Sourced(5, .default), atLeast: Sourced(3, .default), trimFrom: Sourced(5, .default),
        reasonBelow: Sourced(60, .default), reasonAbove: Sourced(90, .default),
        rubric: ["20", "20", "40", "20"].map {
            RubricLine(title: LocalizedText(zh: $0, en: $0), points: Sourced(decimal($0), .default), steps: [])
        })

    @Test(
        "Criteria stay within their points and add up to the mark",
        arguments: [
            (["18", "17", "33", "15"], "83", "", 1, []),
            (["18", "17", "33", "15"], "84", "", 1, ["experts.criteria_sum"]),
            (["21", "17", "33", "15"], "86", "", 1, ["experts.criterion_range"]),
            (["18.25", "17", "33", "15"], "83.25", "", 1, ["experts.criterion_places", "review.mark_places"]),
            (["18", "17", "33"], "68", "", 1, ["experts.criteria_count"]), ([], "83", "", 2, ["experts.second_reason"]),
            ([], "83", "同意多数意见", 2, []), ([], "59", "", 1, ["review.mark_reason"]),
        ])
    func criteria(_ criteria: [String], mark: String, comment: String, sitting: Int, codes: [String]) {
        let sheet = MarkSheet(
            cell: Self.cell, expert: "e1", sitting: sitting, criteria: criteria.map(decimal), mark: decimal(mark),
            comment: comment, at: Instant(seconds: 0))
        #expect(sheet.faults(under: Self.rules).map(\.code) == codes)
    }

    private struct Vectors: Decodable {
        struct Vector: Decodable {
            let name: String
            let table: [[Double]]
            let single: [Double]
            let mean: [Double]
        }
        let vectors: [Vector]
    }

    @Test("Agreement is that of the published example and of pingouin, bounds to its two places")
    func agreement() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Vectors/expert-agreement.json")
        let vectors = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file)).vectors
        #expect(vectors.count == 5)
        for vector in vectors {
            let found = try #require(MarkAgreement(vector.table))
            for (ours, theirs) in [(found.single, vector.single), (found.mean, vector.mean)] {
                #expect(abs(ours.value - theirs[0]) < 1e-9, "\(vector.name)")
                #expect(abs(ours.lower - theirs[1]) < 0.00501, "\(vector.name): \(ours.lower)")
                #expect(abs(ours.upper - theirs[2]) < 0.00501, "\(vector.name): \(ours.upper)")
            }
        }
        // Shrout and Fleiss 1979, table 4: ICC(2,1) = .29, ICC(2,4) = .62.
        let published = try #require(MarkAgreement(vectors[0].table))
        #expect(abs(published.single.value - 0.29) < 0.005 && abs(published.mean.value - 0.62) < 0.005)
    }

    @Test("A table with a gap, of one case, or of equal marks has no agreement")
    func none() {
        #expect(MarkAgreement([[1, 2], [3]]) == nil && MarkAgreement([[1, 2]]) == nil)
        #expect(MarkAgreement([[70, 70], [70, 70]]) == nil && MarkAgreement([]) == nil)
    }

    @Test("Severity is the mean distance from the mean of the same cases, and adds up to nothing")
    func severity() {
        let marks: [[AccountID: ExactDecimal]] = [
            ["a": decimal("70"), "b": decimal("80"), "c": decimal("90")],
            ["a": decimal("60"), "b": decimal("70"), "c": decimal("80")],
            ["a": decimal("50")],
        ]
        let found = MarkAgreement.severity(marks)
        #expect(found.map(\.mean) == ["-10", "0", "10"].map(decimal) && found.map(\.cases) == [2, 2, 2])
    }
}
