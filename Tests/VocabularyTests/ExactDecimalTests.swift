import Testing
import Vocabulary

@Suite("Exact decimals")
struct ExactDecimalTests {
    @Test(
        "Plain decimal notation is read exactly and written back with the same digits",
        arguments: ["0", "12.50", "-0.05", "1500", "999999999.123456789", "0.00"])
    func roundTrip(text: String) throws {
        #expect(try #require(ExactDecimal(text)).description == text)
    }

    @Test(
        "Anything that is not a plain decimal is refused",
        arguments: ["", "-", ".5", "5.", "1,000", "1e3", "٣", "1.0000000001", "1234567890123456789", "--1", "1.2.3"])
    func refused(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test(
        "Doubles round half up on their shortest decimal",
        arguments: [
            (1.005, "1.01"), (2.675, "2.68"), (0.125, "0.13"), (-1.005, "-1.01"), (4.9949, "4.99"), (0, "0.00"),
        ])
    func halfUp(value: Double, expected: String) throws {
        #expect(try #require(ExactDecimal(rounding: value, places: 2)).description == expected)
    }

    @Test("Sums are exact where doubles are not")
    func sums() throws {
        let tenth = try #require(ExactDecimal("0.1"))
        let sum = (0..<10).reduce(ExactDecimal.zero) { total, _ in total + tenth }
        #expect(sum == ExactDecimal(1))
        #expect(sum.hashValue == ExactDecimal(1).hashValue)
    }
}
