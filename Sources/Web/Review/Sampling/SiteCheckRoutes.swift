import Access
import Hummingbird
import NIOCore
import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Records of checks on site through the API.
struct SiteCheckRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        let base = "/api/v1/rounds/:round/platforms/:platform/site-check"
        router.get("\(base)", use: get)
        router.put("\(base)", use: put)
        router.post("\(base)/signatures", use: sign)
        router.post("\(base)/photographs", use: photograph)
        router.get("\(base)/photographs/:digest", use: bytes)
    }

    struct Put: Codable {
        let heldOn: CivilDay
        let place: String
        let present: String
        let items: [SiteCheck.Item]
        let findings: String
    }

    struct Resource: Encodable {
        struct Signature: Encodable {
            let account: AccountID
            let at: Instant
        }
        let platform: PlatformID
        let heldOn: CivilDay
        let place: String
        let present: String
        let items: [SiteCheck.Item]
        let findings: String
        let by: AccountID
        let at: Instant
        let digest: Digest
        let signatures: [Signature]
        let photographs: [DrawnRowResource.Proof]
        let version: Int
    }

    @Sendable func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = try await SiteVisit(services, context, .readSample)
        guard let check = visit.check else { throw Failure("sampling.site_unknown") }
        return try await answer(check, visit)
    }

    @Sendable func put(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = try await SiteVisit(services, context, .checkSite)
        let body = try await JSONBody.decode(Put.self, from: request)
        try EntityTag.check(request, version: visit.check?.version ?? 0)
        return try await answer(try await visit.save(body, context), visit)
    }

    @Sendable func sign(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = try await SiteVisit(services, context, .checkSite)
        guard let check = visit.check else { throw Failure("sampling.site_unknown") }
        try EntityTag.check(request, version: check.version)
        try await visit.sign(check, context)
        return try await answer(check, visit)
    }

    @Sendable func photograph(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = try await SiteVisit(services, context, .checkSite)
        let buffer = try await JSONBody.collect(request, limitBytes: EvidenceInspection.mostBytes + 1)
        let file = try await visit.photograph(
            [UInt8](buffer.readableBytesView), name: request.uri.queryParameters["name"].map(String.init) ?? "",
            context)
        return .json(
            DrawnRowResource.Proof(
                digest: file.digest, name: file.name, type: file.type, size: file.size, at: file.at),
            status: .created)
    }

    @Sendable func bytes(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = try await SiteVisit(services, context, .readSample)
        let text = try context.parameter("digest")
        guard let file = try await visit.photographs().first(where: { $0.digest.hex == text }),
            let bytes = try await services.cells.evidence.bytes(file.digest)
        else { throw Failure("submit.evidence_unknown", ["digest": text]) }
        return Response(
            status: .ok, headers: [.contentType: file.type.mediaType, .cacheControl: "private, no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func answer(_ check: SiteCheck, _ visit: SiteVisit) async throws -> Response {
        let signatures = try await visit.store.signatures(check)
        let photographs = try await visit.photographs()
        return .json(
            Resource(
                platform: check.platform, heldOn: check.heldOn, place: check.place, present: check.present,
                items: check.items, findings: check.findings, by: check.by, at: check.at, digest: check.digest,
                signatures: signatures.map { .init(account: $0.account, at: $0.at) },
                photographs: photographs.map {
                    .init(digest: $0.digest, name: $0.name, type: $0.type, size: $0.size, at: $0.at)
                }, version: check.version), headers: [.eTag: EntityTag.text(check.version)])
    }
}

/// One platform's check on site, with what may be done to it; for the API and the page alike.
struct SiteVisit: Sendable {
    let services: Services
    let access: SamplingAccess
    let owner: Participation
    let store: any SiteCheckStore
    let check: SiteCheck?

    /// The most photographs of one record.
    static let mostPhotographs = 50

    /// - Throws: `access.denied` for companies and for who has no part in the check.
    init(_ services: Services, _ context: WebContext, _ permission: Permission) async throws {
        self.services = services
        owner = try await services.participation(context)
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        guard context.principal.isOffice else { throw Failure("access.denied", ["permission": permission.rawValue]) }
        try context.principal.require(permission, on: owner.scope)
        access = try await SamplingAccess(services, context)
        store = try services.people.sampling.visits()
        check = try await store.check(owner.round, owner.platform)
    }

    /// The indicators that a check on site looks at: those counted by port or verified by sample.
    var indicators: [Indicator] { access.scheme.indicators.filter { $0.mode == .port || $0.isSampled } }

    var isOpen: Bool { [.verification, .expertReview, .siteCheck].contains(owner.submission) }

    func save(_ body: SiteCheckRoutes.Put, _ context: WebContext) async throws -> SiteCheck {
        try requireOpen()
        let known = Set(indicators.map(\.id))
        if let strange = body.items.first(where: { !known.contains($0.indicator) }) {
            throw Failure("review.indicator_unknown", ["indicator": strange.indicator.rawValue])
        }
        let new = SiteCheck(
            round: owner.round, platform: owner.platform, heldOn: body.heldOn,
            place: body.place.trimmingWhitespace(), present: body.present.trimmingWhitespace(), items: body.items,
            findings: body.findings.trimmingWhitespace(), by: access.account, at: access.now,
            version: (check?.version ?? 0) + 1)
        let faults = new.faults(today: access.today)
        guard faults.isEmpty else { throw Failure("sampling.site_refused", findings: faults) }
        let entry = services.entry(
            "site.recorded", by: context, on: subject, payload: new.signedContent)
        try await store.save(new, entry: entry)
        return new
    }

    func sign(_ check: SiteCheck, _ context: WebContext) async throws {
        try requireOpen()
        let entry = services.entry(
            "site.signed", by: context, on: subject,
            payload: ["record": .string(check.digest.hex), "version": .string("\(check.version)")])
        try await store.sign(
            check,
            SiteSignature(account: access.account, at: access.now, version: check.version, digest: check.digest),
            entry: entry)
    }

    private var cell: CellAddress {
        CellAddress(round: owner.round, platform: owner.platform, indicator: SiteCheck.photographs)
    }

    private var subject: AuditSubject { AuditSubject(round: owner.round, platform: owner.platform, key: "site-check") }

    func photographs() async throws -> [EvidenceFile] { try await services.cells.evidence.files(cell) }

    func photograph(_ bytes: [UInt8], name: String, _ context: WebContext) async throws -> EvidenceFile {
        try requireOpen()
        let result = try EvidenceInspection.inspect(bytes, name: name)
        guard [.jpg, .png].contains(result.type) else {
            throw Failure("sampling.site_no_picture", ["name": result.name])
        }
        guard try await photographs().count < Self.mostPhotographs else {
            throw Failure("sampling.site_many_pictures", ["most": "\(Self.mostPhotographs)"])
        }
        let file = EvidenceFile(
            cell: cell, digest: result.digest, name: result.name, type: result.type, size: result.size,
            requirement: "photograph", by: access.account, at: access.now)
        let entry = services.entry(
            "evidence.attached", by: context, on: subject,
            payload: ["digest": .string(file.digest.hex), "name": .string(file.name)])
        try await services.cells.evidence.attach(file, bytes: bytes, entry: entry)
        return file
    }

    private func requireOpen() throws(Failure) {
        guard isOpen else { throw Failure("sampling.site_closed", ["state": owner.submission.rawValue]) }
    }
}
