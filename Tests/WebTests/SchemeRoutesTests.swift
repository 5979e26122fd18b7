import Foundation
import Scheme
import Testing
import Trust
import Vocabulary

@Suite("Schemes over HTTP")
struct SchemeRoutesTests {
    @Test("The public reads the list, the scheme and its file; the file's digest is the ETag")
    func reads() async throws {
        let site = try TestSite()
        let list = try await site.ask(.get, "/api/v1/schemes")
        #expect(list.status == 200)
        let items = try #require(list.json?["items"] as? [[String: Any]])
        #expect(items.contains { $0["id"] as? String == "jiangsu-2025" && $0["indicators"] as? Int == 32 })
        let scheme = try await site.ask(.get, "/api/v1/schemes/jiangsu-2025")
        #expect(scheme.status == 200)
        let digest = try #require(scheme.json?["digest"] as? String)
        let file = try await site.ask(.get, "/api/v1/schemes/jiangsu-2025/file")
        #expect(file.headers[.eTag] == "\"\(digest)\"")
        #expect(Digest.sha256(of: Array(file.body.utf8)).hex == digest)
        #expect(file.headers[.contentType] == "application/yaml")
    }

    @Test("An indicator says what may be declared, with its parts, columns and evidence")
    func indicator() async throws {
        let site = try TestSite()
        let scheme = try await site.ask(.get, "/api/v1/schemes/jiangsu-2025")
        let sections = try #require(scheme.json?["sections"] as? [[String: Any]])
        let groups = sections.flatMap { $0["groups"] as? [[String: Any]] ?? [] }
        let all = groups.flatMap { $0["indicators"] as? [[String: Any]] ?? [] }
        #expect(all.count == 32)
        let standards = try #require(all.first { $0["id"] as? String == "standards" })
        let ids = (standards["values"] as? [[String: Any]])?.compactMap { $0["id"] as? String }
        #expect(
            ids == [
                "standards.national-led", "standards.national-part", "standards.industry-led",
                "standards.industry-part",
            ])
        #expect((standards["fields"] as? [[String: Any]])?.first?["form"] as? String == "standard")
        #expect((standards["points"] as? [String: Any])?["origin"] as? String == "default")
    }

    @Test("An unknown scheme is 404 with its page", arguments: ["/api/v1/schemes/x", "/api/v1/schemes/x/file"])
    func unknown(path: String) async throws {
        let answer = try await TestSite().ask(.get, path)
        #expect(answer.status == 404)
        #expect(answer.code == "scheme.unknown")
    }

    @Test("A page of the list is as long as asked and goes on from its cursor")
    func pages() async throws {
        let site = try TestSite()
        #expect(try await site.ask(.get, "/api/v1/schemes?limit=0").status == 400)
        let after = try await site.ask(.get, "/api/v1/schemes?cursor=zzz")
        #expect((after.json?["items"] as? [Any])?.isEmpty == true)
        #expect(after.json?["next"] == nil || after.json?["next"] is NSNull)
    }
}
