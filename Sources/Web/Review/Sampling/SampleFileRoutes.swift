import Access
import HTTPTypes
import Hummingbird
import NIOCore
import Paper
import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// Drawn rows as a spreadsheet, for judging without a line to the system, and back with a finding for every row that
/// could not be taken.
struct SampleFileRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    /// The most rows of one file; a province has about 8 000.
    static let mostRows = 20_000

    func add(to router: Router<WebContext>) {
        let base = "/authority/rounds/:round/sampling"
        router.get("\(base)/rows.xlsx", use: excel)
        router.get("\(base)/rows.csv", use: csv)
        router.get("\(base)/import", use: page)
        router.post("\(base)/import", use: bringBack)
    }

    private func access(_ context: WebContext) async throws -> SamplingAccess {
        guard context.principal.isSignedIn else { throw Failure("access.sign_in_required") }
        let access = try await SamplingAccess(services, context)
        try access.requireOffice(.judgeSample)
        return access
    }

    private func lines(
        _ request: Request, _ access: SamplingAccess, _ context: WebContext
    ) async throws -> [SampleTable.Line] {
        var filter = JudgeQuery(request).filter
        filter.judged = DrawnRowFilter.Judged(rawValue: request.queried("judged")) ?? .all
        filter.reach = try await access.reach(.judgeSample)
        let rows = try await access.store.rows(access.round.id, filter, after: nil, limit: Self.mostRows)
        let fields = try await SampleReading(services).fields(of: rows)
        let owners = try await access.participations().reduce(into: [:]) { $0[$1.platform] = $1 }
        return rows.compactMap { row in
            guard let owner = owners[row.cell.platform], let indicator = access.scheme.indicator(row.cell.indicator)
            else { return nil }
            return .init(
                row: row, owner: owner, indicator: indicator,
                fields: PersonalFields(indicator).masked(fields[row] ?? [:]))
        }
    }

    @Sendable func excel(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await access(context)
        let table = SampleTable(words: SampleWords(scheme: access.scheme, language: context.language))
        let bytes = try table.workbook(try await lines(request, access, context)).xlsx()
        return Response(
            status: .ok,
            headers: [
                .contentType: EvidenceType.xlsx.mediaType, .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"samples-\(access.round.id).xlsx\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    @Sendable func csv(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await access(context)
        let table = SampleTable(words: SampleWords(scheme: access.scheme, language: context.language))
        let rows = [table.header] + (try await lines(request, access, context)).map(table.cells)
        let text = "\u{FEFF}" + rows.map { DelimitedText.line($0.map(\.plainText)) }.joined()
        return .text(
            text, type: "text/csv; charset=utf-8",
            headers: [.contentDisposition: "attachment; filename=\"samples-\(access.round.id).csv\""])
    }

    @Sendable func page(_ request: Request, _ context: WebContext) async throws -> Response {
        try await show(try await access(context), nil, [], context)
    }

    private func show(
        _ access: SamplingAccess, _ notice: Notice?, _ faults: [SampleImportPage.Fault], _ context: WebContext,
        status: Int = 200
    ) async throws -> Response {
        let words = SampleWords(scheme: access.scheme, language: context.language)
        let base = "/authority/rounds/\(access.round.id)/sampling"
        let page = SampleImportPage(
            heading: Heading(
                words.say("import_title"), kicker: access.round.title[context.language],
                lead: words.say("import_lead"),
                acts: [
                    HeadAct(words.say("export"), href: "\(base)/rows.xlsx", isDownload: true),
                    HeadAct(words.say("back"), href: base),
                ]), notice: notice, address: "\(base)/import", hasFaults: !faults.isEmpty, faults: faults)
        return try await site.answer(page, context, round: access.round, status: .init(code: status))
    }

    @Sendable func bringBack(_ request: Request, _ context: WebContext) async throws -> Response {
        let access = try await access(context)
        let words = SampleWords(scheme: access.scheme, language: context.language)
        let catalogue = Catalogue.of(context.language)
        let table = SampleTable(words: words)
        let judged: [SampleTable.Judged]
        do {
            let form = try await MultipartForm(request, limitBytes: EvidenceInspection.mostBytes)
            judged = try table.judged(try Self.rows(form.files["file"]?.bytes ?? []))
        } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
            return try await show(
                access, Notice(catalogue.text(failure), .wrong), [], context,
                status: ProblemStatus.of(failure.code))
        }
        var count = 0
        var same = 0
        var faults: [SampleImportPage.Fault] = []
        for one in judged.prefix(Self.mostRows) {
            do {
                if try await take(one, table, access, context) { count += 1 } else { same += 1 }
            } catch let failure as Failure where ProblemStatus.of(failure.code) < 500 {
                let text = ([failure.code] + failure.findings.map(\.code)).last ?? failure.code
                faults.append(
                    .init(
                        row: words.say("import_row", ["row": "\(one.number)"]),
                        text: catalogue.text(text, failure.values)))
            }
        }
        let sum = words.say(
            "import_done", ["count": "\(count)", "same": "\(same)", "wrong": "\(faults.count)"])
        return try await show(
            access, Notice(sum, faults.isEmpty ? .good : .watch), Array(faults.prefix(500)), context)
    }

    /// - Returns: false when the row says what is known already.
    private func take(
        _ one: SampleTable.Judged, _ table: SampleTable, _ access: SamplingAccess, _ context: WebContext
    ) async throws -> Bool {
        let cell = CellAddress(round: access.round.id, platform: one.platform, indicator: one.indicator)
        guard let owner = try await services.rounds.participation(access.round.id, one.platform),
            let row = try await access.store.row(cell, one.row),
            context.principal.may(.judgeSample, on: owner.rowScope(row.office))
        else { throw Failure("sampling.file_row_unknown") }
        guard let verdict = table.verdict(one.verdict) else {
            throw Failure("sampling.file_verdict", ["given": String(one.verdict.prefix(40))])
        }
        var reason: SampleJudgement.ReasonCode?
        if verdict == .bad, !one.reason.isEmpty {
            guard let known = table.reason(one.reason) else {
                throw Failure("sampling.file_reason", ["given": String(one.reason.prefix(40))])
            }
            reason = known
        }
        if let present = row.judgement, present.verdict == verdict, present.reasonCode == reason,
            present.note == one.note
        {
            return false
        }
        guard one.version == row.judgement?.version ?? 0 else { throw Failure("sampling.file_stale") }
        let body = JudgementRoutes.Judge(verdict: verdict, reasonCode: reason, note: one.note)
        do {
            let change = try await JudgementRoutes(site: site).change(
                row, body, replacing: one.version, access, context)
            try await access.store.judge([change])
        } catch let failure as Failure where failure.code == "sampling.proof_pending" {
            throw Failure("sampling.file_pending")
        }
        return true
    }

    /// The rows of an Excel or CSV file as plain text.
    private static func rows(_ bytes: [UInt8]) throws -> [[String]] {
        guard !bytes.isEmpty else { throw Failure("sampling.file_empty") }
        if bytes.starts(with: [0x50, 0x4B]) {
            let sheet = try Workbook(xlsx: bytes).sheets.first { !$0.isHidden }
            return (sheet?.rows ?? []).map { $0.map(\.plainText) }
        }
        let text = DelimitedText(utf8: bytes)
        guard !text.header.isEmpty else { throw Failure("sampling.file_empty") }
        return [text.header] + text.rows.map(\.fields)
    }
}
