import Foundation
import HTTPTypes
import Hummingbird
import Match
import NIOCore
import Vocabulary
import Wording

/// The reference registry: serves one register by the contract of `docs/api/registry.yaml`, so that the adapter is
/// tested against a real HTTP peer and a demonstration has somebody to ask.
public struct ReferenceRegistry: Sendable {
    /// Companies on a page, unless asked for fewer.
    public static let pageLimit = 100

    private let index: ListIndex
    private let register: RegistryAnswer.Register

    /// - Parameters:
    ///   - list: a row an award: company, code, title, validity.
    ///   - asOf: the day up to which the register is complete.
    public init(_ list: OfficialList, asOf: CivilDay) {
        index = ListIndex(list)
        register = RegistryAnswer.Register(
            title: list.header.title, rows: list.rows.count, digest: list.digest, asOf: asOf)
    }

    /// The routes, for an application or a test.
    public func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("/registry/v1/companies") { request, _ in answer(request) }
        router.get("/registry/v1/register") { _, _ in ReferenceRegistry.json(register, status: .ok) }
        return router
    }

    private func answer(_ request: Request) -> Response {
        do {
            return ReferenceRegistry.json(try page(request), status: .ok)
        } catch {
            let language = Language(tag: request.headers[.acceptLanguage] ?? "") ?? .zhHans
            return ReferenceRegistry.problem(error, language)
        }
    }

    private func page(_ request: Request) throws(Failure) -> RegistryAnswer {
        let parameters = request.uri.queryParameters
        let (code, name) = (parameters["code"].map(String.init), parameters["name"].map(String.init))
        let limit = parameters["limit"].map { Int($0) ?? 0 } ?? ReferenceRegistry.pageLimit
        let start = parameters["cursor"].map { Int($0) ?? -1 } ?? 0
        guard (code == nil) != (name == nil), (1...ReferenceRegistry.pageLimit).contains(limit), start >= 0 else {
            throw Failure("match.registry_question")
        }
        var companies: [RegistryCompany] = []
        if let code {
            guard let good = CompanyCode(code) else {
                throw Failure("match.registry_question", findings: CompanyCode.check(code).findings(at: "code"))
            }
            companies = index.companies(code: good)
        } else if let name {
            companies = index.companies(name: name)
        }
        let page = companies.dropFirst(start).prefix(limit)
        let end = start + page.count
        return RegistryAnswer(
            query: .init(code: code, name: name), register: register, companies: Array(page), isComplete: true,
            next: end < companies.count ? "\(end)" : nil)
    }

    private static func json(_ value: some Encodable, status: HTTPResponse.Status, type: String = "application/json")
        -> Response
    {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Response(
                status: status, headers: [.contentType: type, .cacheControl: "no-store"],
                body: .init(byteBuffer: ByteBuffer(data: try encoder.encode(value))))
        } catch { return Response(status: .internalServerError) }
    }

    private struct Problem: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String
        let code: String
    }

    private static func problem(_ failure: Failure, _ language: Language) -> Response {
        let catalogue = Catalogue.of(language)
        let sentences = [catalogue.text(failure)] + failure.findings.map { catalogue.text($0) }
        let problem = Problem(
            type: "/problems/\(failure.code)", title: catalogue.text(failure), status: 400,
            detail: sentences.joined(separator: " "), code: failure.code)
        return json(problem, status: .badRequest, type: "application/problem+json")
    }
}
