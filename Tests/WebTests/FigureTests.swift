import Testing
import Vocabulary
import Web

@Suite("Figures as readers expect them")
struct FigureTests {
    @Test(
        "Short forms take 万 and 亿 in Chinese, k, M and bn in English",
        arguments: [
            ("9999", "9,999", "9,999"), ("10000", "1万", "10k"), ("123456", "12.35万", "123.5k"),
            ("12345678", "1,235万", "12.35M"), ("128349210", "1.28亿", "128.3M"), ("0.25", "0.25", "0.25"),
            ("-20000", "-2万", "-20k"), ("5000000000", "50亿", "5bn"),
        ])
    func short(_ value: String, _ chinese: String, _ english: String) throws {
        let figure = try #require(ExactDecimal(value))
        #expect(FigureFormat.short(figure, .zhHans) == chinese)
        #expect(FigureFormat.short(figure, .en) == english)
    }

    @Test("A figure keeps its full digits and unit for the title and for copying")
    func full() throws {
        let figure = Figure(try #require(ExactDecimal("123456")), unit: "台(套)", .zhHans)
        #expect(figure.text == "12.35万")
        #expect(figure.full == "123,456 台(套)")
        #expect(figure.value == "123456")
    }

    @Test("万元 above ten thousand reads as 亿元, never as a doubled 万")
    func money() throws {
        let figure = Figure(try #require(ExactDecimal("23456.78")), unit: "万元", .zhHans)
        #expect(figure.text == "2.35")
        #expect(figure.unit == "亿元")
        #expect(figure.full == "23,456.78 万元")
    }

    @Test("The language switch keeps the address and its query")
    func languageSwitch() {
        let frame = PageFrame(language: .zhHans, address: "/rounds/r/result?type=a&lang=zh&sort=-total")
        #expect(frame.address(in: .en) == "/rounds/r/result?type=a&sort=-total&lang=en")
        #expect(PageFrame(language: .en, address: "/log").address(in: .zhHans) == "/log?lang=zh")
    }
}
