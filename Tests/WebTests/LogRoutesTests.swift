import Foundation
import Testing
import Trust
import Vocabulary
import Web

@Suite("The log over HTTP")
struct LogRoutesTests {
    /// A round with a platform: three entries.
    static func site() async throws -> TestSite {
        let site = try TestSite()
        _ = try await site.ask(.post, "/api/v1/rounds", as: "operator", body: RoundRoutesTests.newRound)
        _ = try await site.ask(
            .post, "/api/v1/rounds/r1/actions", as: "operator", body: #"{"action":"open","reason":"通知"}"#)
        _ = try await site.ask(
            .post, "/api/v1/rounds/r1/platforms", as: "operator", body: RoundRoutesTests.platform("p1"))
        return site
    }

    static func key(_ site: TestSite) async throws -> NoteVerifier {
        let text = try await site.ask(.get, "/api/v1/log/key").body
        return try NoteVerifier(reading: text.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    static func digests(_ json: Any?) -> [Digest] { (json as? [String] ?? []).compactMap { Digest(hex: $0) } }

    @Test("Anybody gets the signed checkpoint and the key, and they fit")
    func checkpoint() async throws {
        let site = try await Self.site()
        let answer = try await site.ask(.get, "/api/v1/log/checkpoint")
        #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
        let head = try Checkpoint(verifying: answer.body, with: try await Self.key(site))
        #expect(head.size == 3)
    }

    @Test("Entries show who, what and when, page by page, and no values")
    func entries() async throws {
        let site = try await Self.site()
        let first = try await site.ask(.get, "/api/v1/log/entries?limit=2")
        let items = try #require(first.json?["items"] as? [[String: Any]])
        #expect(items.map { $0["kind"] as? String } == ["round.created", "round.open"])
        #expect(!first.body.contains("通知"))
        let cursor = try #require(first.json?["next"] as? String)
        let rest = try await site.ask(.get, "/api/v1/log/entries?limit=2&cursor=\(cursor)")
        #expect((rest.json?["items"] as? [[String: Any]])?.map { $0["index"] as? Int } == [2])
        #expect(rest.json?["next"] is NSNull || rest.json?["next"] == nil)
        let leaf = try #require(items[0]["leaf"] as? String)
        #expect(items[0]["leafHash"] as? String == MerkleHash.leaf(leaf.utf8).hex)
    }

    @Test("Every entry's proof leads to the signed root, as JSON and as a file")
    func proofs() async throws {
        let site = try await Self.site()
        let key = try await Self.key(site)
        for index in 0..<3 {
            let json = try #require(try await site.ask(.get, "/api/v1/log/entries/\(index)/proof").json)
            let note = try #require(json["checkpoint"] as? String)
            let head = try Checkpoint(verifying: note, with: key)
            let proof = InclusionProof(index: index, size: head.size, path: Self.digests(json["path"]))
            let leaf = try #require(json["leaf"] as? String)
            try proof.verify(leaf: MerkleHash.leaf(leaf.utf8), root: head.root)
            let file = try await site.ask(.get, "/api/v1/log/entries/\(index)/proof.txt")
            #expect(try LogProof(reading: file.body).verify(with: key).leaf.bytes == Array(leaf.utf8))
        }
    }

    @Test("A later checkpoint provably continues an earlier one")
    func consistency() async throws {
        let site = try await Self.site()
        let key = try await Self.key(site)
        let earlier = try Checkpoint(verifying: try await site.ask(.get, "/api/v1/log/checkpoint").body, with: key)
        _ = try await site.ask(
            .post, "/api/v1/rounds/r1/actions", as: "approver", body: #"{"action":"suspend","reason":"核查"}"#)
        let later = try Checkpoint(verifying: try await site.ask(.get, "/api/v1/log/checkpoint").body, with: key)
        let json = try await site.ask(
            .get, "/api/v1/log/consistency?first=\(earlier.size)&second=\(later.size)"
        ).json
        try ConsistencyProof(first: earlier.size, second: later.size, path: Self.digests(json?["path"]))
            .verify(firstRoot: earlier.root, secondRoot: later.root)
        let inclusion = try await site.ask(.get, "/api/v1/log/inclusion?index=0&size=\(earlier.size)").json
        let leaf = try #require(try await site.services.log.entry(0))
        try InclusionProof(index: 0, size: earlier.size, path: Self.digests(inclusion?["path"]))
            .verify(leaf: leaf.hash, root: earlier.root)
    }

    @Test("Oversight opens a commitment and finds the reason; nobody else does")
    func opening() async throws {
        let site = try await Self.site()
        for role in ["inspector", "audit-administrator"] {
            let json = try #require(try await site.ask(.get, "/api/v1/log/entries/1/opening", as: role).json)
            let salt = try #require((json["salt"] as? String).flatMap { Hexadecimal.bytes($0) })
            let committed = try #require(json["committed"] as? String)
            #expect(committed.contains("通知"))
            let leaf = try #require(try await site.services.log.entry(1)).leaf
            #expect(Digest.sha256(of: salt + Array(committed.utf8)) == leaf.commitment)
        }
        #expect(try await site.ask(.get, "/api/v1/log/entries/1/opening", as: "operator").status == 403)
        #expect(try await site.ask(.get, "/api/v1/log/entries/1/opening").status == 401)
    }

    @Test(
        "What the log does not have is said",
        arguments: [
            ("/api/v1/log/entries/99", 404, "trust.index_outside"), ("/api/v1/log/entries/x", 404, "web.not_found"),
            ("/api/v1/log/inclusion?index=5&size=3", 404, "trust.index_outside"),
            ("/api/v1/log/inclusion?index=0&size=99", 404, "trust.size_outside"),
            ("/api/v1/log/inclusion", 400, "web.parameter_invalid"),
            ("/api/v1/log/inclusion?index=-1", 400, "web.parameter_invalid"),
            ("/api/v1/log/consistency?first=0", 422, "trust.sizes_outside"),
            ("/api/v1/log/consistency?first=3&second=2", 422, "trust.sizes_outside"),
            ("/api/v1/log/entries?cursor=x", 400, "web.parameter_invalid"),
        ])
    func refusals(path: String, status: Int, code: String) async throws {
        let answer = try await Self.site().ask(.get, path)
        #expect(answer.status == status && answer.code == code)
    }

    @Test("A cell without a change has no proof yet; before publication only those who see the cell may ask")
    func cellProof() async throws {
        let site = try await Self.site()
        let path = "/api/v1/rounds/r1/platforms/p1/cells/devices-connected/proof"
        #expect(try await site.ask(.get, path).status == 401)
        #expect(try await site.ask(.get, path, as: "expert").status == 404)
        let none = try await site.ask(.get, path, as: "manager")
        #expect(none.status == 404 && none.code == "trust.cell_unchanged")
    }

    @Test("The page lists entries newest first, in both languages, and an entry shows its proof")
    func pages() async throws {
        let site = try await Self.site()
        let zh = try await site.ask(.get, "/log?lang=zh", headers: ["Accept": "text/html"])
        #expect(zh.status == 200 && zh.body.contains("存证日志") && zh.body.contains("登记平台"))
        let (newest, oldest) = (zh.body.range(of: "/log/2"), zh.body.range(of: "/log/0"))
        #expect(try #require(newest).lowerBound < #require(oldest).lowerBound)
        let en = try await site.ask(.get, "/log?lang=en", headers: ["Accept": "text/html"])
        #expect(en.body.contains("Audit log") && en.body.contains("Platform registered"))
        let entry = try await site.ask(.get, "/log/1", headers: ["Accept": "text/html"])
        #expect(entry.status == 200 && entry.body.contains("data-inclusion") && !entry.body.contains("通知"))
        let opened = try await site.ask(.get, "/log/1", as: "inspector", headers: ["Accept": "text/html"])
        #expect(opened.body.contains("通知"))
        #expect(try await site.ask(.get, "/log/99", headers: ["Accept": "text/html"]).status == 404)
        #expect(try await site.ask(.get, "/log?start=junk", headers: ["Accept": "text/html"]).status == 200)
    }
}
