import Foundation
import Hummingbird
import Logging
import Match
import Scheme
import Synchronization
import Transports
import Trust
import Vocabulary

/// A real HTTP server on a free loopback port for as long as the body runs.
func withServer<Result: Sendable>(
    _ router: Router<BasicRequestContext>, _ body: @escaping @Sendable (String) async throws -> Result
) async throws -> Result {
    let (ports, report) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let app = Application(
        router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { channel in
            report.yield(channel.localAddress?.port ?? 0)
            report.finish()
        },
        logger: logger)
    return try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask {
            // Without a service group nobody else ends the server: it runs until the group is cancelled.
            try? await app.run()
            return nil
        }
        guard let port = await ports.first(where: { $0 > 0 }) else { throw Failure("test.no_server") }
        let result = try await body("http://127.0.0.1:\(port)")
        group.cancelAll()
        return result
    }
}

/// Counts what reached a peer.
final class Visits: Sendable {
    private let count = Mutex(0)
    /// The number of this visit, from 1.
    func enter() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
    var total: Int { count.withLock { $0 } }
}

/// A peer that answers every look-up in its own way.
func peer(
    _ visits: Visits, _ answer: @escaping @Sendable (Int, Request) async throws -> Response
) -> Router<BasicRequestContext> {
    let router = Router()
    router.get("/registry/v1/companies") { request, _ in try await answer(visits.enter(), request) }
    return router
}

/// JSON as a peer writes it.
func json(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
        status: status, headers: [.contentType: "application/json"],
        body: .init(byteBuffer: ByteBuffer(string: text)))
}

/// The register of the tests.
enum Register {
    static func code(_ n: Int) throws -> CompanyCode {
        guard let code = CompanyCode.completing("91320583MA1X" + String("0000\(n)".suffix(4))) else {
            throw Failure("test.no_code")
        }
        return code
    }

    static func list() throws -> OfficialList {
        var text = "企业名称,统一社会信用代码,曾用名,称号,有效期起,有效期至,状态\n"
        text += "江苏衡山科技有限公司,\(try code(1)),,省专精特新中小企业,2023-01-01,2026-12-31,\n"
        text += "江苏衡山科技有限公司,\(try code(1)),,国家专精特新“小巨人”,2024-07-01,2027-06-30,\n"
        text += "无锡星海智造有限公司,,苏州老星有限公司,国家制造业单项冠军,2024-01-01,2026-12-31,\n"
        text += "南通大江数据有限公司,\(try code(3)),,国家制造业单项冠军,2024-01-01,2026-12-31,撤销\n"
        for n in 10..<30 { text += "常州同名有限公司,\(try code(n)),,省专精特新中小企业,2023-01-01,2026-12-31,\n" }
        let header = ListHeader(title: "示例登记库", issuer: "", document: "", date: CivilDay(daysSince1970: 0))
        return OfficialListReader().read(Array(text.utf8), header: header).list
    }

    static func router() throws -> Router<BasicRequestContext> {
        ReferenceRegistry(try list(), asOf: CivilDay("2025-12-01") ?? CivilDay(daysSince1970: 0)).router()
    }

    /// A whole, empty answer to a question for the first code, in the JSON of the contract.
    static func emptyAnswer(code: CompanyCode, complete: Bool = true, next: String = "null") -> String {
        """
        {"query": {"code": "\(code)"}, "register": {"title": "r", "rows": 3, "digest": "\(String(repeating: "ab", count: 32))",
        "asOf": "2025-12-01"}, "companies": [], "complete": \(complete), "next": \(next)}
        """
    }

    static func indicator() -> Indicator {
        func text(_ zh: String) -> LocalizedText { LocalizedText(zh: zh, en: zh) }
        func tier(_ at: Double, _ title: String) -> Tier {
            Tier(at: Sourced(at, .source), points: Sourced(ExactDecimal(1), .default), title: text(title))
        }
        return Indicator(
            number: 32, id: "specialised-new", title: text("专精特新"), definition: text("x"), unit: text("项"),
            mode: .registry, subject: .operator, window: Sourced(.onCutOff, .default),
            points: Sourced(ExactDecimal(2), .default),
            rule: .highestOnly([tier(1, "省专精特新中小企业"), tier(2, "国家专精特新“小巨人”"), tier(3, "国家制造业单项冠军")]))
    }

    static func lookup(_ registry: any Registry) -> RegistryLookup {
        RegistryLookup(
            registry: registry, indicator: indicator(), dictionaries: [],
            cutOff: CivilDay("2025-12-31") ?? CivilDay(daysSince1970: 0))
    }
}

extension HTTPRegistry.Limits {
    /// Few tries and short pauses, but time enough for a machine that is busy with other tests.
    static let brief = HTTPRegistry.Limits(
        trySeconds: 60, questionSeconds: 120, tries: 2, pauseSeconds: 0.01, bytes: 64 << 10, pages: 5)
    /// For peers that never answer.
    static let impatient = HTTPRegistry.Limits(
        trySeconds: 1.5, questionSeconds: 120, tries: 2, pauseSeconds: 0.01, bytes: 64 << 10, pages: 5)
}
