import Testing
import Vocabulary

@Suite("Rounds and platforms over HTTP")
struct RoundRoutesTests {
    static let newRound = """
        {"id":"r1","scheme":"jiangsu-2025","title":{"zh":"测试","en":"Test"},"kind":"demonstration",
         "cutOff":"2025-12-10","portScale":{"devices-connected":100}}
        """

    static func platform(_ id: String, code: String = TestSite.companyCode, type: String = "comprehensive") -> String {
        """
        {"id":"\(id)","name":"云枢平台","type":"\(type)",
         "operator":{"code":"\(code)","name":"苏州云枢科技有限公司","region":"320500"}}
        """
    }

    @Test("An operator prepares a round, opens it, and the public hears of it only then")
    func lifeOfARound() async throws {
        let site = try TestSite()
        let made = try await site.ask(.post, "/api/v1/rounds", as: "operator", body: Self.newRound)
        #expect(made.status == 201)
        #expect(try await site.ask(.get, "/api/v1/rounds/r1").status == 401)
        let opened = try await site.ask(
            .post, "/api/v1/rounds/r1/actions", as: "operator", body: #"{"action":"open","reason":"通知"}"#)
        #expect(opened.json?["state"] as? String == "open")
        #expect(try await site.ask(.get, "/api/v1/rounds/r1").status == 200)
    }

    @Test("The same round twice, the same platform twice, and a second platform of a company are conflicts")
    func conflicts() async throws {
        let site = try TestSite()
        _ = try await site.ask(.post, "/api/v1/rounds", as: "operator", body: Self.newRound)
        let again = try await site.ask(.post, "/api/v1/rounds", as: "operator", body: Self.newRound)
        #expect(again.status == 409 && again.code == "review.round_exists")
        let first = try await site.ask(.post, "/api/v1/rounds/r1/platforms", as: "manager", body: Self.platform("p1"))
        #expect(first.status == 201)
        let same = try await site.ask(.post, "/api/v1/rounds/r1/platforms", as: "operator", body: Self.platform("p1"))
        #expect(same.code == "review.platform_exists")
        let second = try await site.ask(.post, "/api/v1/rounds/r1/platforms", as: "operator", body: Self.platform("p2"))
        #expect(second.code == "review.company_has_platform")
    }

    @Test(
        "Wrong input is named with its field, and nothing is kept",
        arguments: [
            ("{", 400, "web.body_not_json"),
            (#"{"id":"p1"}"#, 422, "web.body_invalid"),
            (platform("p1", code: "913205000000000000"), 422, "review.code_invalid"),
            (platform("p1", type: "万能型"), 422, "review.type_unknown"),
            (platform("p 1"), 400, "web.parameter_invalid"),
        ])
    func wrongPlatforms(body: String, status: Int, code: String) async throws {
        let site = try TestSite()
        _ = try await site.ask(.post, "/api/v1/rounds", as: "operator", body: Self.newRound)
        let answer = try await site.ask(.post, "/api/v1/rounds/r1/platforms", as: "operator", body: body)
        #expect(answer.status == status)
        #expect(answer.code == code)
        #expect(try await site.services.rounds.participations("r1", after: nil, limit: 10).isEmpty)
    }

    @Test("A submission follows its table, and a return needs a reason")
    func submission() async throws {
        let site = try TestSite()
        _ = try await site.ask(.post, "/api/v1/rounds", as: "operator", body: Self.newRound)
        _ = try await site.ask(.post, "/api/v1/rounds/r1/platforms", as: "manager", body: Self.platform("p1"))
        let path = "/api/v1/rounds/r1/platforms/p1/submission"
        let submitted = try await site.ask(.post, path + "/actions", as: "manager", body: #"{"action":"submit"}"#)
        #expect(submitted.json?["state"] as? String == "county-review")
        let byCompany = try await site.ask(.post, path + "/actions", as: "manager", body: #"{"action":"pass"}"#)
        #expect(byCompany.status == 403)
        let silent = try await site.ask(.post, path + "/actions", as: "city-clerk", body: #"{"action":"return"}"#)
        #expect(silent.code == "review.reason_required")
        let returned = try await site.ask(
            .post, path + "/actions", as: "city-clerk", body: #"{"action":"return","reason":"缺佐证"}"#)
        #expect(returned.json?["state"] as? String == "returned")
        let back = try await site.ask(.post, path + "/actions", as: "manager", body: #"{"action":"resubmit"}"#)
        #expect(back.json?["state"] as? String == "county-review")
        let wrong = try await site.ask(.post, path + "/actions", as: "operator", body: #"{"action":"settle"}"#)
        #expect(wrong.status == 409)
    }

    @Test("Every failure reads in the reader's language")
    func languages() async throws {
        let site = try TestSite()
        let zh = try await site.ask(.get, "/api/v1/rounds/none", headers: ["Accept-Language": "zh-CN"])
        let en = try await site.ask(.get, "/api/v1/rounds/none", headers: ["Accept-Language": "en"])
        #expect((zh.json?["detail"] as? String)?.contains("没有评价轮次") == true)
        #expect((en.json?["detail"] as? String)?.contains("There is no round") == true)
        #expect(zh.headers[.contentType] == "application/problem+json")
    }
}
