import Submit
import Testing

@Suite("Near texts")
struct TextPrintTests {
    /// Invented sentences out of a seeded choice of phrases.
    static func text(_ seed: UInt64, sentences: Int = 30) -> [String] {
        let subjects = ["平台", "车间", "产线", "客户", "设备", "算法", "团队", "供应商", "检测中心", "仓库", "研发部门", "经销商"]
        let verbs = ["接入了", "改造了", "优化了", "减少了", "预测了", "连接了", "验证了", "部署了", "复用了", "替换了", "评估了"]
        let objects = ["注塑机", "能耗曲线", "换模时间", "质量缺陷", "刀具寿命", "排产计划", "边缘网关", "工艺参数", "库存周转", "碳排放因子", "振动信号"]
        var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
        func next(_ count: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(count))
        }
        return (0..<sentences).map { _ in
            subjects[next(subjects.count)] + verbs[next(verbs.count)] + objects[next(objects.count)] + "，"
                + subjects[next(subjects.count)] + "由此" + verbs[next(verbs.count)] + objects[next(objects.count)] + "。"
        }
    }

    static func print(_ sentences: [String]) throws -> TextPrint {
        try #require(TextPrint(sentences.joined(separator: "\n")))
    }

    @Test("An edited copy is near its original", arguments: 1...8)
    func copies(_ seed: Int) throws {
        let original = Self.text(UInt64(seed))
        var edited = original
        for index in stride(from: 0, to: edited.count, by: 10) { edited[index] = "此处改写为另一句完全不同的说明文字。" }
        edited.insert("某某公司申报材料", at: 0)
        let (a, b) = (try Self.print(original), try Self.print(edited))
        #expect(a.likeness(b) >= TextPrint.nearLikeness, "\(a.likeness(b))")
        #expect(!Set(a.bands.enumerated().map { "\($0)" }).isDisjoint(with: b.bands.enumerated().map { "\($0)" }))
    }

    @Test("Independent texts out of the same words are not near", arguments: 1...8)
    func independent(_ seed: Int) throws {
        let (a, b) = (try Self.print(Self.text(UInt64(seed))), try Self.print(Self.text(UInt64(seed) + 1000)))
        #expect(a.likeness(b) < TextPrint.nearLikeness, "\(a.likeness(b))")
    }

    @Test("White space, width, figures and punctuation make no difference")
    func forms() throws {
        let sentences = Self.text(5)
        let spaced = sentences.map { $0.map { "\($0) " }.joined().replacingOccurrences(of: "。", with: " 。 2024") }
        #expect(try Self.print(sentences).likeness(Self.print(spaced)) == 1)
    }

    @Test("A short text has no fingerprint")
    func short() {
        #expect(TextPrint("平台接入了设备。") == nil)
        #expect(TextPrint(String(repeating: "同一句话。", count: 500)) == nil)
    }
}
