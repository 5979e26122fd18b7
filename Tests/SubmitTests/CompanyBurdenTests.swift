import Submit
import Testing

@Suite("What filling in costs")
struct CompanyBurdenTests {
    @Test("The share that nobody typed is of all fields, and unknown without any")
    func spared() {
        var burden = CompanyBurden(platform: "p1", seconds: 89)
        #expect(burden.sparedPercent == nil && burden.minutes == 1)
        burden.fields = ["typed": 1, "prefilled": 2]
        #expect(burden.sparedPercent == 66)
    }

    @Test(
        "The median is the middle one, of an even number the lower of the two",
        arguments: [
            ([], 0), ([7], 7), ([9, 1, 5], 5), ([4, 1, 3, 2], 2),
        ] as [([Int], Int)])
    func median(_ values: [Int], _ middle: Int) { #expect(CompanyBurden.median(values) == middle) }
}
