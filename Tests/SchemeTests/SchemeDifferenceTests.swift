import Foundation
import Scheme
import Testing
import Vocabulary

@Suite("What changed between two schemes")
struct SchemeDifferenceTests {
    private func changes(_ edits: [(String, String)]) throws -> [SchemeDifference.Change] {
        var text = SmallScheme.text
        for (old, new) in edits {
            text = text.replacingCharacters(in: try #require(text.range(of: old)), with: new)
        }
        return try SchemeDifference(old: SmallScheme.text, new: text, oldName: "old", newName: "new").changes
    }

    @Test("A file does not differ from itself")
    func same() throws { #expect(try changes([]).isEmpty) }

    @Test("A changed floor is told with its indicator and both values")
    func changed() throws {
        let change = try #require(try changes([("floor: 10,", "floor: 20,")]).first)
        #expect(change.kind == .changed)
        #expect(change.indicator == "devices")
        #expect(change.path == "sections[base].groups[figures].indicators[devices].rule.floor")
        #expect(change.old == "10 (default)")
        #expect(change.new == "20 (default)")
    }

    @Test("A confirmed value differs by who stands behind it")
    func confirmed() throws {
        let edit = ("points: {value: 5, origin: default}", "points: {value: 5, origin: decision, document: No. 1}")
        let all = try changes([edit])
        #expect(all.map(\.new) == ["5 (decision No. 1)"])
    }

    @Test("Another way of writing the same value is no change")
    func otherWriting() throws {
        #expect(try changes([("target: 1_000", "target: 1000")]).isEmpty)
        #expect(try changes([("base: 20", "base: {value: 20, origin: default}")]).isEmpty)
    }

    @Test("Added and removed items are told")
    func addedAndRemoved() throws {
        let all = try changes([("  - {id: pass, title: {zh: 合格, en: Pass}, floor: 10, origin: default}\n", "")])
        #expect(Set(all.map(\.kind)) == [.removed])
        #expect(all.allSatisfy { $0.path.hasPrefix("grades[pass]") })
    }

    @Test("A file that is no YAML is refused with its findings")
    func broken() {
        #expect(throws: Failure.self) {
            try SchemeDifference(old: "a: [", new: SmallScheme.text, oldName: "old", newName: "new")
        }
    }
}

@Suite("Floors and targets from a trial field")
struct AnchorProposalTests {
    @Test("Percentiles are those of type 7, zeros left out of a logarithm")
    func percentiles() throws {
        let scheme = try #require(SchemeReader.read(text: SmallScheme.text).scheme)
        let field: [Double?] = [nil, 0] + (1...21).map { Double($0 * 10) }
        let proposal = try #require(AnchorProposal.proposals(for: scheme, values: ["devices": field]).first)
        #expect(proposal.count == 21)
        #expect(proposal.zeros == 1)
        #expect(proposal.missing == 1)
        // numpy.percentile(arange(10, 211, 10), [10, 50, 95]) = 30, 110, 200.
        #expect([proposal.tenth, proposal.median, proposal.ninetyFifth] == [30, 110, 200])
        #expect([proposal.proposedFloor, proposal.proposedTarget] == [30, 200])
    }

    @Test("A field of fewer than ten values carries no proposal")
    func tooFew() throws {
        let scheme = try #require(SchemeReader.read(text: SmallScheme.text).scheme)
        let field: [Double?] = (1...9).map { Double($0) }
        let proposal = try #require(AnchorProposal.proposals(for: scheme, values: ["devices": field]).first)
        #expect(proposal.proposedFloor == nil)
    }
}
