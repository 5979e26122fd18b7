import Access
import Foundation
import HTTPTypes
import Hummingbird
import Review
import Scheme
import Submit
import Trust
import Vocabulary
import Wording

/// Resumable upload of evidence: a tus 1.0.0 server. What was acknowledged is on disk and survives a kill.
struct TusRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.on("/api/v1/uploads", method: .options) { _, _ in
            Response(
                status: .noContent, headers: TusProtocol.capabilities(mostBytes: EvidenceInspection.mostBytes))
        }
        router.post("/api/v1/rounds/:round/platforms/:platform/cells/:indicator/uploads", use: create)
        router.post("/company/rounds/:round/cells/:indicator/uploads", use: createOwn)
        router.get("/uploads/texts", use: texts)
        // tus asks by HEAD, which the router answers with the head of GET.
        router.get("/api/v1/uploads/:upload", use: show)
        router.patch("/api/v1/uploads/:upload", use: append)
        router.delete("/api/v1/uploads/:upload", use: terminate)
    }

    struct Resource: Encodable {
        let id: UploadID
        let name: String
        let length: Int
        let offset: Int
        let expires: Instant
        let evidence: Digest?
    }

    @Sendable func create(_ request: Request, _ context: WebContext) async throws -> Response {
        try await create(request, try await CellAccess(services, context), context)
    }

    /// The same for the reader's own platform, so that a form of the company's pages needs no further address.
    @Sendable func createOwn(_ request: Request, _ context: WebContext) async throws -> Response {
        let round = try await services.round(context)
        guard let code = context.principal.company.flatMap({ CompanyCode("\($0)") }) else {
            throw Failure(context.principal.isSignedIn ? "access.denied" : "access.sign_in_required")
        }
        guard let participation = try await services.rounds.participations(round.id, company: code).first else {
            throw Failure("web.not_found")
        }
        let access = CellAccess(
            round: round, scheme: try await services.scheme(of: round), participation: participation,
            principal: context.principal, now: services.clock.now())
        return try await create(request, access, context)
    }

    private struct Texts: Encodable {
        let texts: [String: String]
        let mostBytes: Int
    }

    /// What the script beside the form says, in the reader's language.
    @Sendable func texts(_ request: Request, _ context: WebContext) async throws -> Response {
        let prefix = "attachments.upload."
        let own = Catalogue.of(context.language).texts.filter { $0.key.hasPrefix(prefix) }
        let short = Swift.Dictionary(
            uniqueKeysWithValues: own.map { (String($0.key.dropFirst(prefix.count)), $0.value) })
        return .json(Texts(texts: short, mostBytes: EvidenceInspection.mostBytes))
    }

    private func create(_ request: Request, _ access: CellAccess, _ context: WebContext) async throws -> Response {
        let indicator = try services.indicator(context, in: access.scheme)
        try await access.requireEditable(indicator, services)
        return try await speaking(context) {
            try TusProtocol.requireVersion(request)
            let upload = try announced(request, indicator, access)
            try await store.make(upload, bounds: UploadBounds())
            var fields = TusProtocol.head
            fields[.location] = "/api/v1/uploads/\(upload.id)"
            fields[TusProtocol.expires] = TusProtocol.date(upload.expires)
            let carriesBytes = request.headers[.contentType] == TusProtocol.contentType
            let offset = carriesBytes ? try await receive(request, into: upload, at: 0) : 0
            if carriesBytes { fields[TusProtocol.offset] = "\(offset)" }
            if offset == upload.length {
                fields[TusProtocol.evidence] = try await finish(upload, access, indicator, context).hex
            }
            return Response(status: .created, headers: fields)
        }
    }

    @Sendable func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let (found, access, indicator) = try await own(context)
        return try await speaking(context) {
            var upload = found
            var offset = upload.digest == nil ? try await store.offset(upload.id) : upload.length
            if upload.digest == nil, offset == upload.length {
                // All bytes came and the server fell before the file was attached: this request completes it.
                _ = try await finish(upload, access, indicator, context)
                upload = try await store.upload(upload.id) ?? upload
            }
            offset = min(offset, upload.length)
            var fields = TusProtocol.head
            fields[TusProtocol.offset] = "\(offset)"
            fields[TusProtocol.length] = "\(upload.length)"
            fields[TusProtocol.expires] = TusProtocol.date(upload.expires)
            if let digest = upload.digest { fields[TusProtocol.evidence] = digest.hex }
            let resource = Resource(
                id: upload.id, name: upload.name, length: upload.length, offset: offset, expires: upload.expires,
                evidence: upload.digest)
            return Response.json(resource, headers: fields)
        }
    }

    @Sendable func append(_ request: Request, _ context: WebContext) async throws -> Response {
        let (upload, access, indicator) = try await own(context)
        try await access.requireEditable(indicator, services)
        return try await speaking(context) {
            try TusProtocol.requireVersion(request)
            guard request.headers[.contentType] == TusProtocol.contentType else {
                throw Failure("submit.form_type", ["expected": TusProtocol.contentType])
            }
            let asked = try TusProtocol.number(TusProtocol.offset, request)
            var digest = upload.digest
            var offset = upload.length
            if digest == nil {
                offset = try await receive(request, into: upload, at: asked)
                if offset == upload.length { digest = try await finish(upload, access, indicator, context) }
            } else if asked != offset {
                throw Failure("submit.upload_offset", ["offset": "\(offset)", "given": "\(asked)"])
            }
            var fields = TusProtocol.head
            fields[TusProtocol.offset] = "\(offset)"
            fields[TusProtocol.expires] = TusProtocol.date(upload.expires)
            if let digest { fields[TusProtocol.evidence] = digest.hex }
            return Response(status: .noContent, headers: fields)
        }
    }

    @Sendable func terminate(_ request: Request, _ context: WebContext) async throws -> Response {
        let (upload, _, _) = try await own(context)
        return try await speaking(context) {
            try TusProtocol.requireVersion(request)
            try await store.remove(upload.id)
            return Response(status: .noContent, headers: TusProtocol.head)
        }
    }

    // MARK: - Steps

    private var store: any UploadStore {
        get throws(Failure) {
            guard let uploads = services.people.attachments.uploads else { throw Failure("web.not_found") }
            return uploads
        }
    }

    /// Refusals carry the protocol's head too; clients look for it before they read anything else.
    private func speaking(_ context: WebContext, _ body: () async throws -> Response) async throws -> Response {
        do {
            return try await body()
        } catch let failure as Failure where ProblemStatus.of(failure.code) != 500 {
            var response = Problem(failure, language: context.language).response
            response.headers[TusProtocol.resumable] = TusProtocol.version
            if failure.code == "submit.upload_version" {
                response.headers[TusProtocol.name("Tus-Version")] = TusProtocol.version
            }
            return response
        }
    }

    private func announced(
        _ request: Request, _ indicator: Indicator, _ access: CellAccess
    ) throws(Failure) -> Upload {
        let length = try TusProtocol.number(TusProtocol.length, request)
        let metadata = try TusProtocol.metadata(request)
        let name = String((metadata["filename"] ?? metadata["name"] ?? "").prefix(400))
        guard length > 0 else { throw Failure("submit.evidence_empty", ["name": name]) }
        let most = EvidenceInspection.mostBytes
        guard length <= most else {
            throw Failure("submit.evidence_too_large", ["name": name, "limit": "\(most / 1_048_576)"])
        }
        let requirement = try EvidenceDesk.requirement(metadata["requirement"], of: indicator)
        var expected: Digest?
        if let text = metadata["sha256"] {
            guard let digest = Digest(hex: text) else {
                throw Failure("submit.upload_header", ["header": "Upload-Metadata"])
            }
            expected = digest
        }
        return Upload(
            id: UploadID(Hexadecimal.text(services.random.bytes(16))), cell: access.cell(indicator), name: name,
            requirement: requirement, length: length, expected: expected,
            by: access.principal.account ?? AccountID(""), at: access.now,
            expires: access.now.adding(seconds: UploadBounds().keptSeconds))
    }

    /// The upload of the address, for those who may edit its platform's cells; for everybody else there is none.
    private func own(_ context: WebContext) async throws -> (Upload, CellAccess, Indicator) {
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        let id = UploadID(try context.parameter("upload"))
        let now = services.clock.now()
        guard id.rawValue.utf8.count == 32, let upload = try await store.upload(id), upload.expires > now,
            let participation = try await services.rounds.participation(upload.cell.round, upload.cell.platform),
            context.principal.may(.declareCell, on: participation.scope),
            let round = try await services.rounds.round(upload.cell.round)
        else { throw Failure("submit.upload_unknown") }
        let scheme = try await services.scheme(of: round)
        guard let indicator = scheme.indicator(upload.cell.indicator) else { throw Failure("submit.upload_unknown") }
        let access = CellAccess(
            round: round, scheme: scheme, participation: participation, principal: context.principal, now: now)
        return (upload, access, indicator)
    }

    /// Takes the body in at its place. When the line breaks, what came before it stays.
    /// - Returns: the offset that is on disk.
    private func receive(_ request: Request, into upload: Upload, at asked: Int) async throws -> Int {
        let checksum = try TusChecksum(request)
        let pen = try await store.write(upload.id)
        do {
            guard pen.start == asked else {
                throw Failure("submit.upload_offset", ["offset": "\(pen.start)", "given": "\(asked)"])
            }
            let rest = upload.length - pen.start
            if let size = request.headers[.contentLength].flatMap(Int.init), size > rest { throw tooLong(upload) }
            if let checksum {
                let bytes = try await whole(request, rest, upload)
                guard checksum.fits(bytes) else { throw Failure("submit.upload_checksum") }
                try await pen.append(bytes)
            } else {
                try await stream(request, rest, upload, pen)
            }
            let offset = try await pen.commit()
            await pen.lay()
            return offset
        } catch {
            await pen.lay()
            throw error
        }
    }

    /// A piece with a checksum is held back until it is proven: at most the rest of the file.
    private func whole(_ request: Request, _ rest: Int, _ upload: Upload) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await buffer in request.body {
            guard bytes.count + buffer.readableBytes <= rest else { throw tooLong(upload) }
            bytes.append(contentsOf: buffer.readableBytesView)
        }
        return bytes
    }

    private func stream(_ request: Request, _ rest: Int, _ upload: Upload, _ pen: any UploadPen) async throws {
        var received = 0
        do {
            for try await buffer in request.body {
                received += buffer.readableBytes
                guard received <= rest else { throw tooLong(upload) }
                try await pen.append([UInt8](buffer.readableBytesView))
            }
        } catch {
            _ = try? await pen.commit()
            throw error
        }
    }

    private func tooLong(_ upload: Upload) -> Failure {
        Failure("submit.upload_too_long", ["length": "\(upload.length)"])
    }

    /// The file is whole: inspected, attached to its cell, forgotten as an upload. A file that is refused is forgotten
    /// too, with the reason.
    private func finish(
        _ upload: Upload, _ access: CellAccess, _ indicator: Indicator, _ context: WebContext
    ) async throws -> Digest {
        let bytes = try await store.bytes(upload.id)
        do {
            if let expected = upload.expected, Digest.sha256(of: bytes) != expected {
                throw Failure("submit.upload_digest", ["name": upload.name])
            }
            let (file, _) = try await EvidenceDesk(services: services).attach(
                bytes, name: upload.name, requirement: upload.requirement, indicator, access, context)
            try await store.finish(upload.id, as: file.digest)
            return file.digest
        } catch let failure as Failure where (400..<500).contains(ProblemStatus.of(failure.code)) {
            try await store.remove(upload.id)
            throw failure
        }
    }
}
