import Foundation
import Match
import Review
import Submit
import Testing
import Trust
import Vocabulary
import Web

/// Says of every scan what it was told to.
private struct ToldScanReader: ScanReader {
    let reading: ScanReading
    func read(_ bytes: [UInt8], type: EvidenceType) async throws -> ScanReading { reading }
}

/// Reads nothing before it is let go; how many wait is known.
private actor HeldScanReader: ScanReader {
    private let reading: ScanReading
    private var isHeld = true
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private(set) var asked = 0

    init(_ reading: ScanReading) { self.reading = reading }

    func read(_ bytes: [UInt8], type: EvidenceType) async throws -> ScanReading {
        asked += 1
        if isHeld { await withCheckedContinuation { waiting.append($0) } }
        return reading
    }

    func letGo() {
        isHeld = false
        for one in waiting { one.resume() }
        waiting = []
    }
}

@Suite("Papers and eligibility over HTTP")
struct PaperRoutesTests {
    private static let page = "/company/rounds/r1/papers"

    private static func form(_ bytes: [UInt8] = ItemAndEvidenceRoutesTests.pdf) -> [UInt8] {
        let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n"
        return Array(head.utf8) + bytes + Array("\r\n--b--\r\n".utf8)
    }

    private static func desk(_ reading: ScanReading) async throws -> CellDesk {
        try await desk(reader: ToldScanReader(reading: reading))
    }

    private static func desk(reader: any ScanReader) async throws -> CellDesk {
        try await CellDesk { services in
            let archive = try #require(services.people.paper.archive)
            let reading = ScanReadingWork(
                archive: archive, reader: reader, clock: services.clock, random: services.random)
            services.people.paper.reading = reading
            services.people.paper.guards = [
                StampedPaperGuard(
                    archive: archive, declarations: services.cells.declarations, evidence: services.cells.evidence,
                    reading: reading)
            ]
        }
    }

    private func upload(_ desk: CellDesk, _ kind: String = "declaration") async throws -> TestSite.Answer {
        try await desk.site.ask(
            .post, "\(Self.page)/\(kind)/scan", as: "manager",
            headers: ["Content-Type": "multipart/form-data; boundary=b"], bytes: Self.form())
    }

    private func version(_ desk: CellDesk, _ number: Int) async throws -> PrintedPaper {
        let archive = try #require(desk.site.services.people.paper.archive)
        return try #require(try await archive.version(.declaration, of: "p1", in: "r1", number: number))
    }

    @Test("Every paper of a platform comes in its formats, to those who may read it")
    func downloads() async throws {
        let desk = try await Self.desk(.init(codes: [], text: ""))
        let base = "/rounds/r1/papers/p1"
        for (file, head) in [("declaration.pdf", "%PDF"), ("declaration.docx", "PK"), ("commitment.pdf", "%PDF")] {
            let answer = try await desk.site.ask(.get, "\(base)/\(file)", as: "manager")
            #expect(answer.status == 200 && answer.body.hasPrefix(head), "\(file): \(answer.status)")
        }
        for file in ["checklist.pdf", "marks.docx", "site-check.xlsx"] {
            #expect(try await desk.site.ask(.get, "\(base)/\(file)", as: "operator").status == 200, "\(file)")
            #expect(try await desk.site.ask(.get, "\(base)/\(file)", as: "manager").status == 404, "\(file)")
        }
        for file in ["letter.docx", "summary.xlsx", "summary.pdf"] {
            #expect(
                try await desk.site.ask(.get, "/authority/rounds/r1/papers/\(file)", as: "city-clerk").status == 200)
        }
        #expect(try await desk.site.ask(.get, "/authority/rounds/r1/papers/notice.docx", as: "operator").status == 200)
        #expect(try await desk.site.ask(.get, "\(base)/declaration.exe", as: "manager").status == 404)
        #expect(try await desk.site.ask(.get, "\(base)/declaration.pdf", as: "other-manager").status == 403)
    }

    @Test("The version grows when a figure changes, and only then")
    func versions() async throws {
        let desk = try await Self.desk(.init(codes: [], text: ""))
        for _ in 1...2 { _ = try await desk.site.ask(.get, "/rounds/r1/papers/p1/declaration.pdf", as: "manager") }
        let archive = try #require(desk.site.services.people.paper.archive)
        #expect(try await archive.version(.declaration, of: "p1", in: "r1", number: 2) == nil)
        _ = try await desk.put("/cells/platform-revenue/declared", #"{"values":{"platform-revenue":1500.5}}"#)
        _ = try await desk.site.ask(.get, "/rounds/r1/papers/p1/declaration.docx", as: "manager")
        #expect(try await version(desk, 2).digest != version(desk, 1).digest)
        #expect(try await version(desk, 2).content.contains("1500.5"))
    }

    @Test("A scan of another version is refused with both numbers; a wrong platform's is refused too")
    func otherVersion() async throws {
        let old = try await Self.desk(.init(codes: ["HENG1/r1/p1/declaration/7/0000000000000000"], text: ""))
        let refused = try await upload(old)
        #expect(
            refused.status == 422 && refused.body.contains("7") && refused.body.contains("第 1 版"), "\(refused.body)")
        let foreign = try await Self.desk(.init(codes: ["HENG1/r1/p2/declaration/1/0000000000000000"], text: ""))
        #expect(try await upload(foreign).body.contains("不是本平台"))
    }

    @Test("With every reader busy a scan is taken in, fields are saved, and the page says that it is being read")
    func busy() async throws {
        let reader = HeldScanReader(.init(codes: ["HENG1/r1/p1/declaration/9/0"], text: ""))
        let desk = try await Self.desk(reader: reader)
        async let first = upload(desk)
        async let second = upload(desk, "commitment")
        #expect(try await first.headers[.location]?.hasSuffix("done=waiting") == true)
        #expect(try await second.headers[.location]?.hasSuffix("done=waiting") == true)
        #expect(await reader.asked == 1)
        let saved = try await desk.site.ask(
            .patch, CellDesk.base + "/cells/platform-revenue/draft", as: "reporter", headers: DraftRoutesTests.json,
            body: #"{"edits":[{"id":"e1","figure":"platform-revenue","text":"12","base":0}]}"#)
        #expect(saved.status == 200 && saved.body.contains("applied"), "\(saved.body)")
        let page = try await desk.site.ask(.get, Self.page, as: "manager")
        #expect(page.body.contains("正在读取") && page.body.contains("data-paper-waiting"))
        await reader.letGo()
        let archive = try #require(desk.site.services.people.paper.archive)
        let reading = try #require(desk.site.services.people.paper.reading)
        for id in try await archive.waitingScans() { _ = try await reading.read(id, within: .seconds(20)) }
        #expect(try await archive.waitingScans().isEmpty)
        let told = try await desk.site.ask(.get, Self.page, as: "manager")
        #expect(told.body.contains("第 9 版") && !told.body.contains("data-paper-waiting"), "\(told.body)")
    }

    @Test("Whoever submits waits for a scan that is being read; until then the hindrance is named")
    func submitting() async throws {
        let reader = HeldScanReader(.init(codes: [], text: "nothing"))
        let desk = try await Self.desk(reader: reader)
        _ = try await upload(desk)
        let services = desk.site.services
        let participation = try #require(try await services.rounds.participation("r1", "p1"))
        let round = try #require(try await services.rounds.round("r1"))
        let scheme = try #require(try await services.schemes.scheme(digest: round.schemeDigest))
        let submission = SubmissionCase(participation, round: round, scheme: scheme, now: services.clock.now())
        let request = SubmissionRequest(.submit)
        let paper = try #require(services.people.paper.guards.first)
        let before = try await paper.hindrances(to: request, of: submission)
        #expect(before.contains { $0.code == "paper.declaration_scan_waiting" && $0.severity == .warning })
        async let settled: Void = paper.settle(for: request, of: submission)
        await reader.letGo()
        try await settled
        let after = try await paper.hindrances(to: request, of: submission).map(\.code)
        #expect(after.contains("paper.declaration_scan_unread"), "\(after)")
    }

    @Test("A refused scan leaves the one before it standing, and the page tells why")
    func refusedLater() async throws {
        let desk = try await Self.desk(.init(codes: [], text: "nothing"))
        #expect(try await upload(desk).headers[.location]?.hasSuffix("done=unread") == true)
        let services = desk.site.services
        let archive = try #require(services.people.paper.archive)
        let good = try #require(try await archive.scan(.declaration, of: "p1", in: "r1"))
        let paper = try await version(desk, 1)
        let wrong = StampedScan(
            round: "r1", subject: "p1", kind: .declaration, number: 1, file: good.file, name: "old.pdf", type: .pdf,
            size: good.size, state: .waiting, by: "manager", at: services.clock.now())
        func entry() -> AuditEntry {
            AuditEntry(
                "test.kept", actor: .system("test"), at: services.clock.now(), subject: AuditSubject(round: "r1"),
                salt: services.random.salt())
        }
        let id = try await archive.keep(wrong, bytes: ItemAndEvidenceRoutesTests.pdf, entry: entry())
        let told = ToldScanReader(reading: .init(codes: ["HENG1/r1/p1/declaration/4/0"], text: ""))
        let reading = ScanReadingWork(archive: archive, reader: told, clock: services.clock, random: services.random)
        let read = try await reading.read(id, within: .seconds(20))
        #expect(read?.refusal == .otherVersion(4) && read?.state == .refused)
        #expect(try await archive.scan(.declaration, of: "p1", in: "r1")?.id == good.id)
        let page = try await desk.site.ask(.get, Self.page, as: "manager")
        #expect(page.body.contains("old.pdf") && page.body.contains("第 4 版"), "\(paper.number)")
        #expect(page.body.contains("版本待确认"))
    }

    @Test("An unreadable scan waits for an office, which confirms it with a reason")
    func unreadable() async throws {
        let desk = try await Self.desk(.init(codes: [], text: "nothing"))
        #expect(try await upload(desk).headers[.location]?.hasSuffix("done=unread") == true)
        let path = "/authority/rounds/r1/platforms/p1/papers/declaration/confirm"
        let archive = try #require(desk.site.services.people.paper.archive)
        #expect(try await desk.site.ask(.post, path, as: "city-clerk", body: "stamped=1&reason=").status == 422)
        #expect(try await archive.scan(.declaration, of: "p1", in: "r1")?.isGood == false)
        #expect(try await desk.site.ask(.post, path, as: "city-clerk", body: "reason=checked").status == 422)
        let confirmed = try await desk.site.ask(.post, path, as: "city-clerk", body: "stamped=1&reason=checked")
        #expect(confirmed.status == 303, "\(confirmed.body)")
        let twice = try await desk.site.ask(.post, path, as: "city-clerk", body: "stamped=1&reason=again")
        #expect(twice.code == "paper.scan_none", "one who looked is enough")
        let scan = try #require(try await archive.scan(.declaration, of: "p1", in: "r1"))
        #expect(scan.state == .confirmed && scan.reason == "checked" && scan.number == 1)
        #expect(scan.seen?.by == "city-clerk")
        #expect(try await desk.site.ask(.get, "/rounds/r1/papers/p1/scans/declaration", as: "city-clerk").status == 200)
    }

    @Test("The page says what was read of a scan and what a person must look at; the city's table is looked at by hand")
    func looking() async throws {
        let desk = try await Self.desk(.init(codes: [], text: "nothing", pages: 3, stampPage: 2))
        _ = try await upload(desk)
        let own = try await desk.site.ask(.get, Self.page, as: "manager").body
        #expect(own.contains("共 3 页") && own.contains("第 2 页似有圆形红色印章") && own.contains("尚未查看"))
        #expect(own.contains("未能读出版本号"))
        let uploaded = try await desk.site.ask(
            .post, "/authority/rounds/r1/summary/scan", as: "city-head",
            headers: ["Content-Type": "multipart/form-data; boundary=b"], bytes: Self.form())
        #expect(uploaded.status == 303, "\(uploaded.body)")
        let path = "/authority/rounds/r1/summary/320500"
        #expect(try await desk.site.ask(.post, path + "/confirm", as: "city-clerk", body: "reason=x").status == 422)
        let foreign = "/authority/rounds/r1/summary/320100/confirm"
        #expect(try await desk.site.ask(.post, foreign, as: "city-clerk", body: "stamped=1&reason=x").status == 403)
        for reader in ["city-clerk", "operator"] {
            let page = try await desk.site.ask(.get, "/authority/rounds/r1/papers", as: reader).body
            #expect(page.contains(path + "/confirm") && page.contains(path + "/scan"), "\(reader)")
        }
        let done = try await desk.site.ask(
            .post, path + "/confirm", as: "operator", body: "stamped=1&reason=both+pages+seen")
        #expect(done.status == 303, "\(done.body)")
        let archive = try #require(desk.site.services.people.paper.archive)
        let scan = try #require(try await archive.scan(.summary, of: "320500", in: "r1"))
        #expect(scan.seen?.by == "operator" && scan.state == .confirmed)
        let page = try await desk.site.ask(.get, "/authority/rounds/r1/papers", as: "city-clerk").body
        #expect(page.contains("确认签字、盖章齐全。说明：both pages seen"))
        #expect(!page.contains(path + "/confirm"))
    }

    @Test("A company on a negative list is named with list and row, answers, and is released with a reason")
    func eligibility() async throws {
        let desk = try await Self.desk(.init(codes: [], text: ""))
        let code = TestSite.companyCode
        let query = "title=LIST&issuer=X&date=2025-01-01&negative=abnormal"
        let made = try await desk.site.ask(
            .post, "/api/v1/rounds/r1/lists?\(query)", as: "operator", headers: ["Content-Type": "text/csv"],
            body: "企业名称,统一社会信用代码\n某公司,\(code)\n")
        #expect(made.status == 201, "\(made.body)")
        let id = try #require((made.json?["list"] as? [String: Any])?["id"] as? String)
        let page = try await desk.site.ask(.get, Self.page, as: "manager")
        #expect(page.status == 200 && page.body.contains("LIST") && page.body.contains("限制申报"))
        let said = try await desk.site.ask(
            .post, Self.page + "/eligibility", as: "manager", body: "list=\(id)&row=2&reason=moved")
        #expect(said.status == 303, "\(said.body)")
        let decide = "/authority/rounds/r1/platforms/p1/eligibility"
        let bare = try await desk.site.ask(
            .post, decide, as: "operator", body: "list=\(id)&row=2&act=unblock&reason=ok")
        #expect(bare.status == 422)
        let done = try await desk.site.ask(
            .post, decide, as: "operator", body: "list=\(id)&row=2&act=unblock&reason=ok&evidence=No.3")
        #expect(done.status == 303, "\(done.body)")
        let after = try await desk.site.ask(.get, Self.page, as: "manager")
        #expect(after.body.contains("已解除") && after.body.contains("moved") && after.body.contains("No.3"))
    }

    @Test("The office's page shows where stamped papers and eligibility stand")
    func officePage() async throws {
        let desk = try await Self.desk(.init(codes: [], text: ""))
        for role in ["city-clerk", "operator", "inspector"] {
            let page = try await desk.site.ask(.get, "/authority/rounds/r1/papers", as: role)
            #expect(page.status == 200 && page.body.contains("未上传"), "\(role): \(page.status)")
        }
    }
}
