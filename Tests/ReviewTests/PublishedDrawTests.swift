import Foundation
import Review
import Testing
import Trust
import Vocabulary

@Suite("A published draw repeated")
struct PublishedDrawTests {
    private static let seed = Digest.sha256(of: Array("root".utf8))
    private static let name = "r1/p1/companies-served"

    /// What the interface gives out of a list of 300 rows in two cities.
    private func published(_ change: (inout [String: Any]) -> Void = { _ in }) throws -> PublishedDraw {
        let rows = (2...301).map { SampleDraw.Row(number: $0, stratum: $0 <= 101 ? "320100" : "320500") }
        let drawn = SampleDraw.draw(59, from: rows, seed: Self.seed, list: Self.name)
        var fields: [String: Any] = [
            "name": Self.name, "list": Digest.sha256(of: []).hex, "freezeIndex": 7, "checkpointSize": 8,
            "seed": Self.seed.hex, "count": 59, "drawn": RowRanges.text(drawn),
            "strata": [
                ["name": "320100", "rows": "2-101", "rowCount": 100, "drawnCount": 20],
                ["name": "320500", "rows": "102-301", "rowCount": 200, "drawnCount": 39],
            ],
        ]
        change(&fields)
        return try JSONDecoder().decode(PublishedDraw.self, from: JSONSerialization.data(withJSONObject: fields))
    }

    private func codes(_ draw: PublishedDraw, _ kept: Checkpoint? = nil) -> [String] {
        draw.findings(against: kept).map { String($0.code.dropFirst("sampling.repeat.".count)) }
    }

    @Test("The same seed draws the same rows, and the kept checkpoint has that root")
    func same() throws {
        let kept = Checkpoint(origin: "log", size: 8, root: Self.seed)
        #expect(try codes(published()) == [])
        #expect(try codes(published(), kept) == [])
    }

    @Test("One row exchanged is found and named")
    func exchanged() throws {
        let draw = try published { fields in
            var rows = RowRanges.numbers(fields["drawn"] as? String ?? "") ?? []
            let other = (2...301).first { !rows.contains($0) } ?? 0
            rows[rows.count - 1] = other
            fields["drawn"] = RowRanges.text(rows)
        }
        #expect(codes(draw) == ["differs"])
        #expect(draw.findings().first?.values["extra"] != "–")
    }

    @Test("Another seed, a checkpoint before the freeze, or rows in two strata are found")
    func others() throws {
        let other = Digest.sha256(of: Array("chosen".utf8)).hex
        #expect(try codes(published { $0["seed"] = other }) == ["differs"])
        #expect(try codes(published { $0["checkpointSize"] = 7 }) == ["before_freeze"])
        let kept = Checkpoint(origin: "log", size: 8, root: Digest.sha256(of: [1]))
        #expect(try codes(published(), kept) == ["other_seed"])
        #expect(try codes(published(), Checkpoint(origin: "log", size: 9, root: Self.seed)) == ["other_size"])
        let doubled = try published {
            $0["strata"] = [
                ["name": "a", "rows": "2-101", "rowCount": 100, "drawnCount": 20],
                ["name": "b", "rows": "101-300", "rowCount": 200, "drawnCount": 39],
            ]
        }
        #expect(codes(doubled).contains("stratum_damaged"))
    }

    @Test("Numbers that would fill the memory are refused")
    func large() throws {
        let draw = try published { $0["drawn"] = "1-99999999999" }
        #expect(codes(draw) == ["drawn_damaged"])
    }
}
