import Access
import Evaluate
import Foundation
import Joiner
import Logging
import Review
import Store
import Transports
import Trust
import Vocabulary
import Web
import Wording

/// The joiner: opens a data folder and puts every store behind its protocol.
struct House {
    let services: Services
    private let database: AuditedDatabase
    private let records: SQLiteRecordStore

    /// - Parameters:
    ///   - data: created when it is missing, readable by its owner only.
    ///   - announce: says a sentence of the catalogue to whoever started the server.
    /// - Throws: `store.folder_unusable`, and what the stores throw.
    static func open(
        data: String, schemes: String, registry: String?, webhook: String? = nil,
        announce: @Sendable (String, [String: String]) -> Void
    ) async throws -> House {
        let folder = try DataFolder(data, creating: true)
        let database = folder.database
        let environment = ProcessInfo.processInfo.environment
        try await folder.createFirstAccount(
            given: environment["HENG_ADMIN_PASSWORD"].flatMap { $0.isEmpty ? nil : $0 },
            displayName: Catalogue.of(.zhHans).text("access.first_account_name"), announce: announce)
        try await folder.sessions.forgetExpired(before: folder.clock.now().adding(seconds: -30 * 86_400))
        let library = try SchemeFolder(folder: schemes, archive: data + "/schemes")
        let rounds = SQLiteRoundStore(database)
        let seal = try PersonalKeyFile.open(
            path: environment["HENG_PERSONAL_KEY_FILE"] ?? PersonalKeyFile.path(beside: data), folder: data,
            holdsSealed: try await PersonalKeyFile.isNeeded(by: database), random: folder.random)
        let cells = CellStores(
            declarations: SQLiteDeclarationStore(database, seal: seal),
            evidence: FileEvidenceStore(database, path: data + "/evidence"),
            verifications: SQLiteVerificationStore(database), marks: SQLiteMarkStore(database))
        let records = SQLiteRecordStore(database)
        let match = MatchServices(
            lists: SQLiteOfficialListStore(database), awards: SQLiteMatchedAwardsStore(database),
            registry: try registry.map { try HTTPRegistry(base: $0) })
        let evaluations = SQLiteEvaluationStore(database)
        let stores = JoinedStores(
            database: database, folder: data, clock: folder.clock, random: folder.random, schemes: library,
            rounds: rounds, cells: cells, records: records, match: match, accounts: folder.accounts,
            evaluations: evaluations, log: folder.log, seal: seal,
            channels: try channels(webhook: webhook, environment, clock: folder.clock))
        let people = try PeopleSide.joined(stores)
        let services = Services(
            clock: folder.clock, random: folder.random, schemes: library,
            sessions: folder.sessions, sessionStore: folder.sessions,
            accounts: folder.accounts,
            signInDesk: SignInDesk(
                accounts: folder.accounts, sessions: folder.sessions, clock: folder.clock, random: folder.random,
                factors: people.accounts.factors),
            log: folder.log,
            rounds: rounds,
            cells: cells,
            records: records,
            evaluations: evaluations,
            match: match,
            steps: SettlingSteps.all(cells: cells, port: records, match: match, readiness: SQLiteExpertStore(database)),
            people: people, portSide: try .joined(stores))
        try await records.open()
        return House(services: services, database: database, records: records)
    }

    /// The ways out of the system that are configured: `--webhook` or `HENG_WEBHOOK`, and `HENG_SMTP` with
    /// `HENG_MAIL_FROM`; `HENG_SITE` is the site's own address in links.
    private static func channels(
        webhook: String?, _ environment: [String: String], clock: any Clock
    ) throws -> [any MessageChannel] {
        let site = environment["HENG_SITE"] ?? ""
        var channels: [any MessageChannel] = []
        if let address = webhook ?? environment["HENG_WEBHOOK"], !address.isEmpty {
            channels.append(
                try WebhookChannel(
                    address: address, secret: environment["HENG_WEBHOOK_SECRET"] ?? "", site: site, clock: clock))
        }
        if let relay = environment["HENG_SMTP"], !relay.isEmpty {
            let relay = try MailChannel.Relay(address: relay, from: environment["HENG_MAIL_FROM"] ?? "")
            if relay.isOutside {
                Logger(label: "heng.mail").warning(
                    "the relay \(relay.host) is outside this network and letters to it are not encrypted: set up a relay inside"
                )
            }
            channels.append(MailChannel(relay, site: site))
        }
        return channels
    }

    /// Keeps the port's files small and tidy as long as the server runs. A failure is left for the next time: nothing that
    /// was acknowledged depends on it.
    func keepPort() async throws {
        while !Task.isCancelled {
            try? await records.tidy(at: services.clock.now())
            while (try? await records.compact()) ?? nil != nil { try await Task.sleep(for: .milliseconds(200)) }
            try await Task.sleep(for: .seconds(20))
        }
    }

    func close() throws { try database.close() }
}
