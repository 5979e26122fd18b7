import Access
import Foundation
import Store
import Trust
import Vocabulary
import Web

/// The joiner: opens a data folder and puts every store behind its protocol.
struct House {
    let services: Services
    private let database: AuditedDatabase

    /// - Parameters:
    ///   - data: created when it is missing, readable by its owner only.
    ///   - announce: says a sentence of the catalogue to whoever started the server.
    /// - Throws: `store.folder_unusable`, and what the stores throw.
    static func open(
        data: String, schemes: String, registry: String?, announce: @Sendable (String, [String: String]) -> Void
    ) async throws -> House {
        do {
            try FileManager.default.createDirectory(
                atPath: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure("store.folder_unusable", ["path": data], cause: error)
        }
        let database = try AuditedDatabase(path: data + "/heng.sqlite")
        let library = try SchemeFolder(folder: schemes, archive: data + "/schemes")
        let services = Services(
            clock: SystemClock(), random: SystemRandomSource(), schemes: library,
            sessions: NoSessions(), rounds: SQLiteRoundStore(database),
            cells: CellStores(
                declarations: SQLiteDeclarationStore(database),
                evidence: FileEvidenceStore(database, path: data + "/evidence"),
                verifications: SQLiteVerificationStore(database), marks: SQLiteMarkStore(database)))
        return House(services: services, database: database)
    }

    func close() throws { try database.close() }
}

/// Nobody signs in until Access has its store.
struct NoSessions: SessionResolver {
    func resolve(token: String, at now: Instant) async throws -> ResolvedSession? { nil }
}
