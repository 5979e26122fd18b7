import Foundation
import TestSupport
import Testing
import Trust
import Vocabulary

@Suite("Canonical JSON")
struct CanonicalJSONTests {
    @Test("Every published vector of RFC 8785 comes out byte for byte")
    func publishedVectors() throws {
        guard let folder = ConformanceFolder("jcs") else { return }
        let inputs = folder.files("json").filter { $0.path.contains("/input/") }
        #expect(inputs.count == 6)
        for input in inputs {
            let name = input.deletingPathExtension().lastPathComponent
            let base = input.deletingLastPathComponent().deletingLastPathComponent()
            let expected = try Data(contentsOf: base.appending(path: "output/\(name).json"))
            let hex = try String(contentsOf: base.appending(path: "outhex/\(name).txt"), encoding: .utf8)
            let value = try CanonicalJSON(parsing: Data(contentsOf: input))
            #expect(value.text == String(decoding: expected, as: UTF8.self), "\(name)")
            #expect(Hexadecimal.bytes(hex.filter { !$0.isWhitespace }) == value.bytes, "\(name)")
        }
    }

    /// The published list is deterministic: its digest is known, so nothing needs to be downloaded.
    @Test("The first hundred thousand numbers of the published ECMAScript list are spelt as there")
    func publishedNumbers() throws {
        guard let folder = ConformanceFolder("jcs") else { return }
        let readme = try String(contentsOf: folder.url.appending(path: "testdata/README.md"), encoding: .utf8)
        let fixed = readme.matches(of: /0x([0-9a-f]{16})n[,\n]/).compactMap { UInt64($0.output.1, radix: 16) }
        let sequence = fixed + (0..<2000).map { 0x0010_0000_0000_0000 + UInt64($0) }
        var lines: [UInt8] = []
        var (count, block) = (0, [UInt8](repeating: 0, count: 32))
        func add(_ bits: UInt64) {
            let spelling = CanonicalJSON.number(Double(bitPattern: bits)).text
            lines += "\(String(bits, radix: 16)),\(spelling)\n".utf8
            count += 1
        }
        sequence.forEach(add)
        var digests: [Int: String] = [:]
        while count < 100_000 {
            block = Digest.sha256(of: block).bytes
            for word in 0..<4 where count < 100_000 {
                let bits = block[(word * 8)..<(word * 8 + 8)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                let value = Double(bitPattern: bits)
                if value.isFinite, value != 0 { add(bits) }
                if count == 10_000 || count == 100_000 { digests[count] = Digest.sha256(of: lines).hex }
            }
        }
        #expect(digests[10_000] == "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892")
        #expect(digests[100_000] == "22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7")
    }

    @Test(
        "Numbers are laid out as ECMAScript does",
        arguments: [
            (0.0, "0"), (-0.0, "0"), (1, "1"), (-12.5, "-12.5"), (1e21, "1e+21"), (1e20, "100000000000000000000"),
            (0.000001, "0.000001"), (0.0000001, "1e-7"), (1.5e-9, "1.5e-9"), (4.35, "4.35"),
            (9007199254740994, "9007199254740994"), (1.7976931348623157e308, "1.7976931348623157e+308"),
            (5e-324, "5e-324"), (123456.789, "123456.789"),
        ])
    func numbers(value: Double, spelling: String) { #expect(CanonicalJSON.number(value).text == spelling) }

    @Test(
        "What is no JSON is refused with its place",
        arguments: [
            ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\":1,\"a\":2}", 12), ("01", 2), ("1.", 2), ("nul", 3), ("\"a", 2),
            ("\"\\ud800\"", 7), ("\"\u{1}\"", 2), ("1 2", 2), ("1e999", 5), ("{\"a\" 1}", 5),
        ])
    func refusals(text: String, byte: Int) {
        #expect(throws: Failure("trust.json_unreadable", ["byte": "\(byte)"])) {
            try CanonicalJSON(parsing: text.utf8)
        }
    }

    @Test("Nesting without end is refused, not followed")
    func deepNesting() {
        let text = String(repeating: "[", count: 100_000)
        #expect(throws: Failure.self) { try CanonicalJSON(parsing: text.utf8) }
    }

    @Test("Bytes that are no UTF-8 are refused")
    func invalidUTF8() { #expect(throws: Failure.self) { try CanonicalJSON(parsing: [0x22, 0xFF, 0x22]) } }

    @Test("What is written reads back as the same value and the same bytes")
    func roundTrip() throws {
        let value: CanonicalJSON = [
            "平台": "江苏", "\u{10000}": [1, 2.5.canonical, nil, true], "a": ["\n\t\"\\": "\u{1F600}"], "z": [:],
        ]
        let again = try CanonicalJSON(parsing: value.bytes)
        #expect(again == value)
        #expect(again.bytes == value.bytes)
    }

    @Test("Exact decimals keep their places")
    func exactDecimals() {
        #expect(CanonicalJSON(ExactDecimal(coefficient: 1250, places: 2)).text == "\"12.50\"")
    }

    @Test("Encodable values become canonical")
    func encodable() throws {
        struct Row: Encodable { let b: Int, a: String }
        #expect(try CanonicalJSON(encoding: Row(b: 2, a: "一")).text == "{\"a\":\"一\",\"b\":2}")
    }
}

extension Double {
    fileprivate var canonical: CanonicalJSON { .number(self) }
}
