import Access
import Review
import Submit
import Trust
import Vocabulary

/// The papers that a company hands in with its answer to a query; kept as evidence of the cell that the query is about,
/// under a requirement of their own.
struct QueryFiles: Sendable {
    let services: Services
    let context: WebContext

    /// Papers of one answer.
    static let most = 10
    /// Where papers of queries about the submission as a whole are kept: no indicator has this id.
    static let whole = IndicatorID("whole-submission")

    static func requirement(_ id: Int) -> String { "query:\(id)" }

    /// Query → its papers, oldest first.
    func files(_ round: RoundID, _ platform: PlatformID) async throws -> [Int: [EvidenceFile]] {
        try await services.cells.evidence.files(round, platform).reduce(into: [:]) { all, file in
            guard let requirement = file.requirement, requirement.hasPrefix("query:"),
                let id = Int(requirement.dropFirst(6))
            else { return }
            all[id, default: []].append(file)
        }
    }

    /// Of all queries given, platform by platform.
    func files(of queries: [SignalQuery]) async throws -> [Int: [EvidenceFile]] {
        var found: [Int: [EvidenceFile]] = [:]
        for (platform, own) in Swift.Dictionary(grouping: queries, by: \.signal.platform) {
            guard let round = own.first?.round else { continue }
            found.merge(try await files(round, platform)) { _, new in new }
        }
        return found
    }

    /// - Throws: `access.denied`, `desk.query_answered`, `desk.query_decided`, `desk.query_files_many`, and what
    ///   `EvidenceInspection` throws.
    func attach(_ bytes: [UInt8], name: String, to id: Int, _ round: Round) async throws -> EvidenceFile {
        let (query, participation) = try await QueryWork(services: services, context: context).query(round, id)
        try context.principal.require(.declareCell, on: participation.scope)
        guard query.decision == nil else { throw Failure("desk.query_decided") }
        guard query.answer == nil else { throw Failure("desk.query_answered") }
        let present = try await files(round.id, query.signal.platform)[id] ?? []
        guard present.count < Self.most else { throw Failure("desk.query_files_many", ["most": "\(Self.most)"]) }
        let result = try EvidenceInspection.inspect(bytes, name: name)
        let file = EvidenceFile(
            cell: CellAddress(
                round: round.id, platform: query.signal.platform, indicator: query.signal.indicator ?? Self.whole),
            digest: result.digest, name: result.name, type: result.type, size: result.size,
            requirement: Self.requirement(id), by: context.principal.account ?? AccountID(""),
            at: services.clock.now())
        let entry = services.entry(
            "evidence.attached", by: context,
            on: AuditSubject(
                round: round.id, platform: query.signal.platform, indicator: query.signal.indicator,
                key: "query:\(id)"),
            payload: [
                "digest": .string(file.digest.hex), "name": .string(file.name), "type": .string(file.type.rawValue),
                "size": .string("\(file.size)"), "requirement": .string(Self.requirement(id)),
            ])
        try await services.cells.evidence.attach(file, bytes: bytes, entry: entry)
        return file
    }
}
