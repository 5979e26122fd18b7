import Collect
import Foundation
import Testing
import Trust
import Vocabulary

@Suite("Challenges against a committed inventory")
struct ChallengeTests {
    static let owner = CompanyCode.completing("91320500MA1ABCDE")?.description ?? ""
    static let months = Instant(milliseconds: 1_000_000)...Instant(milliseconds: 2_000_000)

    static func commitment(_ inventory: Inventory) -> InventoryCommitment {
        InventoryCommitment(
            id: 1, round: "r", platform: "p", size: inventory.size, root: inventory.root,
            committedAt: Instant(milliseconds: 0), logIndex: 4)
    }

    static func check(_ inventory: Inventory, counted: Set<String>? = nil) -> LeafCheck {
        LeafCheck(
            commitment: commitment(inventory), samples: months, isRegion: { $0 == "320500" },
            isCounted: { id in counted.map { $0.contains(id) } })
    }

    static func answer(_ inventory: Inventory, _ place: Int) throws -> LeafAnswer {
        LeafAnswer(
            leaf: try inventory.leaf(place), next: place + 1 < inventory.size ? try inventory.leaf(place + 1) : nil,
            sampledAt: Instant(milliseconds: 1_500_000), sample: "spindle 1 200 r/min", owner: owner, region: "320500",
            place: "Hall 3")
    }

    static let inventory = Inventory((0..<1000).map { "CNC-\($0 * 7919 % 1000)" })

    @Test("Every leaf of an honest list is good, whatever the list's size", arguments: [1, 2, 3, 7, 64, 1000])
    func honest(size: Int) throws {
        let inventory = Inventory((0..<size).map { "d\($0)" })
        let check = Self.check(inventory)
        for place in 0..<size { #expect(check.verdict(try Self.answer(inventory, place), at: place) == .good) }
    }

    @Test("Sorting and the root do not depend on the order in which identifiers come, nor on repetitions")
    func canonical() {
        let shuffled = Inventory((Self.inventory.identifiers + ["CNC-5", "CNC-5"]).shuffled())
        #expect(shuffled.root == Self.inventory.root && shuffled.size == 1000)
        #expect(Inventory(["é", "z", "a", "中"]).identifiers == ["a", "z", "é", "中"])
    }

    @Test("What is wrong with an answer is named")
    func wrong() throws {
        let check = Self.check(Self.inventory)
        let good = try Self.answer(Self.inventory, 10)
        func verdict(_ change: (inout LeafAnswer) throws -> Void) rethrows -> LeafVerdict {
            var answer = good
            try change(&answer)
            return check.verdict(answer, at: 10)
        }
        #expect(verdict { $0.leaf.identifier = "CNC-invented" } == .proofRefused)
        #expect(try verdict { $0.leaf = try Self.inventory.leaf(11) } == .proofRefused)
        #expect(verdict { $0.leaf.path.removeLast() } == .proofRefused)
        #expect(verdict { $0.next = nil } == .proofRefused)
        #expect(try verdict { $0.next = try Self.inventory.leaf(12) } == .proofRefused)
        #expect(verdict { $0.sample = " " } == .sampleMissing)
        #expect(verdict { $0.sampledAt = Instant(milliseconds: 2_000_001) } == .sampleOutside)
        #expect(verdict { $0.owner = "91320500MA1ABCDE00" } == .ownerInvalid)
        #expect(verdict { $0.region = "999999" } == .placeMissing)
        #expect(verdict { $0.place = "" } == .placeMissing)
        #expect(Self.check(Self.inventory, counted: ["other"]).verdict(good, at: 10) == .notCounted)
        #expect(Self.check(Self.inventory, counted: [good.leaf.identifier]).verdict(good, at: 10) == .good)
    }

    /// A list that its maker did not sort: the tree over it is well made, its order is not.
    @Test("A list padded by repeating an identifier is found where it was repeated")
    func repeated() throws {
        let identifiers = ["a", "b", "b", "c"]
        let tree = MerkleTree(leaves: identifiers.map { MerkleHash.leaf($0.utf8) })
        let commitment = InventoryCommitment(
            id: 1, round: "r", platform: "p", size: 4, root: tree.root, committedAt: Instant(milliseconds: 0),
            logIndex: 0)
        let check = LeafCheck(
            commitment: commitment, samples: Self.months, isRegion: { _ in true }, isCounted: { _ in nil })
        func leaf(_ index: Int) throws -> InventoryLeaf {
            InventoryLeaf(
                index: index, identifier: identifiers[index], path: try tree.inclusion(index: index, size: 4).path)
        }
        var answer = try Self.answer(Inventory(["x", "y"]), 0)
        (answer.leaf, answer.next) = (try leaf(1), try leaf(2))
        #expect(check.verdict(answer, at: 1) == .orderBroken)
        (answer.leaf, answer.next) = (try leaf(0), try leaf(1))
        #expect(check.verdict(answer, at: 0) == .good)
    }

    @Test("A draw is made of different places, is the same everywhere, and differs by checkpoint and commitment")
    func draw() throws {
        let (a, b) = (Digest.sha256(of: [1]), Digest.sha256(of: [2]))
        let seed = LeafDraw.seed(checkpoint: a, commitment: b)
        #expect(seed.hex == "\(Digest.sha256(of: "heng/challenge/1\n\(a.hex)\n\(b.hex)\n".utf8))")
        let places = LeafDraw.places(400, of: 1_000_000, seed: seed)
        #expect(Set(places).count == 400 && places.allSatisfy { (0..<1_000_000).contains($0) })
        #expect(places == LeafDraw.places(400, of: 1_000_000, seed: seed))
        #expect(places.prefix(30).elementsEqual(LeafDraw.places(30, of: 1_000_000, seed: seed)))
        #expect(places != LeafDraw.places(400, of: 1_000_000, seed: LeafDraw.seed(checkpoint: b, commitment: a)))
        #expect(LeafDraw.places(400, of: 9, seed: seed) == Array(0..<9))
        #expect(LeafDraw.places(400, of: 0, seed: seed).isEmpty)
        #expect(LeafDraw.places(3, of: 100_000_000_000, seed: seed).allSatisfy { $0 < 100_000_000_000 })
    }

    @Test("Every place is drawn equally often")
    func uniform() {
        var hits = [Int](repeating: 0, count: 10)
        for run in 0..<4000 {
            let seed = Digest.sha256(of: "run \(run)".utf8)
            for place in LeafDraw.places(3, of: 10, seed: seed) { hits[place] += 1 }
        }
        // 1 200 expected each; the sum of squares over it is chi-squared with 9 degrees: 27.9 is its 0.999 quantile.
        let chi = hits.reduce(0.0) { $0 + pow(Double($1) - 1200, 2) / 1200 }
        #expect(chi < 27.9, "\(hits)")
    }

    @Test("Thirty of thirty confirmed are at least nine tenths real; anything open leaves the bound open")
    func bounds() throws {
        let all = ChallengeOutcome(drawn: 400, size: 100_000, good: 400, handedOver: 30, confirmed: 30, denied: 0)
        #expect(abs(try #require(all.realBound) - 0.904_966) < 1e-6)
        #expect(abs(all.answeredBound - 0.992_538) < 1e-6)
        #expect(all.answeredDevices == 99_253 && all.realDevices == 90_496)
        let open = ChallengeOutcome(drawn: 400, size: 100_000, good: 390, handedOver: 30, confirmed: 29, denied: 0)
        #expect(open.realBound == nil && open.answeredBound < 0.976)
        let small = ChallengeOutcome(drawn: 9, size: 9, good: 9, handedOver: 9, confirmed: 0, denied: 9)
        #expect(small.answeredBound == 1 && small.realBound == 0)
    }

    @Test("Whoever saw the machine outweighs the owner's word, and 'cannot tell' is no word at all")
    func words() {
        func leaf(_ words: [(LeafConfirmation.Role, LeafConfirmation.Word)]) -> Challenge.Leaf {
            Challenge.Leaf(
                ordinal: 0, place: 0, isHandedOver: true,
                confirmations: words.map {
                    LeafConfirmation(
                        role: $0.0, says: $0.1, note: "", place: "", photo: nil, by: nil, at: Instant(milliseconds: 0))
                })
        }
        #expect(leaf([]).isReal == nil)
        #expect(leaf([(.owner, .unknown)]).isReal == nil)
        #expect(leaf([(.owner, .yes)]).isReal == true)
        #expect(leaf([(.owner, .yes), (.clerk, .no)]).isReal == false)
        #expect(leaf([(.verifier, .yes), (.owner, .no)]).isReal == true)
        #expect(leaf([(.owner, .no), (.clerk, .unknown)]).isReal == false)
    }
}
