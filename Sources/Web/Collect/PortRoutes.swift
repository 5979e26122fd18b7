import Access
import Collect
import HTTPTypes
import Hummingbird
import Scheme
import Trust
import Vocabulary
import Wording

/// `/port/v1`: the push interface of platforms. Its keys are its own; sessions do not work here.
struct PortRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.post("/port/v1/batches", use: push)
        router.post("/port/v1/sandbox/batches", use: rehearse)
        router.post("/port/v1/snapshots/:kind", use: snapshot)
        router.get("/port/v1/batches/:batch", use: receipt)
        router.get("/port/v1/batches/:batch/rejects", use: rejects)
        router.post("/port/v1/batches/:batch/void", use: void)
        router.get("/port/v1/connection", use: connection)
    }

    @Sendable func push(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await services.portAccess(request, sandbox: false)
        let push = try await self.push(request, access, snapshot: nil)
        let receipt = try await services.port.receive(push, scheme: access.scheme, window: access.window)
        return Self.created(receipt, context.language)
    }

    @Sendable func rehearse(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await services.portAccess(request, sandbox: true)
        let push = try await self.push(request, access, snapshot: nil)
        let receipt = try await services.port.rehearse(push, scheme: access.scheme, window: access.window)
        return .json(ReceiptResource(receipt, context.language))
    }

    @Sendable func snapshot(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await services.portAccess(request, sandbox: false)
        let name = try context.parameter("kind")
        guard let kind = RecordKind(name: name) else { throw Failure("collect.snapshot-kind", ["kind": name]) }
        let query = request.uri.queryParameters
        guard let date = query["date"].flatMap({ CivilDay($0) }) else {
            throw Failure("collect.snapshot-date", ["date": String(query["date"] ?? "")])
        }
        let completes: Bool
        switch query["complete"] {
        case nil, "false": completes = false
        case "true", "", "1": completes = true
        default: throw Failure("web.parameter_invalid", ["name": "complete", "expected": "true | false"])
        }
        let part = NewBatch.SnapshotPart(kind: kind, date: date, completes: completes)
        let push = try await self.push(request, access, snapshot: part)
        let receipt = try await services.port.receive(push, scheme: access.scheme, window: access.window)
        return Self.created(receipt, context.language)
    }

    private func push(
        _ request: Request, _ access: PortAccess, snapshot: NewBatch.SnapshotPart?
    ) async throws -> PortDesk.Push {
        guard let name = HTTPField.Name("Idempotency-Key"), let header = request.headers[name] else {
            throw Failure("collect.idempotency-key-missing")
        }
        // The header is a structured string: the quotes of RFC 8941 are not part of the key.
        let key = header.hasPrefix("\"") && header.hasSuffix("\"") ? String(header.dropFirst().dropLast()) : header
        guard (1...128).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw Failure("collect.idempotency-key-invalid")
        }
        let signer = try await services.signer(of: request, access.key)
        let body = try await PushBody(request, limit: BatchLimits.standard.bytes)
        let lateReason = Self.lateReason(request)
        // What the request says, without what only its answer depends on (the language).
        let stated = snapshot.map { "\($0.kind.name) \($0.date) \($0.completes)" } ?? "batch"
        return PortDesk.Push(
            key: access.key, idempotencyKey: key, address: stated + "\n" + (lateReason ?? ""), body: body.bytes,
            coding: body.coding, lateReason: lateReason, snapshot: snapshot, digest: body.digest, signingKey: signer)
    }

    /// `?lateReason=`, or the header `Late-Reason`, percent-encoded either way.
    private static func lateReason(_ request: Request) -> String? {
        if let reason = request.uri.queryParameters["lateReason"] { return String(reason) }
        let header = HTTPField.Name("Late-Reason").flatMap { request.headers[$0] }
        return header.map { $0.removingPercentEncoding ?? $0 }
    }

    private static func created(_ receipt: BatchReceipt, _ language: Language) -> Response {
        .json(
            ReceiptResource(receipt, language), status: .created,
            headers: receipt.batch.map { [.location: "/port/v1/batches/\($0)"] } ?? [:])
    }

    // MARK: a batch

    @Sendable func receipt(_ request: Request, _ context: WebContext) async throws -> Response {
        let (summary, receipt) = try await batch(request, context)
        return .json(StoredBatchResource(summary: summary, receipt: ReceiptResource(receipt, context.language)))
    }

    @Sendable func rejects(_ request: Request, _ context: WebContext) async throws -> Response {
        let (summary, _) = try await batch(request, context)
        let query = try ListQuery(request, standard: 1000, maximum: 10_000)
        guard let after = Int(query.cursor ?? "0"), after >= 0 else {
            throw Failure("web.parameter_invalid", ["name": "cursor", "expected": "0, 1, 2 …"])
        }
        let found = try await services.records.rejects(batch: summary.id, afterLine: after, limit: query.limit + 1)
        let page = found.prefix(query.limit)
        let next = found.count > query.limit ? page.last.map { "\($0.line)" } : nil
        return .json(
            ListPage(items: page.map { RejectResource(BatchReceipt.Reject($0), context.language) }, next: next))
    }

    struct VoidRequest: Decodable { let reason: String }

    @Sendable func void(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await services.portAccess(request, sandbox: false)
        let signer = try await services.signer(of: request, access.key)
        let (summary, _) = try await batch(request, context)
        let body = try await JSONBody.decode(VoidRequest.self, from: request)
        guard !body.reason.allSatisfy(\.isWhitespace), body.reason.count <= PortPolicy.standard.longestReason else {
            throw Failure("collect.void-reason-missing", ["limit": "\(PortPolicy.standard.longestReason)"])
        }
        let now = services.clock.now()
        if let cutter = DayCutter(zoneName: access.scheme.zone) { try access.window.check(now: now, cutter: cutter) }
        let entry = AuditEntry(
            "port.batch-voided", actor: .system("port-key:\(access.key.id)"), at: now,
            subject: AuditSubject(round: summary.round, platform: summary.platform, key: "batch:\(summary.id)"),
            reason: body.reason,
            payload: .object(
                ["batch": .string(summary.id)].merging(signer.map { ["signedBy": .string($0)] } ?? [:]) { old, _ in old
                }), salt: services.random.salt())
        let index = try await services.records.void(batch: summary.id, reason: body.reason, at: now, entry: entry)
        return .json(VoidResource(batch: summary.id, voidedAt: now, reason: body.reason, logIndex: index))
    }

    /// The batch of the address, if it is the key's own.
    private func batch(
        _ request: Request, _ context: WebContext
    ) async throws -> (summary: BatchSummary, receipt: BatchReceipt) {
        let access = try await services.portAccess(request, sandbox: false)
        let id = try context.parameter("batch")
        guard let found = try await services.records.batch(id), found.summary.round == access.key.round,
            found.summary.platform == access.key.platform
        else { throw Failure("collect.batch-unknown", ["batch": String(id.prefix(64))]) }
        return found
    }

    /// The connection in a sentence with the last batches: what an engineer looks at while connecting.
    @Sendable func connection(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await services.portAccess(request, sandbox: false)
        let overview = try await services.portOverview(access.round, access.key.platform, context.language)
        return .json(overview)
    }
}
