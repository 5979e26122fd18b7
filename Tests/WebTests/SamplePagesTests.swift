import Access
import Foundation
import Paper
import Review
import Testing
import Trust
import Vocabulary
import Web

@Suite("Pages and files of verification by sample, verifiers and checks on site")
struct SamplePagesTests {
    private static let board = "/authority/rounds/r1/sampling"
    private let form = ["Content-Type": "application/x-www-form-urlencoded"]

    private func post(_ round: SampleRound, _ path: String, as token: String, _ body: String) async throws
        -> TestSite.Answer
    {
        try await round.site.ask(.post, path, as: token, headers: form, body: body)
    }

    private func upload(_ round: SampleRound, _ path: String, as token: String, name: String, _ bytes: [UInt8])
        async throws -> TestSite.Answer
    {
        let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n"
        return try await round.site.ask(
            .post, path, as: token, headers: ["Content-Type": "multipart/form-data; boundary=b"],
            bytes: Array(head.utf8) + bytes + Array("\r\n--b--\r\n".utf8))
    }

    @Test("A whole list goes from draw to verified figure by forms alone")
    func byForms() async throws {
        let round = try await SampleRound(customers: 32)
        try await round.toVerification()
        let before = try await round.site.ask(.get, Self.board, as: "operator")
        #expect(before.status == 200 && before.body.contains("冻结并抽样"))
        #expect(try await post(round, Self.board + "/draw", as: "operator", "").status == 303)
        let company = try await round.site.ask(.get, "/company/rounds/r1/sampling", as: "manager")
        #expect(company.body.contains("32") && company.body.contains("抽样核验补证"))
        let rows = try await round.rows().compactMap { $0["row"] as? Int }
        let path = "/company/rounds/r1/sampling/companies-served/rows/\(rows[0])"
        let sent = try await upload(round, path, as: "reporter", name: "合同.pdf", SampleRound.paper)
        #expect(sent.status == 303 && sent.headers[.location]?.contains("done=uploaded") == true, "\(sent.body)")
        let wrong = try await upload(round, path, as: "reporter", name: "a.exe", Array("MZ....".utf8))
        #expect(wrong.headers[.location]?.contains("refused=submit.evidence") == true, "\(wrong.body)")
        #expect(try await post(round, "/company/rounds/r1/sampling/complete", as: "manager", "").status == 303)
        var next = Self.board + "/judge"
        var count = 0
        while count < 40 {
            let page = try await round.site.ask(.get, next, as: "operator")
            #expect(page.status == 200)
            guard let action = page.body.firstMatch(of: /action="([^"]*\/rows\/[0-9]+)"/) else { break }
            let bad = count < 2 ? "verdict=bad&reasonCode=untrue" : "verdict=good"
            let judged = try await post(
                round, String(action.1), as: "operator", "\(bad)&version=0&back=judged%3Dopen")
            #expect(judged.status == 303)
            next = try #require(judged.headers[.location])
            count += 1
        }
        #expect(count == 32)
        let list = try await round.site.ask(.get, Self.board + "/p1/companies-served", as: "operator")
        #expect(list.body.contains("93.75%") && list.body.contains("32"))
        #expect(try await post(round, Self.board + "/settle", as: "operator", "").status == 303)
        let cell = CellAddress(round: "r1", platform: "p1", indicator: "companies-served")
        let verified = try await round.site.services.cells.verifications.verification(cell)
        #expect(verified?.values["companies-served"]?.description == "30")
    }

    @Test("Who judged meanwhile is told on the page, and nothing is overwritten")
    func meanwhile() async throws {
        let round = try await SampleRound(customers: 31)
        try await round.drawn()
        round.afterTheDueDay()
        let row = try #require(try await round.rows().first?["row"] as? Int)
        #expect(try await round.judge(row, "good").status == 200)
        let late = try await post(
            round, Self.board + "/p1/companies-served/rows/\(row)", as: "verifier",
            "verdict=bad&reasonCode=untrue&version=0&back=")
        #expect(late.headers[.location]?.contains("refused=judged_meanwhile") == true)
        let address = try #require(late.headers[.location]).split(separator: "#").first.map(String.init) ?? ""
        let page = try await round.site.ask(.get, address, as: "verifier")
        #expect(page.body.contains("已有人核验") && page.body.contains("operator"))
    }

    @Test("Anybody repeats the draw with the lines of docs/sampling.md")
    func python() async throws {
        let round = try await SampleRound(customers: 200)
        try await round.drawn()
        let draw = try await round.ask(.get, SampleRound.list + "/draw", as: "manager")
        let file = TestSite.repository.appending(path: "docs/sampling.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let code = try #require(text.firstMatch(of: /```python\n([\s\S]*?)```/)).1
        func run(_ input: String) throws -> String {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["python3", "-c", String(code)]
            let (send, receive) = (Pipe(), Pipe())
            process.standardInput = send
            process.standardOutput = receive
            try process.run()
            try send.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try send.fileHandleForWriting.close()
            process.waitUntilExit()
            return String(decoding: receive.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        #expect(try run(draw.body) == "True\n")
        let seed = try #require(draw.json?["seed"] as? String)
        #expect(try run(draw.body.replacing(seed, with: String(seed.reversed()))) == "False\n")
    }

    @Test("Judgements made in Excel come back with a finding for every row that could not be taken")
    func excel() async throws {
        let round = try await SampleRound(customers: 60)
        try await round.drawn()
        round.afterTheDueDay()
        let csv = try await round.site.ask(.get, Self.board + "/rows.csv", as: "nanjing")
        let table = DelimitedText(csv.body)
        let verdict = try #require(table.column("核验结论"))
        let reason = try #require(table.column("不符原因"))
        let number = try #require(table.column("行号"))
        #expect((18...21).contains(table.rows.count))
        var lines = [table.header]
        for (index, row) in table.rows.enumerated() {
            var fields = row.fields
            switch index {
            case 0: fields[verdict] = "不符"
            case 1: fields[verdict] = "也许"
            case 2:
                fields[verdict] = "不符"
                fields[reason] = "查无此事"
            case 3: fields[number] = "99999"
            default: break
            }
            if index > 2 { fields[verdict] = "属实" }
            lines.append(fields)
        }
        let workbook = Workbook(sheets: [.init(name: "x", rows: lines.map { $0.map { .text($0) } })])
        let answer = try await upload(
            round, Self.board + "/import", as: "nanjing", name: "a.xlsx", try workbook.xlsx())
        #expect(answer.status == 200, "\(answer.body.prefix(400))")
        #expect(answer.body.contains("已导入 \(table.rows.count - 3) 行") && answer.body.contains("有问题 3 行"))
        for text in ["判为不符须选原因", "看不懂", "没有这一行", "文件第 2 行"] {
            #expect(answer.body.contains(text), "\(text)")
        }
        let judged = try await round.rows(as: "nanjing").filter { $0["judgement"] != nil }
        #expect(judged.count == table.rows.count - 3)
        let again = try await upload(
            round, Self.board + "/import", as: "nanjing", name: "a.csv",
            Array(lines.map { DelimitedText.line($0) }.joined().utf8))
        #expect(again.body.contains("已导入 0 行，未变 \(table.rows.count - 3) 行"))
        let foreign = try await upload(
            round, Self.board + "/import", as: "city-clerk", name: "a.csv", Array(csv.body.utf8))
        #expect(foreign.body.contains("已导入 0 行"))
        let none = try await upload(
            round, Self.board + "/import", as: "nanjing", name: "a.csv", Array("a,b\n1,2\n".utf8))
        #expect(none.status == 422 && none.body.contains("核验结论"))
    }

    @Test("From the first assignment on a verifier sees and judges only what is assigned")
    func verifiers() async throws {
        let round = try await SampleRound(customers: 31)
        try await round.drawn()
        round.afterTheDueDay()
        let services = round.site.services
        for id in ["verifier", "verifier2"] {
            let account = Account(id: AccountID(id), displayName: id, roles: [.verifier], createdAt: round.clock.now())
            let entry = services.entry(id, at: round.clock.now())
            _ = try await services.accounts.create(
                account, password: try PasswordHash(of: "correct horse \(id)", random: services.random, cost: 1),
                entry: entry)
        }
        #expect(try await round.rows(as: "verifier2").count == 31)
        let path = CellDesk.base + "/verifiers"
        let strange = try await round.ask(.put, path, as: "operator", #"{"sample":["operator"],"site":[]}"#)
        #expect(strange.code == "sampling.not_a_verifier")
        let given = try await round.ask(.put, path, as: "operator", #"{"sample":["verifier"],"site":[]}"#)
        #expect(given.status == 200, "\(given.body)")
        let row = try #require(try await round.rows(as: "verifier").first?["row"] as? Int)
        #expect(try await round.judge(row, "good", as: "verifier2").status == 403)
        #expect(try await round.ask(.get, SampleRound.list, as: "verifier2").status == 403)
        #expect(try await round.ask(.get, CellDesk.base + "/cells/companies-served", as: "verifier2").status == 403)
        #expect(try await round.judge(row, "good", as: "verifier").status == 200)
        #expect(try await round.ask(.get, CellDesk.base + "/cells/companies-served", as: "expert").status == 200)
        let page = try await round.site.ask(.get, Self.board + "/verifiers", as: "operator")
        #expect(page.status == 200 && page.body.contains("verifier2"))
        let removed = try await post(
            round, Self.board + "/verifiers", as: "operator", "act=remove&platform=p1&task=sample&account=verifier")
        #expect(removed.status == 303)
        #expect(try await round.ask(.get, SampleRound.list, as: "verifier2").status == 200)
    }

    // MARK: Checks on site

    private static let site = "/authority/rounds/r1/site-checks/p1"
    private static let picture: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
        2, 0, 0, 0, 0x90, 0x77, 0x53, 0xDE, 0, 0, 0, 12, 0x49, 0x44, 0x41, 0x54, 8, 0xD7, 0x63, 0xF8, 0xCF, 0xC0, 0, 0,
        3, 1, 1, 0, 0x18, 0xDD, 0x8D, 0xB0, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ]

    private func hindrances(_ round: SampleRound) async throws -> [String] {
        let services = round.site.services
        var owner = try #require(try await services.rounds.participation("r1", "p1"))
        owner.submission = .siteCheck
        let known = try #require(try await services.rounds.round("r1"))
        let submission = SubmissionCase(
            owner, round: known, scheme: try await services.scheme(of: known), now: round.clock.now())
        var found: [Finding] = []
        for one in services.people.sampling.guards {
            found += try await one.hindrances(to: SubmissionRequest(.finish), of: submission)
        }
        return found.map(\.code)
    }

    @Test("A check on site needs a record, two different signatures under its last version, and a photograph")
    func siteCheck() async throws {
        let round = try await SampleRound(customers: 12)
        try await round.toVerification()
        #expect(try await hindrances(round) == ["sampling.hindrance_no_site_record"])
        let body =
            "version=0&heldOn=2025-11-21&place=%E8%8B%8F%E5%B7%9E&present=%E5%BC%A0&findings=%E6%AD%A3%E5%B8%B8"
        let empty = try await post(round, Self.site, as: "verifier", body)
        #expect(empty.status == 422 && empty.body.contains("至少要核查一项") && empty.body.contains("苏州"))
        let future = body.replacing("2025-11-21", with: "2025-12-21") + "&finding-devices-connected=agrees"
        #expect(try await post(round, Self.site, as: "verifier", future).status == 422)
        let kept = try await post(round, Self.site, as: "verifier", body + "&finding-devices-connected=agrees")
        #expect(kept.status == 303, "\(kept.body)")
        #expect(
            try await post(round, Self.site, as: "verifier2", body + "&finding-devices-connected=agrees").status == 412)
        #expect(try await post(round, Self.site, as: "operator", body).status == 403)
        #expect(try await post(round, Self.site + "/sign", as: "verifier", "version=1").status == 303)
        #expect(try await post(round, Self.site + "/sign", as: "verifier", "version=1").status == 303)
        #expect(
            try await hindrances(round) == ["sampling.hindrance_site_unsigned", "sampling.hindrance_no_photograph"])
        let second = body.replacing("version=0", with: "version=1") + "&finding-devices-connected=differs"
        #expect(try await post(round, Self.site, as: "verifier", second).status == 422)
        let changed = try await post(
            round, Self.site, as: "verifier", second + "&note-devices-connected=%E7%A6%BB%E7%BA%BF")
        #expect(changed.status == 303)
        #expect(try await post(round, Self.site + "/sign", as: "verifier2", "version=1").status == 412)
        for token in ["verifier", "verifier2"] {
            #expect(try await post(round, Self.site + "/sign", as: token, "version=2").status == 303)
        }
        let paper = try await upload(
            round, Self.site + "/photographs", as: "verifier", name: "a.pdf", SampleRound.paper)
        #expect(paper.status == 415)
        let picture = try await upload(
            round, Self.site + "/photographs", as: "verifier", name: "a.png", Self.picture)
        #expect(picture.status == 303, "\(picture.body)")
        #expect(try await hindrances(round) == [])
        let page = try await round.site.ask(.get, Self.site, as: "inspector")
        #expect(page.status == 200 && page.body.contains("离线") && page.body.contains("verifier2"))
        let list = try await round.site.ask(.get, "/authority/rounds/r1/site-checks", as: "operator")
        #expect(list.body.contains("已签字"))
        #expect(try await round.site.ask(.get, Self.site, as: "manager").status == 403)
    }
}

extension Services {
    fileprivate func entry(_ key: String, at: Instant) -> AuditEntry {
        AuditEntry(
            "account.created", actor: .system("test"), at: at, subject: AuditSubject(key: "account:\(key)"),
            salt: random.salt())
    }
}
