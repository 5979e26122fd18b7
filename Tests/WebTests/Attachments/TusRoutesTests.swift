import Crypto
import Foundation
import HTTPTypes
import Submit
import Testing
import Trust
import Vocabulary
import Web

@Suite("Resumable upload")
struct TusRoutesTests {
    static let cells = CellDesk.base + "/cells/platform-revenue"
    static let pdf = Array(
        ("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + String(repeating: "% filling\n", count: 900)
            + "trailer\n<< /Root 1 0 R >>\n%%EOF\n").utf8)
    let desk: CellDesk

    init() async throws { desk = try await CellDesk() }

    static func metadata(_ pairs: [String: String]) -> String {
        pairs.sorted { $0.key < $1.key }.map { "\($0) \(Data($1.utf8).base64EncodedString())" }
            .joined(separator: ",")
    }

    func create(
        _ length: String, _ pairs: [String: String] = ["filename": "审计报告.pdf", "requirement": "audit-report"],
        as token: String = "manager", headers more: [String: String] = [:], bytes: [UInt8]? = nil
    ) async throws -> TestSite.Answer {
        var headers = ["Tus-Resumable": "1.0.0", "Upload-Length": length, "Upload-Metadata": Self.metadata(pairs)]
        headers.merge(more) { _, new in new }
        return try await desk.site.ask(.post, Self.cells + "/uploads", as: token, headers: headers, bytes: bytes)
    }

    func patch(
        _ address: String, _ bytes: some Sequence<UInt8>, at offset: Int, as token: String = "manager",
        headers more: [String: String] = [:]
    ) async throws -> TestSite.Answer {
        var headers = [
            "Tus-Resumable": "1.0.0", "Upload-Offset": "\(offset)", "Content-Type": "application/offset+octet-stream",
        ]
        headers.merge(more) { _, new in new }
        return try await desk.site.ask(.patch, address, as: token, headers: headers, bytes: Array(bytes))
    }

    func head(_ address: String, as token: String = "manager") async throws -> TestSite.Answer {
        try await desk.site.ask(.head, address, as: token, headers: ["Tus-Resumable": "1.0.0"])
    }

    func field(_ answer: TestSite.Answer, _ name: String) -> String? {
        HTTPField.Name(name).flatMap { answer.headers[$0] }
    }

    @Test("The server says what it can do")
    func capabilities() async throws {
        let answer = try await desk.site.ask(.options, "/api/v1/uploads")
        #expect(answer.status == 204)
        #expect(field(answer, "Tus-Version") == "1.0.0" && field(answer, "Tus-Max-Size") == "20971520")
        let extensions = field(answer, "Tus-Extension")?.split(separator: ",").map(String.init) ?? []
        #expect(
            Set(extensions) == [
                "creation", "creation-with-upload", "checksum", "expiration", "termination",
            ])
    }

    @Test("A file sent in pieces of any size becomes the same evidence as one sent whole", arguments: 1...6)
    func pieces(_ seed: Int) async throws {
        let made = try await create("\(Self.pdf.count)")
        #expect(made.status == 201 && field(made, "Upload-Expires") != nil, "\(made.body)")
        let address = try #require(made.headers[.location])
        var random = SeededSteps(seed: UInt64(seed))
        var at = 0
        while at < Self.pdf.count {
            let size = min(Self.pdf.count - at, random.next(upTo: 4000) + 1)
            let asked = try await head(address)
            #expect(asked.status == 200 && field(asked, "Upload-Offset") == "\(at)")
            #expect(field(asked, "Upload-Length") == "\(Self.pdf.count)")
            let answer = try await patch(address, Self.pdf[at..<(at + size)], at: at)
            at += size
            #expect(answer.status == 204 && field(answer, "Upload-Offset") == "\(at)", "\(answer.body)")
            #expect((field(answer, "Heng-Evidence") != nil) == (at == Self.pdf.count))
        }
        let files = try await desk.site.services.cells.evidence.files("r1", "p1")
        #expect(files.map(\.digest) == [Digest.sha256(of: Self.pdf)])
        #expect(files.first?.name == "审计报告.pdf" && files.first?.requirement == "audit-report")
        let whole = try await head(address)
        #expect(field(whole, "Heng-Evidence") == Digest.sha256(of: Self.pdf).hex)
    }

    @Test("The first piece may come with the announcement, and may be the whole file")
    func creationWithUpload() async throws {
        let type = ["Content-Type": "application/offset+octet-stream"]
        let first = try await create("\(Self.pdf.count)", headers: type, bytes: Array(Self.pdf.prefix(100)))
        #expect(first.status == 201 && field(first, "Upload-Offset") == "100", "\(first.body)")
        let all = try await create("\(Self.pdf.count)", headers: type, bytes: Self.pdf)
        #expect(field(all, "Heng-Evidence") == Digest.sha256(of: Self.pdf).hex, "\(all.body)")
    }

    @Test("A piece in the wrong place, of the wrong type or beyond the end is refused and changes nothing")
    func misplaced() async throws {
        let address = try #require(try await create("\(Self.pdf.count)").headers[.location])
        #expect(try await patch(address, Self.pdf.prefix(10), at: 0).status == 204)
        let early = try await patch(address, Self.pdf.prefix(10), at: 0)
        #expect(early.status == 409 && early.code == "submit.upload_offset")
        #expect(field(early, "Tus-Resumable") == "1.0.0")
        #expect(try await patch(address, Self.pdf, at: 10).status == 413)
        let other = try await patch(address, [1], at: 10, headers: ["Content-Type": "text/plain"])
        #expect(other.status == 415)
        let version = try await patch(address, [1], at: 10, headers: ["Tus-Resumable": "0.2.2"])
        #expect(version.status == 412 && field(version, "Tus-Version") == "1.0.0")
        #expect(field(try await head(address), "Upload-Offset") == "10")
    }

    @Test("A piece whose checksum is wrong is not taken; the right one is", arguments: ["sha1", "sha256", "md5"])
    func checksums(_ algorithm: String) async throws {
        let address = try #require(try await create("\(Self.pdf.count)").headers[.location])
        let piece = Array(Self.pdf.prefix(500))
        let sum: [UInt8] =
            switch algorithm {
            case "sha1": Array(Insecure.SHA1.hash(data: piece))
            case "md5": Array(Insecure.MD5.hash(data: piece))
            default: Array(SHA256.hash(data: piece))
            }
        let header = ["Upload-Checksum": "\(algorithm) \(Data(sum).base64EncodedString())"]
        let damaged = try await patch(address, piece.reversed(), at: 0, headers: header)
        #expect(damaged.status == 460 && damaged.code == "submit.upload_checksum")
        #expect(field(try await head(address), "Upload-Offset") == "0")
        #expect(try await patch(address, piece, at: 0, headers: header).status == 204)
        let unknown = try await patch(address, piece, at: 500, headers: ["Upload-Checksum": "crc32 AAAA"])
        #expect(unknown.status == 400 && unknown.code == "submit.upload_checksum_algorithm")
    }

    @Test(
        "Announcements that cannot be kept are refused at once",
        arguments: [
            ("0", ["filename": "a.pdf"], 422, "submit.evidence_empty"),
            ("20971521", ["filename": "a.pdf"], 413, "submit.evidence_too_large"),
            ("-1", ["filename": "a.pdf"], 400, "submit.upload_header"),
            ("99999999999999999999999", ["filename": "a.pdf"], 400, "submit.upload_header"),
            ("10", ["filename": "a.pdf", "requirement": "photo"], 422, "submit.requirement_unknown"),
            ("10", ["filename": "a.pdf", "sha256": "zz"], 400, "submit.upload_header"),
        ])
    func refused(_ length: String, _ pairs: [String: String], status: Int, code: String) async throws {
        let answer = try await create(length, pairs)
        #expect(answer.status == status && answer.code == code, "\(answer.body)")
    }

    @Test("A whole file that an office should not open is refused with its reason and forgotten")
    func inspected() async throws {
        let program = Array("MZ this is a program".utf8)
        let address = try #require(try await create("\(program.count)").headers[.location])
        let answer = try await patch(address, program, at: 0)
        #expect(answer.status == 415 && answer.code == "submit.evidence_type", "\(answer.body)")
        #expect(try await head(address).status == 404)
        #expect(try await desk.site.services.cells.evidence.files("r1", "p1").isEmpty)
    }

    @Test("A file that differs from what its sender had is refused")
    func expected() async throws {
        let pairs = ["filename": "a.pdf", "sha256": Digest.sha256(of: Array("other".utf8)).hex]
        let address = try #require(try await create("\(Self.pdf.count)", pairs).headers[.location])
        #expect(try await patch(address, Self.pdf, at: 0).code == "submit.upload_digest")
    }

    @Test("An upload exists for its own company only, and can be cancelled")
    func ownership() async throws {
        let address = try #require(try await create("\(Self.pdf.count)").headers[.location])
        for token in ["other-manager", "operator", "city-clerk", "system-administrator"] {
            #expect(try await head(address, as: token).status == 404)
            #expect(try await patch(address, [1], at: 0, as: token).status == 404)
        }
        #expect(try await create("10", as: "operator").status == 403)
        #expect(try await patch(address, Self.pdf.prefix(10), at: 0, as: "reporter").status == 204)
        let gone = try await desk.site.ask(.delete, address, as: "manager", headers: ["Tus-Resumable": "1.0.0"])
        #expect(gone.status == 204)
        #expect(try await head(address).status == 404)
    }

    @Test("A company has a bounded number of unfinished uploads")
    func bounds() async throws {
        for _ in 0..<20 { #expect(try await create("10").status == 201) }
        let answer = try await create("10")
        #expect(answer.status == 429 && answer.code == "submit.uploads_open", "\(answer.body)")
    }

    @Test("An upload left alone expires, and the sweep forgets it")
    func expiry() async throws {
        let address = try #require(try await create("\(Self.pdf.count)").headers[.location])
        let uploads = try #require(desk.site.services.people.attachments.uploads)
        let now = desk.site.services.clock.now()
        #expect(try await uploads.removeExpired(before: now.adding(seconds: 6 * 86_400)) == 0)
        #expect(try await head(address).status == 200)
        #expect(try await uploads.removeExpired(before: now.adding(seconds: 8 * 86_400)) == 1)
        #expect(try await head(address).status == 404)
    }

    @Test("All bytes on disk and the server fallen before it attached them: the next question attaches them")
    func completedByQuestion() async throws {
        let address = try #require(try await create("\(Self.pdf.count)").headers[.location])
        let uploads = try #require(desk.site.services.people.attachments.uploads)
        let pen = try await uploads.write(UploadID(String(address.split(separator: "/").last ?? "")))
        try await pen.append(Self.pdf)
        try await pen.commit()
        await pen.lay()
        #expect(field(try await head(address), "Heng-Evidence") == Digest.sha256(of: Self.pdf).hex)
        #expect(try await desk.site.services.cells.evidence.files("r1", "p1").count == 1)
    }

    @Test("Whoever takes the pen writes; the one before is told and its bytes go nowhere")
    func takenOver() async throws {
        let address = try #require(try await create("\(Self.pdf.count)").headers[.location])
        let uploads = try #require(desk.site.services.people.attachments.uploads)
        let id = UploadID(String(address.split(separator: "/").last ?? ""))
        let first = try await uploads.write(id)
        try await first.append(Array(Self.pdf.prefix(100)))
        let second = try await uploads.write(id)
        #expect(second.start == 100)
        await #expect(throws: Failure("submit.upload_taken_over")) { try await first.append([1, 2, 3]) }
        try await second.append(Array(Self.pdf[100..<200]))
        #expect(try await second.commit() == 200)
        await first.lay()
        try await second.append(Array(Self.pdf[200..<210]))
        #expect(try await second.commit() == 210)
        await second.lay()
        #expect(try await uploads.bytes(id) == Array(Self.pdf.prefix(210)))
    }
}

/// Small steps that depend on nothing but the seed.
struct SeededSteps {
    private var state: UInt64
    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

    mutating func next(upTo limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(limit))
    }
}
