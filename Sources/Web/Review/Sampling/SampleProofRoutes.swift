import Access
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Proof of drawn rows through the API: the company hands it in, those who judge open it.
struct SampleProofRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    /// The most papers of one row.
    static let mostPapers = 10

    func add(to router: Router<WebContext>) {
        let rows = "/api/v1/rounds/:round/platforms/:platform/samples/:indicator/rows/:row"
        router.post("\(rows)/proof", use: attach)
        router.get("\(rows)/proof/:digest", use: bytes)
        router.delete("\(rows)/proof/:digest", use: detach)
        router.post("/api/v1/rounds/:round/platforms/:platform/samples/proof-complete", use: complete)
    }

    struct Completed: Encodable {
        let lists: [IndicatorID]
        /// Drawn rows of these lists without any paper; they will be judged as they are.
        let unproved: Int
    }

    @Sendable func attach(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, _, _, row) = try await SampleReading(services).row(context, .declareCell)
        let buffer = try await JSONBody.collect(request, limitBytes: EvidenceInspection.mostBytes + 1)
        let file = try await SampleProofDesk(services: services).attach(
            [UInt8](buffer.readableBytesView), name: request.uri.queryParameters["name"].map(String.init) ?? "", row,
            access, context)
        return .json(
            DrawnRowResource.Proof(
                digest: file.digest, name: file.name, type: file.type, size: file.size, at: file.at),
            status: .created)
    }

    @Sendable func detach(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, _, _, row) = try await SampleReading(services).row(context, .declareCell)
        try await SampleProofDesk(services: services).detach(try context.parameter("digest"), row, access, context)
        return Response(status: .noContent)
    }

    /// Opens a paper for whoever may see the row; pictures and PDF open in the page.
    @Sendable func bytes(_ request: Request, _ context: WebContext) async throws -> Response {
        let (_, _, _, row) = try await SampleReading(services).row(context, .readSample)
        let text = try context.parameter("digest")
        let files = try await services.cells.evidence.files(row.cell)
        guard let file = files.first(where: { $0.requirement == row.requirement && $0.digest.hex == text }),
            let bytes = try await services.cells.evidence.bytes(file.digest)
        else { throw Failure("submit.evidence_unknown", ["digest": text]) }
        let name = file.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "evidence"
        let isShown = [.pdf, .jpg, .png].contains(file.type)
        return Response(
            status: .ok,
            headers: [
                .contentType: file.type.mediaType, .cacheControl: "private, no-store",
                .contentDisposition: "\(isShown ? "inline" : "attachment"); filename*=UTF-8''\(name)",
                .eTag: "\"\(file.digest)\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    @Sendable func complete(_ request: Request, _ context: WebContext) async throws -> Response {
        let owner = try await services.participation(context)
        let access = try await SamplingAccess(services, context)
        try context.principal.require(.submitSubmission, on: owner.scope)
        let lists = try await SampleProofDesk(services: services).complete(owner, access, context)
        return .json(
            Completed(
                lists: lists.map(\.cell.indicator), unproved: lists.reduce(0) { $0 + $1.tally.drawn - $1.tally.proved }
            ))
    }
}

/// Takes proof of drawn rows in, for the API and the page alike.
struct SampleProofDesk: Sendable {
    let services: Services

    /// - Throws: `sampling.proof_closed`; `sampling.proof_many`; what `EvidenceInspection` throws.
    func attach(
        _ bytes: [UInt8], name: String, _ row: DrawnRow, _ access: SamplingAccess, _ context: WebContext
    ) async throws -> EvidenceFile {
        try await requireOpen(row, access)
        guard row.proofCount < SampleProofRoutes.mostPapers else {
            throw Failure(
                "sampling.proof_many", ["row": "\(row.number)", "most": "\(SampleProofRoutes.mostPapers)"])
        }
        let result = try EvidenceInspection.inspect(bytes, name: name)
        let file = EvidenceFile(
            cell: row.cell, digest: result.digest, name: result.name, type: result.type, size: result.size,
            requirement: row.requirement, by: access.account, at: access.now)
        let entry = services.entry(
            "evidence.attached", by: context, on: row.cell.subject,
            payload: [
                "digest": .string(file.digest.hex), "name": .string(file.name), "type": .string(file.type.rawValue),
                "size": .string("\(file.size)"), "requirement": .string(row.requirement),
            ])
        try await services.cells.evidence.attach(file, bytes: bytes, entry: entry)
        return file
    }

    /// Takes a paper away; one that another row of the list rests on too is kept there by attaching it anew.
    func detach(_ text: String, _ row: DrawnRow, _ access: SamplingAccess, _ context: WebContext) async throws {
        try await requireOpen(row, access)
        let files = try await services.cells.evidence.files(row.cell)
        guard let digest = Digest(hex: text),
            files.contains(where: { $0.digest == digest && $0.requirement == row.requirement })
        else { throw Failure("submit.evidence_unknown", ["digest": text]) }
        let others = files.filter { $0.digest == digest && $0.requirement != row.requirement }
        let bytes = others.isEmpty ? nil : try await services.cells.evidence.bytes(digest)
        try await EvidenceDesk(services: services).detach(digest, from: row.cell, context)
        for file in others {
            guard let bytes else { break }
            let entry = services.entry(
                "evidence.attached", by: context, on: row.cell.subject,
                payload: ["digest": .string(digest.hex), "requirement": .string(file.requirement ?? "")])
            try await services.cells.evidence.attach(file, bytes: bytes, entry: entry)
        }
    }

    /// - Returns: the lists that are complete now. - Throws: `sampling.nothing_to_complete`.
    func complete(
        _ owner: Participation, _ access: SamplingAccess, _ context: WebContext
    ) async throws -> [SampledList] {
        let lists = try await access.store.lists(access.round.id, owner.platform)
            .filter { access.stage($0) == .asked && $0.provedAt == nil }
        guard !lists.isEmpty else { throw Failure("sampling.nothing_to_complete") }
        let entry = services.entry(
            "sample.proved", by: context, on: AuditSubject(round: owner.round, platform: owner.platform),
            payload: .object(
                lists.reduce(into: [:]) {
                    $0[$1.cell.indicator.rawValue] = .string("\($1.tally.proved)/\($1.tally.drawn)")
                }))
        try await access.store.completeProof(of: lists, at: access.now, entry: entry)
        let rows = lists.reduce(0) { $0 + $1.tally.drawn }
        let offices = try await rowOffices(lists, access)
        try await services.tell(
            MessageDraft(
                "message.sample_proved", ["name": owner.name, "rows": "\(rows)"], round: owner.round,
                platform: owner.platform, address: "/authority/rounds/\(owner.round)/sampling/judge",
                to: offices.map { .city($0) } + [.role("verifier")]), at: access.now)
        return lists
    }

    private func rowOffices(_ lists: [SampledList], _ access: SamplingAccess) async throws -> [RegionCode] {
        var offices: Set<RegionCode> = []
        for list in lists {
            let filter = DrawnRowFilter(platform: list.cell.platform, indicator: list.cell.indicator)
            offices.formUnion(
                try await access.store.rows(access.round.id, filter, after: nil, limit: 1000).map(\.office))
        }
        return offices.sorted()
    }

    private func requireOpen(_ row: DrawnRow, _ access: SamplingAccess) async throws {
        guard let list = try await access.store.list(row.cell), access.stage(list) == .asked else {
            let due = try await access.store.list(row.cell)?.drawing?.dueDay.description ?? ""
            throw Failure("sampling.proof_closed", ["row": "\(row.number)", "due": due])
        }
    }
}
