import Access
import Evaluate
import HTTPTypes
import Hummingbird
import NIOCore
import Review
import Submit
import Trust
import Vocabulary

/// Panel, telling and recheck through the API.
struct PanelAPIRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        router.get("/api/v1/rounds/:round/panel", use: overview)
        router.get("/api/v1/rounds/:round/panel/minutes", use: minutes)
        router.post("/api/v1/rounds/:round/panel/minutes", use: keep)
        router.post("/api/v1/rounds/:round/panel/settlements", use: settle)
        router.get("/api/v1/rounds/:round/comparison", use: comparison)
        router.get("/api/v1/panel-files/:digest", use: file)
        router.get("/api/v1/rounds/:round/platforms/:platform/telling", use: telling)
        router.post("/api/v1/rounds/:round/platforms/:platform/telling/acceptance", use: accept)
        router.post("/api/v1/rounds/:round/platforms/:platform/recheck", use: ask)
        router.post("/api/v1/rounds/:round/platforms/:platform/recheck/files", use: attach)
        router.post("/api/v1/rounds/:round/platforms/:platform/recheck/:indicator/answer", use: answer)
    }

    struct MinutesResource: Encodable {
        let minutes: PanelMinutes
        let files: [PanelFile]
    }

    struct Settle: Decodable {
        let platforms: [String]
        let minutes: String?
        let reason: String?
        /// True: say what would happen, and do nothing.
        let isTrial: Bool?
    }

    struct Answer: Decodable { let answer: String }

    struct TellingResource: Encodable {
        let telling: Telling
        let recheck: Recheck?
        let files: [PanelFile]
        let mayAsk: Bool
    }

    @Sendable func overview(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readDraftResult)
        let book = try await PanelBook(PanelWork(site, context))
        return .json(ListPage(items: book.lines, next: nil))
    }

    @Sendable func minutes(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readDraftResult)
        let work = try await PanelWork(site, context)
        var items: [MinutesResource] = []
        for one in try await work.stores.minutes(work.round.id) {
            items.append(MinutesResource(minutes: one, files: try await work.stores.files(one.owner)))
        }
        return .json(ListPage(items: items, next: nil))
    }

    @Sendable func keep(_ request: Request, _ context: WebContext) async throws -> Response {
        if !context.principal.may(.settle) { try context.principal.require(.runRound) }
        let work = try await PanelWork(site, context)
        let query = request.uri.queryParameters
        func field(_ name: Substring) -> String { query[name].map { String($0).removingPercentEncoding ?? "" } ?? "" }
        let buffer = try await JSONBody.collect(request, limitBytes: EvidenceInspection.mostBytes + 1)
        let kept = try await PanelDesk(work: work).keep(
            .init(
                number: field("number"), heldOn: field("heldOn"), present: field("present"), note: field("note"),
                fileName: field("name"), bytes: [UInt8](buffer.readableBytesView)))
        let files = try await work.stores.files(kept.owner)
        return .json(MinutesResource(minutes: kept, files: files), status: .created)
    }

    @Sendable func settle(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.settle)
        let work = try await PanelWork(site, context)
        let body = try await JSONBody.decode(Settle.self, from: request)
        let done = try await PanelDesk(work: work).settle(
            body.platforms.map { PlatformID($0) }, minutes: body.minutes, reason: body.reason,
            isTrial: body.isTrial ?? false)
        return .json(ListPage(items: done, next: nil))
    }

    /// Two computations side by side; without numbers the announced one and the newest.
    @Sendable func comparison(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readDraftResult)
        let work = try await PanelWork(site, context)
        return .json(try await work.comparison(request).comparison)
    }

    /// A file of this area, for those who may see what it belongs to; for everybody else it does not exist.
    @Sendable func file(_ request: Request, _ context: WebContext) async throws -> Response {
        if !context.principal.isSignedIn { try context.principal.require(.readRound) }
        let text = try context.parameter("digest")
        let stores = try site.services.people.panel.stores()
        if let digest = Digest(hex: text) {
            for file in try await stores.file(digest) where try await mayRead(file, context.principal) {
                guard let bytes = try await stores.bytes(digest) else { continue }
                let name = file.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "file"
                return Response(
                    status: .ok,
                    headers: [
                        .contentType: EvidenceType(rawValue: file.type)?.mediaType ?? "application/octet-stream",
                        .cacheControl: "private, no-store",
                        .contentDisposition: "attachment; filename*=UTF-8''\(name)",
                    ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
            }
        }
        throw Failure("panel.file_unknown", ["digest": text])
    }

    private func mayRead(_ file: PanelFile, _ principal: Principal) async throws -> Bool {
        let parts = file.owner.split(separator: ":", maxSplits: 1).map(String.init)
        switch parts.first {
        case "minutes": return principal.may(.readDraftResult)
        case "objection": return principal.may(.readObjector)
        case "recheck":
            let address = (parts.last ?? "").split(separator: "/", maxSplits: 1).map(String.init)
            guard address.count == 2,
                let owner = try await site.services.rounds.participation(
                    RoundID(address[0]), PlatformID(address[1]))
            else { return false }
            return principal.may(.readCell, on: owner.scope)
        default: return false
        }
    }

    // MARK: The company

    private func own(
        _ context: WebContext, _ permission: Permission
    ) async throws -> (work: PanelWork, desk: RecheckDesk) {
        let participation = try await site.services.participation(context)
        try context.principal.require(permission, on: participation.scope)
        let work = try await PanelWork(site, context)
        return (work, RecheckDesk(work: work, participation: participation))
    }

    @Sendable func telling(_ request: Request, _ context: WebContext) async throws -> Response {
        let (work, desk) = try await own(context, .readCell)
        let platform = desk.participation.platform
        guard let telling = try await work.stores.tellings(work.round.id)[platform] else {
            throw Failure("panel.not_told")
        }
        let recheck = try await work.stores.recheck(work.round.id, platform)
        let isSettled = desk.participation.submission == .settled
        return .json(
            TellingResource(
                telling: telling, recheck: recheck,
                files: try await work.stores.files(Recheck.owner(work.round.id, platform)),
                mayAsk: isSettled && recheck == nil
                    && context.principal.may(.submitSubmission, on: desk.participation.scope)))
    }

    @Sendable func accept(_ request: Request, _ context: WebContext) async throws -> Response {
        let (_, desk) = try await own(context, .submitSubmission)
        try await desk.accept()
        return try await telling(request, context)
    }

    @Sendable func ask(_ request: Request, _ context: WebContext) async throws -> Response {
        let (_, desk) = try await own(context, .submitSubmission)
        let body = try await JSONBody.decode(RecheckDesk.Ask.self, from: request)
        try await desk.ask(body)
        return try await telling(request, context)
    }

    @Sendable func attach(_ request: Request, _ context: WebContext) async throws -> Response {
        let (_, desk) = try await own(context, .submitSubmission)
        let buffer = try await JSONBody.collect(request, limitBytes: EvidenceInspection.mostBytes + 1)
        let name = request.uri.queryParameters["name"].map { String($0).removingPercentEncoding ?? "" } ?? ""
        return .json(try await desk.add([UInt8](buffer.readableBytesView), name: name), status: .created)
    }

    @Sendable func answer(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.checkFormally)
        let (_, desk) = try await own(context, .readCell)
        let body = try await JSONBody.decode(Answer.self, from: request)
        try await desk.answer(try context.indicatorID, body.answer)
        return try await telling(request, context)
    }
}

extension PanelWork {
    /// The comparison that the query asks for, with the numbers it is of.
    /// - Throws: `evaluate.no_result` before there are results; `web.parameter_invalid` for what is no number.
    func comparison(_ request: Request) async throws -> (before: Int, after: Int, comparison: ResultComparison) {
        let latest = try await services.evaluations.latest(round.id)?.number
        let announced = try await stores.notices(round.id).last?.computation
        func number(_ name: Substring, _ standard: Int?) throws -> Int {
            if let text = request.uri.queryParameters[name], !text.isEmpty {
                guard let number = Int(text), number >= 1 else {
                    throw Failure("web.parameter_invalid", ["name": String(name), "expected": "1, 2, 3 …"])
                }
                return number
            }
            guard let standard else { throw Failure("evaluate.no_result", ["round": round.id.rawValue]) }
            return standard
        }
        let (before, after) = (try number("before", announced ?? latest), try number("after", latest))
        let comparison = ResultComparison(
            before: try await result(before).field, after: try await result(after).field)
        return (before, after, comparison)
    }
}
