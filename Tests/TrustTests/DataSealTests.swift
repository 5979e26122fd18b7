import Foundation
import Testing
import Trust
import Vocabulary

@Suite("Sealed data")
struct DataSealTests {
    static func key(_ byte: UInt8) throws -> DataSeal.Key { try DataSeal.Key(bytes: Array(repeating: byte, count: 32)) }
    static func seal(_ keys: UInt8...) throws -> DataSeal {
        try DataSeal(keys: try keys.map(key), random: SystemRandomSource())
    }

    @Test("What is sealed opens at its place and nowhere else")
    func place() throws {
        let seal = try Self.seal(1)
        let sealed = try seal.seal(Array("张三".utf8), place: "a/1")
        #expect(try seal.open(sealed, place: "a/1") == Array("张三".utf8))
        #expect { try seal.open(sealed, place: "a/2") } throws: { ($0 as? Failure)?.code == "trust.seal_broken" }
    }

    @Test("The same bytes never look the same twice, and never in clear")
    func freshNonce() throws {
        let seal = try Self.seal(1)
        let text = Array("1028412021000022".utf8)
        let (a, b) = (try seal.seal(text, place: "x"), try seal.seal(text, place: "x"))
        #expect(a != b)
        #expect(Data(a).range(of: Data(text)) == nil)
    }

    @Test("Every flipped bit is found")
    func flippedBits() throws {
        let seal = try Self.seal(1)
        let sealed = try seal.seal([1, 2, 3], place: "x")
        for index in sealed.indices {
            var broken = sealed
            broken[index] ^= 0x10
            #expect(throws: Failure.self) { try seal.open(broken, place: "x") }
        }
        #expect(throws: Failure.self) { try seal.open(Array(sealed.dropLast()), place: "x") }
        #expect(throws: Failure.self) { try seal.open([], place: "x") }
    }

    @Test("An older key still opens what it sealed; a missing one is named")
    func rotation() throws {
        let sealed = try Self.seal(1).seal([9], place: "x")
        #expect(try Self.seal(2, 1).open(sealed, place: "x") == [9])
        #expect { try Self.seal(2).open(sealed, place: "x") } throws: {
            ($0 as? Failure)?.code == "trust.seal_key_missing"
        }
    }

    @Test("A keyed digest is equal for equal texts, also after a key was added, and differs under another key")
    func keyedDigest() throws {
        #expect(try Self.seal(1).keyedDigest(of: "a") == Self.seal(2, 1).keyedDigest(of: "a"))
        #expect(try Self.seal(1).keyedDigest(of: "a") != Self.seal(2).keyedDigest(of: "a"))
        #expect(try Self.seal(1).keyedDigest(of: "a") != Self.seal(1).keyedDigest(of: "b"))
    }

    @Test("A key of another length is refused", arguments: [0, 16, 31, 33])
    func keyLength(_ count: Int) {
        #expect(throws: Failure.self) { try DataSeal.Key(bytes: Array(repeating: 1, count: count)) }
    }
}
