import Access
import Evaluate
import Foundation
import HTTPTypes
import Hummingbird
import Joiner
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

    /// - Parameters:
    ///   - guarded: what hinders actions on submissions is enforced, as in a real server.
    ///   - adjust: exchanges single services.
    init(
        clock: any Clock = FixedClock(), sessions: [String: Principal]? = TestSite.principals, guarded: Bool = false,
        steps: (CellStores) -> [any SettlingStep] = { _ in [] },
        adjust: (inout Services) throws -> Void = { _ in }
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("heng-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let database = try AuditedDatabase(path: folder.appendingPathComponent("heng.sqlite").path)
        let schemes = try SchemeFolder(
            folder: TestSite.repository.appendingPathComponent("Schemes").path,
            archive: folder.appendingPathComponent("schemes").path)
        let seal = try DataSeal(keys: [DataSeal.Key(bytes: Array(1...32))], random: SystemRandomSource())
        let cells = CellStores(
            declarations: SQLiteDeclarationStore(database, seal: seal),
            evidence: FileEvidenceStore(database, path: folder.appendingPathComponent("evidence").path),
            verifications: SQLiteVerificationStore(database), marks: SQLiteMarkStore(database))
        let sessionStore = SQLiteSessionStore(database)
        let accounts = SQLiteAccountStore(database)
        let random = SystemRandomSource()
        let rounds = SQLiteRoundStore(database)
        let records = SQLiteRecordStore(database)
        let evaluations = SQLiteEvaluationStore(database)
        let log = SQLiteTransparencyLog(database, signer: try NoteSigner(name: "test/log", seed: Array(0..<32)))
        let match = MatchServices(
            lists: SQLiteOfficialListStore(database), awards: SQLiteMatchedAwardsStore(database), registry: nil)
        let stores = JoinedStores(
            database: database, folder: folder.path, clock: clock, random: random, schemes: schemes,
            rounds: rounds, cells: cells, records: records, match: match, accounts: accounts,
            evaluations: evaluations, log: log, seal: seal)
        let people = try PeopleSide.joined(stores)
        var services = Services(
            clock: clock, random: random, schemes: schemes,
            sessions: sessions.map { FixedSessions(principals: $0) } ?? sessionStore, sessionStore: sessionStore,
            accounts: accounts,
            signInDesk: SignInDesk(
                accounts: accounts, sessions: sessionStore, clock: clock, random: random, cost: 1,
                factors: people.accounts.factors),
            log: log, rounds: rounds, cells: cells, records: records, evaluations: evaluations, match: match,
            steps: steps(cells), people: people, portSide: try .joined(stores))
        services.enforcesGuards = guarded
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
        let bytes: [UInt8]
        var body: String { String(decoding: bytes, as: UTF8.self) }

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
        logger.logLevel = .error
        logger[metadataKey: "hb.request.id"] = "test"
        let context = WebContext(source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: logger))
        let response = try await responder.respond(to: request, context: context)
        let collector = Collector()
        try await response.body.write(collector)
        return Answer(status: response.status.code, headers: response.headers, bytes: collector.bytes)
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
