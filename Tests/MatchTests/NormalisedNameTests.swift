import Match
import Testing

@Suite("Names in their normal form")
struct NormalisedNameTests {
    @Test(
        "Spellings of one name are equal",
        arguments: [
            ("江苏衡山科技有限公司", "江苏衡山科技有限责任公司"),
            ("江苏衡山（苏州）科技有限公司", "江苏衡山(苏州)科技有限公司"),
            ("江苏衡山 科技　有限公司", "江苏衡山科技有限公司"),
            ("ＡＢＣ科技有限公司", "abc科技有限公司"),
            ("蘇州華興電氣股份有限公司", "苏州华兴电气股份公司"),
            ("江苏衡山·数科有限公司", "江苏衡山数科有限公司"),
            ("Hengshan Co., Ltd.", "HENGSHAN CO.,LTD"),
            ("江苏衡山科技有限公司\u{200B}", "江苏衡山科技有限公司"),
        ])
    func equal(a: String, b: String) {
        #expect(NormalisedName(company: a).key == NormalisedName(company: b).key)
    }

    @Test(
        "Names of different companies stay different",
        arguments: [
            ("江苏衡山科技有限公司", "江苏衡山科技股份有限公司"),
            ("江苏衡山科技有限公司", "江苏衡山科技有限公司苏州分公司"),
            ("江苏衡山科技有限公司", "苏州衡山科技有限公司"),
            ("江苏衡山科技有限公司", "江苏恒山科技有限公司"),
            ("A&B科技有限公司", "AB科技有限公司"),
            ("江苏衡山1号科技有限公司", "江苏衡山2号科技有限公司"),
        ])
    func different(a: String, b: String) {
        #expect(NormalisedName(company: a).key != NormalisedName(company: b).key)
    }

    @Test("A platform's name keeps its wording apart from brackets, spaces and quotes")
    func platforms() {
        #expect(NormalisedName(title: "“衡山” 工业互联网平台").key == NormalisedName(title: "衡山工业互联网平台").key)
        #expect(NormalisedName(title: "衡山工业互联网平台").key != NormalisedName(title: "衡山平台").key)
        #expect(NormalisedName(title: " （） ").isEmpty)
    }
}
