import Match
import Testing
import Vocabulary

@Suite("The matching ladder")
struct MatchLadderTests {
    private func subject(
        _ n: Int? = 1, _ name: String = "江苏衡山科技有限公司", formerCodes: [Int] = [], formerNames: [String] = [],
        platform: String? = nil, aliases: [String] = []
    ) throws -> MatchSubject {
        MatchSubject(
            id: "P01", code: try n.map(Make.code), name: name, formerCodes: try formerCodes.map(Make.code),
            formerNames: formerNames, platform: platform, platformAliases: aliases)
    }

    @Test("The credit code decides, whatever the name says, and the difference is told")
    func byCode() throws {
        let decision = Make.decide(
            try subject(), [ListRow(number: 2, company: "江苏恒山科技公司", code: try Make.code(1))])
        #expect(decision.outcome == .accepted)
        #expect(decision.rule == .creditCode)
        #expect(
            decision.accepted.first?.explanation.map(\.code) == ["match.why_credit_code", "match.note_name_differs"])
        #expect(decision.proof == nil)
    }

    @Test("A former code and a former name are steps of their own")
    func former() throws {
        let byCode = Make.decide(
            try subject(formerCodes: [7]), [ListRow(number: 2, company: "旧名有限公司", code: try Make.code(7))])
        #expect(byCode.rule == .formerCode)
        let byName = Make.decide(
            try subject(formerNames: ["苏州旧山科技有限公司"]), [ListRow(number: 2, company: "苏州旧山科技有限责任公司")])
        #expect(byName.rule == .formerName)
        let listed = Make.decide(
            try subject(), [ListRow(number: 2, company: "新名有限公司", formerNames: ["江苏衡山科技有限公司"])])
        #expect(listed.rule == .formerName)
    }

    @Test("The exact normalised name decides where the row has no code or a damaged one")
    func byName() throws {
        let none = Make.decide(try subject(), [ListRow(number: 2, company: "江苏衡山科技有限责任公司")])
        #expect(none.rule == .fullName)
        #expect(none.accepted.first?.explanation.map(\.code) == ["match.why_full_name", "match.note_no_code"])
        let damaged = Make.decide(
            try subject(), [ListRow(number: 2, company: "江苏衡山科技有限公司", damagedCode: "123")])
        #expect(damaged.accepted.first?.explanation.map(\.code) == ["match.why_full_name", "match.note_code_damaged"])
    }

    @Test("A row with another company's valid code is never accepted by its name")
    func codeDiffers() throws {
        let decision = Make.decide(
            try subject(), [ListRow(number: 2, company: "江苏衡山科技有限公司", code: try Make.code(2))])
        #expect(decision.outcome == .candidates)
        #expect(decision.candidates.map(\.reason) == [.codeDiffers])
        #expect(decision.candidates.first?.similarity == 1)
        #expect(decision.rule == nil)
    }

    @Test("A name that the list has under two codes is for people when no code is known")
    func ambiguous() throws {
        let rows = [
            ListRow(number: 2, company: "江苏衡山科技有限公司", code: try Make.code(1)),
            ListRow(number: 3, company: "江苏衡山科技有限公司", code: try Make.code(2)),
        ]
        let decision = Make.decide(try subject(nil), rows)
        #expect(decision.outcome == .candidates)
        #expect(decision.candidates.map(\.reason) == [.ambiguousName, .ambiguousName])
        let known = Make.decide(try subject(2), rows)
        #expect(known.accepted.map(\.row.number) == [3])
        #expect(known.candidates.map(\.reason) == [.codeDiffers])
    }

    @Test("A damaged code one slip from ours is shown, never taken")
    func oneSlip() throws {
        var letters = Array(try Make.code(1).text)
        letters[17] = letters[17] == "A" ? "B" : "A"
        let decision = Make.decide(
            try subject(), [ListRow(number: 2, company: "完全无关集团", damagedCode: String(letters))])
        #expect(decision.outcome == .candidates)
        #expect(decision.candidates.map(\.reason) == [.codeOneSlipAway])
    }

    @Test(
        "Near names are candidates only, the nearest first",
        arguments: [
            "江苏恒山科技有限公司", "江苏衡山科枝有限公司", "江苏衡山科技股份有限公司", "江苏衡山科技有限公司苏州分公司", "江苏山衡科技有限公司",
        ])
    func near(listed: String) throws {
        let decision = Make.decide(
            try subject(nil),
            [ListRow(number: 2, company: "无锡星海智造有限公司"), ListRow(number: 3, company: listed)])
        #expect(decision.outcome == .candidates)
        #expect(decision.candidates.map(\.reason) == [.nearName])
        #expect(decision.candidates.first?.row.number == 3)
    }

    @Test("At most three near names are shown")
    func threeNear() throws {
        let rows = (1...6).map { ListRow(number: $0 + 1, company: "江苏衡山科技\($0)有限公司") }
        #expect(Make.decide(try subject(nil), rows).candidates.count == 3)
    }

    @Test("An absence is proven by the list's size and digest and by what was asked")
    func absent() throws {
        let rows = (1...5).map { ListRow(number: $0 + 1, company: "无锡星海\($0)号智造厂") }
        let decision = Make.decide(try subject(formerNames: ["旧名有限公司"]), rows)
        #expect(decision.outcome == .absent)
        let proof = try #require(decision.proof)
        #expect(proof.rowCount == 5)
        #expect(try proof.codes == [Make.code(1)])
        #expect(proof.names == ["江苏衡山科技有限公司", "旧名有限公司"])
        #expect(decision.proofStatement?.code == "match.proof_absent_document")
        #expect(decision.proofStatement?.values["digest"] == proof.digest.hex)
    }

    @Test(
        "A platform needs its name or an alias, and the operator as witness",
        arguments: [
            ("衡山工业互联网平台", 1, MatchDecision.Outcome.accepted, Optional(PlatformRule.platformName), nil),
            ("衡山云 平台", 1, .accepted, .platformAlias, nil),
            ("另一个平台", 1, .candidates, nil, CandidateReason.platformDiffers),
            (nil, 1, .candidates, nil, .platformNotNamed),
            ("衡山工业互联网平台", 2, .candidates, nil, .operatorDiffers),
            ("衡山云平台", 2, .candidates, nil, .operatorDiffers),
        ] as [(String?, Int, MatchDecision.Outcome, PlatformRule?, CandidateReason?)])
    func platform(
        listed: String?, code: Int, outcome: MatchDecision.Outcome, rule: PlatformRule?, reason: CandidateReason?
    ) throws {
        let company = code == 1 ? "江苏衡山科技有限公司" : "南京远方数据有限公司"
        let decision = Make.decide(
            try subject(platform: "衡山工业互联网平台", aliases: ["衡山云平台", ""]),
            [ListRow(number: 2, company: company, code: try Make.code(code), platform: listed)], platform: true)
        #expect(decision.outcome == outcome)
        #expect(decision.accepted.first?.platformRule == rule)
        #expect(decision.candidates.first?.reason == reason)
    }

    @Test("Nothing is found for an empty name, and an empty platform equals nothing")
    func emptyNames() throws {
        let rows = [
            ListRow(number: 2, company: "", code: try Make.code(3)), ListRow(number: 3, company: "甲", platform: ""),
        ]
        #expect(Make.decide(MatchSubject(id: "x", code: nil, name: " "), rows).outcome == .absent)
        let decision = Make.decide(
            MatchSubject(id: "x", code: try Make.code(3), name: "乙", platform: " "), rows, platform: true)
        #expect(decision.accepted.isEmpty)
    }

    @Test("The same question gives the same answer, and the order of the list is kept")
    func deterministic() throws {
        let rows = try (1...50).map { ListRow(number: $0 + 1, company: "江苏衡山\($0 % 7)科技有限公司", code: try Make.code(1)) }
        let first = Make.decide(try subject(), rows)
        #expect(first == Make.decide(try subject(), rows))
        #expect(first.accepted.map(\.row.number) == Array(2...51))
    }
}
