import Testing
import Vocabulary
import Wording

@Suite("The string catalogues")
struct CatalogueTests {
    @Test("Both languages have exactly the same keys")
    func sameKeys() {
        let zh = Set(Catalogue.of(.zhHans).texts.keys)
        let en = Set(Catalogue.of(.en).texts.keys)
        #expect(!zh.isEmpty)
        #expect(zh.symmetricDifference(en) == [])
    }

    @Test("Named places are filled, and a key without a text is seen")
    func places() {
        let text = Catalogue.of(.en).text("review.round_unknown", ["round": "r7"])
        #expect(text.contains("r7") && !text.contains("{"))
        #expect(Catalogue.of(.en).text("no.such_key") == "[no.such_key]")
    }
}
