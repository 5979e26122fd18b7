import Scheme
import Submit
import Testing
import Vocabulary

@Suite("What is missing")
struct CompletenessTests {
    private func completeness(
        _ values: [String: String], listed: Set<IndicatorID> = [], evidence: [IndicatorID: Set<String>] = [:]
    ) -> Completeness {
        Completeness(
            scheme: SampleScheme.scheme, values: values.mapValues(decimal), listed: listed, evidence: evidence)
    }

    @Test("An empty form lists everything that is asked, section by section, and nothing of the port")
    func empty() {
        let all = completeness([:])
        #expect(all.done == 0 && all.percent == 0)
        #expect(all.sections.map(\.section) == ["basis", "service", "operation"])
        #expect(all.sections[0].missing.map(\.kind) == [.list, .figure("core-talent-share.employees"), .list, .list])
        #expect(all.sections[1].missing.map(\.kind) == [.list, .evidence("contracts"), .figure("scenarios.accepted")])
        #expect(!all.missing.contains { $0.indicator == "devices-connected" })
    }

    @Test("Who declares nothing owes neither list nor evidence")
    func zero() {
        let all = completeness(["companies-served": "0"])
        #expect(!all.missing.contains { $0.indicator == "companies-served" })
        #expect(
            completeness(["companies-served": "9"]).sections[1].missing.map(\.kind).contains(.evidence("contracts")))
    }

    @Test("A list handed in without any row claims nothing and owes no evidence")
    func emptied() {
        let all = Completeness(
            scheme: SampleScheme.scheme, values: [:], listed: [], emptied: ["companies-served"], evidence: [:])
        #expect(!all.missing.contains { $0.indicator == "companies-served" && $0.kind == .evidence("contracts") })
    }

    @Test("The meter reads 100 only when nothing is missing")
    func full() {
        let values = [
            "core-talent": "3", "core-talent-share.employees": "30", "ip-results": "4", "standards.national-led": "1",
            "companies-served": "8", "scenarios.accepted": "2", "independent-operation.legal-person": "1",
            "independent-operation.clean": "1", "financing-round": "0",
        ]
        let listed: Set<IndicatorID> = ["core-talent", "ip-results", "standards", "companies-served"]
        let almost = completeness(values, listed: listed)
        #expect(almost.missing.map(\.kind) == [.evidence("contracts")])
        #expect(almost.percent == 90 && almost.done == 9 && almost.asked == 10)
        #expect(completeness(values, listed: listed, evidence: ["companies-served": ["contracts"]]).percent == 100)
    }
}
