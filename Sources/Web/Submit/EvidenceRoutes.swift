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

/// Evidence through the API: attach, list, take away, and hand out to those who may see it.
struct EvidenceRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/evidence", use: list)
        router.post("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/evidence", use: attach)
        router.delete("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/evidence/:digest", use: detach)
        router.get("/api/v1/evidence/:digest", use: bytes)
    }

    struct Resource: Encodable {
        let digest: Digest
        let name: String
        let type: EvidenceType
        let size: Int
        let requirement: String?
        let by: AccountID
        let at: Instant
        let findings: [Problem.Item]

        init(_ file: EvidenceFile, _ findings: [Problem.Item] = []) {
            digest = file.digest
            name = file.name
            type = file.type
            size = file.size
            requirement = file.requirement
            by = file.by
            at = file.at
            self.findings = findings
        }
    }

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        try access.require(.readCell)
        let indicator = try services.indicator(context, in: access.scheme)
        let files = try await services.cells.evidence.files(access.cell(indicator))
        return .json(ListPage(items: files.map { Resource($0) }, next: nil))
    }

    @Sendable func attach(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        let indicator = try services.indicator(context, in: access.scheme)
        try await access.requireEditable(indicator, services)
        let buffer = try await JSONBody.collect(request, limitBytes: EvidenceInspection.mostBytes + 1)
        let (file, findings) = try await EvidenceDesk(services: services).attach(
            [UInt8](buffer.readableBytesView), name: request.uri.queryParameters["name"].map(String.init) ?? "",
            requirement: request.uri.queryParameters["requirement"].map(String.init), indicator, access, context)
        return .json(
            Resource(file, findings.map { Problem.Item($0, language: context.language) }), status: .created,
            headers: [.location: "/api/v1/evidence/\(file.digest)"])
    }

    @Sendable func detach(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await CellAccess(services, context)
        let indicator = try services.indicator(context, in: access.scheme)
        try await access.requireEditable(indicator, services)
        try await EvidenceDesk(services: services).detach(
            try Self.digest(context), from: access.cell(indicator), context)
        return Response(status: .noContent)
    }

    /// Whoever may read one of the cells that rest on the file; for everybody else it does not exist.
    @Sendable func bytes(_ request: Request, _ context: WebContext) async throws -> Response {
        let digest = try EvidenceReach.digest(context)
        guard let use = try await EvidenceReach(services: services).uses(digest, context).first?.file,
            let bytes = try await services.cells.evidence.bytes(digest)
        else { throw Failure("submit.evidence_unknown", ["digest": digest.hex]) }
        let name = use.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "evidence"
        return Response(
            status: .ok,
            headers: [
                .contentType: use.type.mediaType, .cacheControl: "private, no-store",
                .contentDisposition: "attachment; filename*=UTF-8''\(name)", .eTag: "\"\(digest)\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static func digest(_ context: WebContext) throws -> Digest {
        let text = try context.parameter("digest")
        guard let digest = Digest(hex: text) else { throw Failure("submit.evidence_unknown", ["digest": text]) }
        return digest
    }
}

/// Takes a file in, for the API and the page alike.
struct EvidenceDesk: Sendable {
    let services: Services

    /// - Throws: `submit.evidence_unknown` when the cell does not rest on the file.
    func detach(_ digest: Digest, from cell: CellAddress, _ context: WebContext) async throws {
        let entry = services.entry(
            "evidence.removed", by: context, on: cell.subject, payload: ["digest": .string(digest.hex)])
        try await services.cells.evidence.detach(digest, from: cell, entry: entry)
    }

    /// The requirement by its id; nil for none in particular.
    /// - Throws: `submit.requirement_unknown`.
    static func requirement(_ given: String?, of indicator: Indicator) throws(Failure) -> String? {
        guard let asked = given, !asked.isEmpty else { return nil }
        guard indicator.evidence.contains(where: { $0.id == asked }) else {
            let known = indicator.evidence.map(\.id).joined(separator: ", ")
            throw Failure("submit.requirement_unknown", ["requirement": asked, "known": known])
        }
        return asked
    }

    /// - Throws: what `EvidenceInspection` throws; `submit.requirement_unknown`.
    func attach(
        _ bytes: [UInt8], name: String, requirement: String?, _ indicator: Indicator, _ access: CellAccess,
        _ context: WebContext
    ) async throws -> (EvidenceFile, [Finding]) {
        let asked = try EvidenceDesk.requirement(requirement, of: indicator)
        let result = try EvidenceInspection.inspect(bytes, name: name)
        let cell = access.cell(indicator)
        let file = EvidenceFile(
            cell: cell, digest: result.digest, name: result.name, type: result.type, size: result.size,
            requirement: asked, by: context.principal.account ?? AccountID(""), at: access.now)
        let entry = services.entry(
            "evidence.attached", by: context, on: cell.subject,
            payload: [
                "digest": .string(file.digest.hex), "name": .string(file.name), "type": .string(file.type.rawValue),
                "size": .string("\(file.size)"),
            ])
        try await services.cells.evidence.attach(file, bytes: bytes, entry: entry)
        return (file, result.findings)
    }
}

extension CellAddress {
    /// What an entry about this cell is about.
    var subject: AuditSubject { AuditSubject(round: round, platform: platform, indicator: indicator) }
}
