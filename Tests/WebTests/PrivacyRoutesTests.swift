import Foundation
import GRDB
import Testing
import Vocabulary

@Suite("Personal data over HTTP")
struct PrivacyRoutesTests {
    static let csv = """
        姓名,身份证件号码后四位,学历,学历证书编号,劳动合同起始日期,连续缴纳社保月数,工作地
        张三丰,001X,硕士研究生,1028412021000022,2021-07-01,36,320500

        """

    private func desk() async throws -> CellDesk {
        let desk = try await CellDesk()
        let template = try await desk.site.ask(
            .get, CellDesk.base + "/cells/core-talent/items/template", as: "manager")
        #expect(template.body.contains("姓名"))
        let kept = try await desk.put("/cells/core-talent/items", Self.csv, type: "text/csv")
        try #require(kept.json?["accepted"] as? Int == 1, "\(kept.body)")
        return desk
    }

    @Test("Names and numbers lie encrypted in the file, the other columns in clear")
    func encrypted() async throws {
        let desk = try await desk()
        let queue = try DatabaseQueue(path: desk.site.folder.appending(path: "heng.sqlite").path)
        let row = try #require(try await queue.read { try Row.fetchOne($0, sql: "SELECT fields, sealed FROM item") })
        let fields: String = row["fields"]
        #expect(!fields.contains("张三丰") && !fields.contains("1028412021000022") && fields.contains("2021-07-01"))
        #expect((row["sealed"] as Data?)?.isEmpty == false)
        for name in ["heng.sqlite", "heng.sqlite-wal"] {
            let bytes = (try? Data(contentsOf: desk.site.folder.appending(path: name))) ?? Data()
            #expect(bytes.range(of: Data("1028412021000022".utf8)) == nil, "\(name)")
        }
    }

    @Test("The company reads its own rows, everybody else masked ones, in JSON and CSV")
    func masked() async throws {
        let desk = try await desk()
        let path = CellDesk.base + "/cells/core-talent/items"
        #expect(try await desk.site.ask(.get, path, as: "reporter").body.contains("张三丰"))
        for reader in ["operator", "city-clerk", "inspector"] {
            for accept in ["application/json", "text/csv"] {
                let answer = try await desk.site.ask(.get, path, as: reader, headers: ["Accept": accept])
                #expect(answer.status == 200 && answer.body.contains("张**") && !answer.body.contains("张三丰"))
                #expect(!answer.body.contains("1028412021000022") && answer.body.contains("10****22"))
            }
        }
    }

    @Test("Reading in clear needs a reason and leaves an entry before anything is shown")
    func viewing() async throws {
        let desk = try await desk()
        let path = CellDesk.base + "/cells/core-talent/items/views"
        let without = try await desk.site.ask(.post, path, as: "operator", body: #"{"reason":"  "}"#)
        #expect(without.status == 422 && without.code == "privacy.reason_missing")
        let view = try await desk.site.ask(.post, path, as: "operator", body: #"{"reason":"抽样核定第 2 行"}"#)
        #expect(view.status == 200 && view.body.contains("张三丰"))
        #expect(view.headers[.cacheControl] == "no-store")
        let index = try #require(view.json?["logIndex"] as? Int)
        let entry = try #require(try await desk.site.services.log.entry(index))
        #expect(entry.leaf.kind == "personal.viewed" && entry.leaf.actor == .account("operator"))
        let opening = try #require(try await desk.site.services.log.opening(index))
        #expect(String(decoding: opening.committed, as: UTF8.self).contains("抽样核定第 2 行"))
        let denied = try await desk.site.ask(.post, path, as: "panel", body: #"{"reason":"看看"}"#)
        #expect(denied.status == 403)
    }

    @Test("The page shows masked rows, and rows in clear once a reason is given")
    func page() async throws {
        let desk = try await desk()
        let path = "/authority/rounds/r1/privacy/p1/core-talent"
        let masked = try await desk.site.ask(.get, path, as: "operator")
        #expect(masked.status == 200 && masked.body.contains("张**") && !masked.body.contains("张三丰"), "\(masked.body)")
        let open = try await desk.site.ask(
            .post, path, as: "operator", headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: "reason=%E6%A0%B8%E5%AF%B9")
        #expect(open.status == 200 && open.body.contains("张三丰"))
        #expect(open.headers[.cacheControl] == "no-store")
        let other = try await desk.site.ask(.get, "/authority/rounds/r1/privacy/p1/parks-served", as: "operator")
        #expect(other.status == 409)
    }
}
