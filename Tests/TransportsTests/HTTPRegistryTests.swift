import Foundation
import Hummingbird
import Match
import Testing
import Transports
import Vocabulary

@Suite("The registry adapter over real HTTP", .serialized)
struct HTTPRegistryTests {
    private func outcome(_ registry: any Registry, _ question: RegistryQuestion) async -> Result<
        RegistryAnswer, Failure
    > {
        do {
            return .success(try await registry.ask(question))
        } catch let failure as Failure {
            return .failure(failure)
        } catch {
            return .failure(Failure("test.other", cause: error))
        }
    }

    @Test("The reference registry answers by code, by name and by former name, and says where it looked")
    func reference() async throws {
        try await withServer(try Register.router()) { base in
            let registry = try HTTPRegistry(base: base, limits: .brief)
            let byCode = try await registry.ask(.code(try Register.code(1)))
            #expect(byCode.companies.map(\.name) == ["江苏衡山科技有限公司"])
            #expect(byCode.companies.first?.awards.map(\.title) == ["省专精特新中小企业", "国家专精特新“小巨人”"])
            #expect(byCode.register.rows == 24)
            #expect(byCode.register.asOf == CivilDay("2025-12-01"))
            let byName = try await registry.ask(.name("无锡星海智造有限责任公司"))
            #expect(byName.companies.map(\.awards.count) == [1])
            let byFormer = try await registry.ask(.name("苏州老星有限公司"))
            #expect(byFormer.companies.map(\.name) == ["无锡星海智造有限公司"])
            let nobody = try await registry.ask(.code(try Register.code(999)))
            #expect(nobody.companies.isEmpty)
            #expect(nobody.isComplete)
        }
    }

    @Test("Pages are followed to the end")
    func pages() async throws {
        let list = try Register.list()
        let router = ReferenceRegistry(list, asOf: CivilDay(daysSince1970: 20_000)).router()
        try await withServer(router) { base in
            let registry = try HTTPRegistry(base: base, limits: .brief)
            let all = try await registry.ask(.name("常州同名有限公司"))
            #expect(all.companies.count == 20)
            let url = try #require(
                URL(
                    string: base
                        + "/registry/v1/companies?limit=7&cursor=14&name=%E5%B8%B8%E5%B7%9E%E5%90%8C%E5%90%8D%E6%9C%89%E9%99%90%E5%85%AC%E5%8F%B8"
                ))
            let page = try JSONDecoder().decode(RegistryAnswer.self, from: try Data(contentsOf: url))
            #expect(page.companies.count == 6)
            #expect(page.next == nil)
        }
    }

    @Test("Many pages come together as one answer, and an endless chain of pages ends with a failure")
    func chain() async throws {
        let code = try Register.code(1)
        let visits = Visits()
        let three = peer(visits) { visit, _ in
            json(Register.emptyAnswer(code: code, next: visit < 3 ? "\"p\(visit)\"" : "null"))
        }
        try await withServer(three) { base in
            let registry = try HTTPRegistry(base: base, limits: .brief)
            #expect(try await registry.ask(.code(code)).next == nil)
            #expect(visits.total == 3)
        }
        let endless = Visits()
        try await withServer(peer(endless) { n, _ in json(Register.emptyAnswer(code: code, next: "\"p\(n)\"")) }) {
            base in
            let registry = try HTTPRegistry(base: base, limits: .brief)
            let answer = await self.outcome(registry, .code(code))
            #expect(throws: Failure("match.registry_too_large", ["limit": "5 pages"])) { try answer.get() }
            #expect(endless.total == 5)
        }
    }

    /// What a peer does wrong, the code that it ends with, and how often it is asked.
    enum Misbehaviour: String, CaseIterable, Sendable {
        case serverError, tooMany, notFound, redirect, hangs, html, wrongFields, cutOff, endless, announcedTooLong,
            otherQuestion, partial

        var expected: (code: String, visits: Int) {
            switch self {
            case .serverError, .tooMany: return ("match.registry_status", 2)
            case .notFound, .redirect: return ("match.registry_status", 1)
            case .hangs: return ("match.registry_timeout", 2)
            case .html, .wrongFields: return ("match.registry_malformed", 1)
            case .cutOff: return ("match.registry_unreachable", 2)
            case .endless, .announcedTooLong: return ("match.registry_too_large", 1)
            case .otherQuestion: return ("match.registry_other_question", 1)
            case .partial: return ("match.registry_partial", 1)
            }
        }

        func answer(_ code: CompanyCode) async throws -> Response {
            let whole = Register.emptyAnswer(code: code)
            switch self {
            case .serverError: return json("{}", status: .internalServerError)
            case .tooMany: return json("{}", status: .tooManyRequests)
            case .notFound: return json(whole, status: .notFound)
            case .redirect: return Response(status: .found, headers: [.location: "/registry/v1/register"])
            case .hangs:
                try await Task.sleep(for: .seconds(30))
                return json(whole)
            case .html: return json("<html>maintenance</html>")
            case .wrongFields: return json(whole.replacingOccurrences(of: "\"complete\"", with: "\"done\""))
            case .cutOff:
                return Response(
                    status: .ok,
                    body: .init(contentLength: 5000) { writer in
                        try await writer.write(ByteBuffer(string: whole))
                        throw Failure("test.cut_off")
                    })
            case .endless:
                return Response(
                    status: .ok,
                    body: .init { writer in
                        while true { try await writer.write(ByteBuffer(repeating: 32, count: 8192)) }
                    })
            case .announcedTooLong:
                return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(repeating: 32, count: 70_000)))
            case .otherQuestion: return json(whole.replacingOccurrences(of: code.text, with: "91320583MA1X000000"))
            case .partial: return json(Register.emptyAnswer(code: code, complete: false))
            }
        }
    }

    @Test(
        "Whatever a peer does wrong is a failure with its reason, never an empty answer",
        arguments: Misbehaviour.allCases)
    func misbehaving(_ kind: Misbehaviour) async throws {
        let code = try Register.code(1)
        let visits = Visits()
        try await withServer(peer(visits) { _, _ in try await kind.answer(code) }) { base in
            let limits: HTTPRegistry.Limits = kind == .hangs ? .impatient : .brief
            let registry = try HTTPRegistry(base: base, limits: limits, jitter: { 0 })
            switch await self.outcome(registry, .code(code)) {
            case .success: Issue.record("\(kind) was taken for an answer")
            case .failure(let failure): #expect(failure.code == kind.expected.code)
            }
            // A try of a peer that hangs may end before the peer has seen it.
            if kind != .hangs { #expect(visits.total == kind.expected.visits) }
        }
    }

    @Test("A peer that recovers is asked again and answers")
    func recovers() async throws {
        let code = try Register.code(1)
        let visits = Visits()
        let router = peer(visits) { visit, _ in
            visit == 1 ? json("{}", status: .serviceUnavailable) : json(Register.emptyAnswer(code: code))
        }
        try await withServer(router) { base in
            let registry = try HTTPRegistry(base: base, limits: .brief)
            #expect(try await registry.ask(.code(code)).companies.isEmpty)
            #expect(visits.total == 2)
        }
    }

    @Test("Nobody listening is unreachable; an address that is none is refused at once")
    func nobody() async throws {
        let code = try Register.code(1)
        let registry = try HTTPRegistry(base: "http://127.0.0.1:9", limits: .brief)
        let answer = await outcome(registry, .code(code))
        guard case .failure(let failure) = answer else {
            Issue.record("an answer from nobody")
            return
        }
        #expect(failure.code == "match.registry_unreachable")
        for address in ["", "registry.example", "ftp://registry.example", "http://", "http://x/?a=b"] {
            #expect(throws: Failure.self) { try HTTPRegistry(base: address) }
        }
    }

    @Test("A bearer key is sent, and names survive the query with spaces, plus signs and Chinese")
    func request() async throws {
        let name = "甲 + 乙 & 丙=丁%（有限公司）"
        let router = peer(Visits()) { _, request in
            let asked = request.uri.queryParameters["name"].map(String.init) ?? ""
            let good = asked == name && request.headers[.authorization] == "Bearer k-1"
            let text = Register.emptyAnswer(code: try Register.code(1))
            let echo = text.replacingOccurrences(
                of: "\"code\": \"\(try Register.code(1))\"", with: "\"name\": \"\(name)\"")
            return good ? json(echo) : json("{}", status: .badRequest)
        }
        try await withServer(router) { base in
            let registry = try HTTPRegistry(base: base + "/", key: "k-1", limits: .brief)
            #expect(try await registry.ask(.name(name)).companies.isEmpty)
        }
    }

    @Test(
        "A wrong question is refused by the reference registry with the reason",
        arguments: ["", "?code=123", "?name=x&code=y", "?name=x&limit=0", "?name=x&cursor=-1"])
    func wrongQuestion(query: String) async throws {
        try await withServer(try Register.router()) { base in
            let url = try #require(URL(string: base + "/registry/v1/companies" + query))
            #expect(throws: (any Error).self) { try Data(contentsOf: url) }
        }
    }
}
