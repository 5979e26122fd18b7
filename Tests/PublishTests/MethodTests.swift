import Foundation
import Publish
import Scheme
import Testing
import Vocabulary

@Suite("An edition's method as people read it")
struct MethodTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Schemes")

    private func scheme(_ name: String = "jiangsu-2025.yaml", confirmed: Bool = false) throws -> IndicatorScheme {
        var text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        if confirmed {
            text = text.replacing("origin: default", with: "origin: source")
        }
        return try #require(SchemeReader.read(text: text).scheme)
    }

    private func indicator(_ id: String, _ language: Language) throws -> MethodIndicator {
        let method = MethodWriter(try scheme(), language).method()
        return try #require(method.sections.flatMap(\.groups).flatMap(\.indicators).first { $0.id == id })
    }

    @Test(
        "Each kind of rule is a sentence with its figures in it",
        arguments: [
            ("devices-connected", "30万", "300,000"), ("core-talent-share", "40 及以上得满分 2 分", "40 and more all 2"),
            ("dcmm-level", "四级得 1.8 分", "level 4 earns 1.8"), ("specialised-new", "以最高的一项计", "only the highest"),
            ("standards", "牵头国家标准每项 1.5 分", "National standards led: 1.5 each"),
            ("independent-operation", "全部满足得 3 分", "all together earn 3"),
            ("dual-carbon", "÷ 100 × 3 分", "÷ 100 × 3 points"), ("scenarios", "综合型 9", "Comprehensive 9"),
        ])
    func rules(_ id: String, _ zh: String, _ en: String) throws {
        let (chinese, english) = (try indicator(id, .zhHans), try indicator(id, .en))
        #expect(chinese.rule.contains(zh), "\(chinese.rule)")
        #expect(english.rule.contains(en), "\(english.rule)")
        for text in [chinese.rule, english.rule, chinese.window, english.window] + chinese.details + english.details {
            #expect(!text.contains("[") && !text.contains("{"), "\(text)")
        }
    }

    @Test("Our own figures are marked; the authority's are not")
    func ours() throws {
        let own = try indicator("devices-connected", .zhHans)
        #expect(own.pointsAreOurs && own.ruleIsOurs && own.windowIsOurs)
        let source = try indicator("independent-operation", .zhHans)
        #expect(!source.pointsAreOurs && !source.ruleIsOurs)
    }

    @Test(
        "The annex names every indicator, adds up as printed, and says whose figures they are",
        arguments: Language.allCases)
    func annex(_ language: Language) throws {
        let method = MethodWriter(try scheme(), language).method()
        let text = MethodMarkdown(method, language).text()
        for indicator in try scheme().indicators {
            #expect(text.contains("**\(indicator.number). \(indicator.title[language])**"), "\(indicator.id)")
        }
        #expect(text.contains("\(method.ownValues)") && method.ownValues > 500)
        #expect(!text.contains("[publish.") && !text.contains("{"))
        #expect(method.sections.map(\.points) == ["45", "26", "29", "6"])
    }

    @Test("A scheme that the authority has confirmed carries no mark of ours")
    func confirmed() throws {
        let method = MethodWriter(try scheme(confirmed: true), .zhHans).method()
        #expect(method.ownValues == 0)
        #expect(!MethodMarkdown(method, .zhHans).text().contains("※"))
        #expect(method.conventions.allSatisfy { !$0.isOurs })
    }

    @Test("Curves begin at nothing, never fall, and end at all points")
    func curves() throws {
        let method = MethodWriter(try scheme(), .en).method()
        for indicator in method.sections.flatMap(\.groups).flatMap(\.indicators) {
            guard let curve = indicator.curve else { continue }
            #expect(curve.points.first?.y == 0 && curve.points.last?.y == 1, "\(indicator.id)")
            #expect(zip(curve.points, curve.points.dropFirst()).allSatisfy { $0.y <= $1.y && $0.x <= $1.x })
        }
    }

    @Test("A foreign index is printed too", arguments: Language.allCases)
    func foreign(_ language: Language) throws {
        let text = MethodText(MethodWriter(try scheme("examples/hdi.yaml"), language).method(), language).text()
        #expect(!text.contains("[publish.") && !text.contains("{"))
    }
}
