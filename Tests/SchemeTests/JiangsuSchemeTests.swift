import Foundation
import Scheme
import Testing
import Vocabulary

@Suite("The scheme of 2025")
struct JiangsuSchemeTests {
    let scheme: IndicatorScheme

    init() throws {
        scheme = try #require(SchemeReader.read(bytes: try SchemeFiles.bytes("jiangsu-2025.yaml")).scheme)
    }

    @Test("Every committed scheme reads without a finding", arguments: ["jiangsu-2025.yaml", "examples/hdi.yaml"])
    func readsClean(_ name: String) throws {
        let findings = SchemeReader.read(bytes: try SchemeFiles.bytes(name)).findings
        #expect(findings.map { "\($0.place) \($0.code)" } == [])
    }

    @Test("32 indicators, numbered 1 to 32, worth 100 and a bonus of at most 5")
    func adds() {
        #expect(scheme.indicators.map(\.number) == Array(1...32))
        #expect(scheme.sections.filter { !$0.isBonus }.map(\.points) == [45, 26, 29].map { ExactDecimal($0) })
        #expect(scheme.groups.map(\.points) == [15, 11, 8, 11, 12, 14, 16, 13, 6].map { ExactDecimal($0) })
        #expect(scheme.bonusCap?.value == ExactDecimal(5))
    }

    @Test("Eleven by port, nineteen by upload, one by list, one by registry")
    func modes() {
        let counts = CollectionMode.allCases.map { mode in scheme.indicators.count { $0.mode == mode } }
        #expect(counts == [11, 19, 1, 1, 0])
        #expect(scheme.indicators.filter { $0.mode == .port }.map(\.number) == [1, 2, 3, 4, 5, 9, 26, 27, 28, 29, 30])
    }

    @Test("Operator indicators are 7, 11 to 14, 22 to 25 and 32")
    func subjects() {
        let numbers = scheme.indicators.filter { $0.subject == .operator }.map(\.number)
        #expect(numbers == [7, 11, 12, 13, 14, 22, 23, 24, 25, 32])
    }

    @Test("Stock and activity indicators are weighed as the source's conventions say")
    func evidenceClasses() {
        let stock = scheme.indicators.filter { $0.evidenceClass == .stock }.map(\.number)
        let activity = scheme.indicators.filter { $0.evidenceClass == .activity }.map(\.number)
        #expect(stock == [3, 4, 5, 9, 26, 27, 28, 30])
        #expect(activity == [1, 2, 29])
        #expect(scheme.evidenceWorth?.factors[.activity]?.map(\.value) == [0.5, 0.8, 1, 1, 1])
    }

    @Test("Lists 10, 11, 13, 16 and 17 are verified by sample")
    func sampled() {
        #expect(scheme.indicators.filter(\.isSampled).map(\.number) == [10, 11, 13, 16, 17])
    }

    @Test("Only the authority's own points and rules are said to be its own")
    func origins() throws {
        let source = scheme.indicators.filter { $0.points.origin == .source }.map(\.number)
        #expect(source == [22])
        #expect(scheme.indicators.allSatisfy { $0.points.origin != .decision })
        #expect(scheme.provenance.count > 600)
        #expect(scheme.unconfirmed.allSatisfy { $0.origin == .default && $0.line > 0 })
    }

    @Test("Value ids are the columns of a VALUES file")
    func valueIDs() {
        let ids = Set(scheme.indicators.flatMap(\.valueIDs))
        for id in [
            "industry-llm.filing", "industry-llm.copyright", "standards.national-led", "standards.national-part",
            "standards.industry-led", "standards.industry-part", "scenarios.accepted", "scenarios.mark",
            "honours.dynamic-evaluation", "honours.case-lists", "ip-results", "core-talent-share", "specialised-new",
            "independent-operation",
        ] { #expect(ids.contains(id), "\(id)") }
        #expect(ids.count == 38)
    }

    @Test("Types are found by id and by title in either language")
    func types() {
        #expect(scheme.type(named: "comprehensive")?.parameters["scenarios-asked"]?.value == 9)
        #expect(scheme.type(named: "特色型")?.parameters["scenarios-asked"]?.value == 5)
        #expect(scheme.type(named: "Specialist")?.parameters["scenarios-asked"]?.value == 2)
        #expect(scheme.type(named: "通用型") == nil)
    }

    @Test("Thirteen cities, ninety-five counties and the zones lie in their cities")
    func regions() throws {
        let regions = try #require(scheme.dictionary("regions"))
        #expect(regions.entries.count { $0.parent == nil } == 13)
        let zones = regions.entries.filter { $0.code.dropFirst(4).hasPrefix("7") }
        #expect(regions.entries.count - 13 - zones.count == 95)
        #expect(regions.entries.allSatisfy { $0.parent == nil || $0.parent == String($0.code.prefix(4)) + "00" })
    }

    @Test("Sensors and gateways are known device types that do not count")
    func deviceTypes() throws {
        let types = try #require(scheme.dictionary("device-types"))
        for code in ["sensor", "gateway", "io-module", "phone", "virtual-device", "test-device"] {
            #expect(types.entry(code)?.isCounted == false, "\(code)")
        }
        #expect(types.entry("cnc-lathe")?.isCounted == true)
    }

    @Test("Port months are the three whole months before the cut-off")
    func portMonths() throws {
        let calendar = try #require(scheme.calendar)
        #expect(
            calendar.portMonths(cutOff: calendar.cutOff.value).map(\.description) == ["2025-09", "2025-10", "2025-11"])
    }

    @Test("The titles are the source's, word for word")
    func titles() throws {
        let source = SchemeFiles.folder.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "shared/spec/source-indicators.zh.txt")
        guard let text = try? String(contentsOf: source, encoding: .utf8) else {
            print("skipped: \(source.path()) is not here")
            return
        }
        for indicator in scheme.indicators {
            #expect(text.contains("\(indicator.number). \(indicator.title.zh)："), "\(indicator.title.zh)")
            #expect(!text.contains(indicator.definition.zh), "\(indicator.id) repeats the source")
        }
    }
}
