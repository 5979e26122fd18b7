import Access
import Hummingbird
import Review
import Submit
import Vocabulary

/// Objections on pages: the public form and its receipt, and the authority's list and file of each.
struct ObjectionPageRoutes: Sendable {
    let site: Site

    func add(to router: Router<WebContext>) {
        router.get("/rounds/:round/objections/new", use: form)
        router.post("/rounds/:round/objections", use: receive)
        router.get("/rounds/:round/objections/:objection", use: receipt)
        router.post("/rounds/:round/objections/:objection/code", use: confirm)
        router.post("/rounds/:round/objections/:objection/code/again", use: sendAgain)
        router.post("/rounds/:round/objections/:objection/files", use: attach)
        router.get("/authority/rounds/:round/objections", use: list)
        router.get("/authority/rounds/:round/objections/list.xlsx", use: workbook)
        router.get("/authority/rounds/:round/objections/:objection", use: file)
        router.post("/authority/rounds/:round/objections/:objection/person", use: view)
        router.post("/authority/rounds/:round/objections/:objection/contact", use: call)
        router.post("/authority/rounds/:round/objections/:objection/decision", use: decide)
        router.post("/authority/rounds/:round/objections/:objection/hearing", use: hear)
        router.post("/authority/rounds/:round/objections/:objection/answer", use: answer)
    }

    // MARK: The public

    @Sendable func form(_ request: Request, _ context: WebContext) async throws -> Response {
        let work = try await PanelWork(site, context)
        if !work.round.isSeen(by: context.principal) { try context.principal.require(.readRound) }
        let page = ObjectionFormBuilder(text: try await NoticeText(work)).page(given: [:], failure: nil)
        return try await site.answer(page, context, round: work.round)
    }

    @Sendable func receive(_ request: Request, _ context: WebContext) async throws -> Response {
        let work = try await PanelWork(site, context)
        var given: [String: String] = [:]
        do {
            let form = try await MultipartForm(request, limitBytes: EvidenceInspection.mostBytes)
            given = form.fields
            let desk = ObjectionDesk(work: work)
            // A file that cannot be kept is found before the objection is, so that nothing is half there.
            let file = form.files["file"].flatMap { $0.bytes.isEmpty ? nil : $0 }
            if let file { _ = try EvidenceInspection.inspect(file.bytes, name: file.name) }
            let kept = try await desk.receive(
                .init(
                    platform: given["platform"] ?? "", indicator: given["indicator"], facts: given["facts"] ?? "",
                    name: given["name"] ?? "",
                    identityKind: Objector.IdentityKind(rawValue: given["identityKind"] ?? "") ?? .identityCard,
                    identity: given["identity"] ?? "",
                    contactKind: Objector.ContactKind(rawValue: given["contactKind"] ?? "") ?? .phone,
                    contact: given["contact"] ?? ""))
            if let file { _ = try await desk.add(file.bytes, name: file.name, to: kept) }
            return .seeOther("/rounds/\(work.round.id)/objections/\(kept.id)?done=received")
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            let page = ObjectionFormBuilder(text: try await NoticeText(work)).page(given: given, failure: failure)
            return try await site.answer(
                page, context, round: work.round, status: .init(code: ProblemStatus.of(failure.code)))
        }
    }

    @Sendable func receipt(_ request: Request, _ context: WebContext) async throws -> Response {
        let (work, found) = try await work(context)
        return try await show(work, found, request)
    }

    private func show(
        _ work: PanelWork, _ found: Objection, _ request: Request, notices: [Notice] = [], status: Int = 200
    ) async throws -> Response {
        let page = try await ObjectionReceiptBuilder(work: work, objection: found).page(
            notices: notices + work.done(request.uri.queryParameters["done"].map(String.init)))
        return try await site.answer(page, work.context, round: work.round, status: .init(code: status))
    }

    @Sendable func confirm(_ request: Request, _ context: WebContext) async throws -> Response {
        let (work, found) = try await work(context)
        do {
            try await ObjectionDesk(work: work).confirm(found, code: try await FormBody(request)["code"])
            return .seeOther("/rounds/\(work.round.id)/objections/\(found.id)?done=code")
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await show(
                work, found, request, notices: work.refusal(failure), status: ProblemStatus.of(failure.code))
        }
    }

    @Sendable func sendAgain(_ request: Request, _ context: WebContext) async throws -> Response {
        let (work, found) = try await work(context)
        do {
            try await ObjectionDesk(work: work).sendAgain(found)
            return .seeOther("/rounds/\(work.round.id)/objections/\(found.id)?done=again")
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await show(
                work, found, request, notices: work.refusal(failure), status: ProblemStatus.of(failure.code))
        }
    }

    @Sendable func attach(_ request: Request, _ context: WebContext) async throws -> Response {
        let (work, found) = try await work(context)
        do {
            let form = try await MultipartForm(request, limitBytes: EvidenceInspection.mostBytes)
            _ = try await ObjectionDesk(work: work).add(
                form.files["file"]?.bytes ?? [], name: form.files["file"]?.name ?? "", to: found)
            return .seeOther("/rounds/\(work.round.id)/objections/\(found.id)?done=file")
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await show(
                work, found, request, notices: work.refusal(failure), status: ProblemStatus.of(failure.code))
        }
    }

    // MARK: The authority

    @Sendable func list(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readObjections)
        let work = try await PanelWork(site, context)
        let after = request.uri.queryParameters["cursor"].flatMap { Int($0) } ?? 0
        let page = try await ObjectionListBuilder(work: work).page(after: max(0, after))
        return try await site.answer(page, context, round: work.round)
    }

    @Sendable func workbook(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readObjections)
        let work = try await PanelWork(site, context)
        return try await ObjectionWorkbook(work: work).workbook().download("objections-\(work.round.id)")
    }

    @Sendable func file(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readObjections)
        let (work, found) = try await work(context)
        return try await showFile(work, found, request)
    }

    /// Who objects in clear, on this one answer only.
    @Sendable func view(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.principal.require(.readObjector)
        let (work, found) = try await work(context)
        do {
            let seen = try await ObjectionDesk(work: work).view(found, reason: try await FormBody(request)["reason"])
            var response = try await showFile(work, found, request, seen: seen)
            response.headers[.cacheControl] = "no-store"
            return response
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await showFile(
                work, found, request, notices: work.refusal(failure), status: ProblemStatus.of(failure.code))
        }
    }

    private func showFile(
        _ work: PanelWork, _ found: Objection, _ request: Request, notices: [Notice] = [], status: Int = 200,
        seen: (objector: Objector, logIndex: Int)? = nil
    ) async throws -> Response {
        let page = try await ObjectionFileBuilder(work: work, objection: found, seen: seen).page(
            notices: notices + work.done(request.uri.queryParameters["done"].map(String.init)))
        return try await site.answer(page, work.context, round: work.round, status: .init(code: status))
    }

    @Sendable func call(_ request: Request, _ context: WebContext) async throws -> Response {
        try await acting(request, context, "call") { desk, found, form in
            try await desk.confirmByCall(found, note: form["note"])
        }
    }

    @Sendable func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        try await acting(request, context, "decided") { desk, found, form in
            let refusal = Objection.Refusal(rawValue: form["refusal"])
            if refusal == nil, form["refusal"] != "accept" {
                throw PanelText.refused("refusal", "panel.choose_decision")
            }
            try await desk.decide(found, refusal: refusal, reason: form["reason"])
        }
    }

    @Sendable func hear(_ request: Request, _ context: WebContext) async throws -> Response {
        try await acting(request, context, "heard") { desk, found, form in
            try await desk.hear(found, form["heard"])
        }
    }

    @Sendable func answer(_ request: Request, _ context: WebContext) async throws -> Response {
        try await acting(request, context, "letter") { desk, found, form in
            guard ["uphold", "dismiss"].contains(form["verdict"]) else {
                throw PanelText.refused("verdict", "panel.choose_decision")
            }
            try await desk.answer(
                found, upholds: form["verdict"] == "uphold", number: form["number"], letter: form["letter"])
        }
    }

    private func acting(
        _ request: Request, _ context: WebContext, _ done: String,
        _ act: (ObjectionDesk, Objection, FormBody) async throws -> Void
    ) async throws -> Response {
        try context.principal.require(.checkFormally)
        let (work, found) = try await work(context)
        do {
            try await act(ObjectionDesk(work: work), found, try await FormBody(request, limitBytes: 256 << 10))
            return .seeOther("/authority/rounds/\(work.round.id)/objections/\(found.number)?done=\(done)")
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await showFile(
                work, try await work.objection(found.id), request, notices: work.refusal(failure),
                status: ProblemStatus.of(failure.code))
        }
    }

    private func work(_ context: WebContext) async throws -> (PanelWork, Objection) {
        let work = try await PanelWork(site, context)
        return (work, try await work.objection(try context.parameter("objection")))
    }
}
