import Access
import Evaluate
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Review
import Scheme
import Store
import Trust
import Vocabulary
import Web

/// A whole site on a database of its own, asked in process: real router, real middleware, real SQLite.
final class TestSite: Sendable {
    let services: Services
    let folder: URL
    private let responder: any HTTPResponder<WebContext>

    /// - Parameter adjust: exchanges single services.
    init(
        clock: any Clock = FixedClock(), sessions: [String: Principal]? = TestSite.principals,
        steps: (CellStores) -> [any SettlingStep] = { _ in [] },
        adjust: (inout Services) throws -> Void = { _ in }
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("heng-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let database = try AuditedDatabase(path: folder.appendingPathComponent("heng.sqlite").path)
        let schemes = try SchemeFolder(
            folder: TestSite.repository.appendingPathComponent("Schemes").path,
            archive: folder.appendingPathComponent("schemes").path)
        let cells = CellStores(
            declarations: SQLiteDeclarationStore(database),
            evidence: FileEvidenceStore(database, path: folder.appendingPathComponent("evidence").path),
            verifications: SQLiteVerificationStore(database), marks: SQLiteMarkStore(database))
        let sessionStore = SQLiteSessionStore(database)
        let accounts = SQLiteAccountStore(database)
        var services = Services(
            clock: clock, random: SystemRandomSource(), schemes: schemes,
            sessions: sessions.map { FixedSessions(principals: $0) } ?? sessionStore, sessionStore: sessionStore,
            accounts: accounts,
            signInDesk: SignInDesk(
                accounts: accounts, sessions: sessionStore, clock: clock, random: SystemRandomSource(), cost: 1),
            log: SQLiteTransparencyLog(database, signer: try NoteSigner(name: "test/log", seed: Array(0..<32))),
            rounds: SQLiteRoundStore(database),
            cells: cells,
            records: SQLiteRecordStore(database), evaluations: SQLiteEvaluationStore(database),
            match: MatchServices(
                lists: SQLiteOfficialListStore(database), awards: SQLiteMatchedAwardsStore(database), registry: nil),
            steps: steps(cells))
        try adjust(&services)
        self.services = services
        responder = try Site(services: services).router().buildResponder()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The folder of Package.swift.
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// One token a role, named like the role; companies and offices belong to Suzhou.
    static let principals: [String: Principal] = Swift.Dictionary(
        uniqueKeysWithValues: Role.allCases.map { role in
            let company = Role.company.contains(role) ? TestSite.companyCode : nil
            let region = Role.regional.contains(role) ? RegionCode("320500") : nil
            return (
                role.rawValue,
                Principal(
                    account: AccountID(role.rawValue), displayName: role.rawValue, roles: [role], company: company,
                    region: region)
            )
        })

    /// A valid invented code, the company of `reporter` and `manager`.
    static let companyCode = CompanyCode.completing("91320500MA1ABCDE")?.description ?? ""

    struct Answer {
        let status: Int
        let headers: HTTPFields
        let body: String

        /// The body as JSON; nil when it is none.
        var json: [String: Any]? { try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any] }
        var code: String? { json?["code"] as? String }
    }

    /// Sends one request through the whole stack.
    func ask(
        _ method: HTTPRequest.Method, _ path: String, as token: String? = nil, headers: [String: String] = [:],
        body: String = "", bytes: [UInt8]? = nil
    ) async throws -> Answer {
        var fields = HTTPFields()
        if let token { fields[.authorization] = "Bearer \(token)" }
        let content = bytes ?? Array(body.utf8)
        if !content.isEmpty { fields[.contentLength] = "\(content.count)" }
        for (name, value) in headers {
            if let field = HTTPField.Name(name) { fields[field] = value }
        }
        let request = Request(
            head: HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: fields),
            body: RequestBody(buffer: ByteBuffer(bytes: content)))
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        logger[metadataKey: "hb.request.id"] = "test"
        let context = WebContext(source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: logger))
        let response = try await responder.respond(to: request, context: context)
        let collector = Collector()
        try await response.body.write(collector)
        return Answer(status: response.status.code, headers: response.headers, body: collector.text)
    }
}

/// Noon of 2025-11-22 in Shanghai.
struct FixedClock: Vocabulary.Clock {
    var instant = Instant(seconds: 1_763_784_000)
    func now() -> Instant { instant }
}

struct FixedSessions: SessionResolver {
    let principals: [String: Principal]
    func resolve(token: String, at now: Instant) async throws -> ResolvedSession? {
        principals[token].map { ResolvedSession(id: token, principal: $0) }
    }
}
