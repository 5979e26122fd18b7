import Access
import HTTPTypes
import Hummingbird
import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Judgements of drawn rows through the API.
struct JudgementRoutes: Sendable {
    let site: Site
    private var services: Services { site.services }

    func add(to router: Router<WebContext>) {
        router.put("/api/v1/rounds/:round/platforms/:platform/samples/:indicator/rows/:row/judgement", use: judge)
        router.post("/api/v1/rounds/:round/platforms/:platform/samples/:indicator/judgements", use: judgeMany)
    }

    struct Judge: Codable {
        let verdict: SampleJudgement.Verdict
        let reasonCode: SampleJudgement.ReasonCode?
        let note: String?
    }

    struct JudgeMany: Decodable {
        let rows: [Int]
        let verdict: SampleJudgement.Verdict
        let reasonCode: SampleJudgement.ReasonCode?
        let note: String?
    }

    struct Many: Encodable {
        /// Rows judged now; those that somebody had judged before are left as they are.
        let judged: Int
        let passed: [Int]
    }

    @Sendable func judge(_ request: Request, _ context: WebContext) async throws -> Response {
        let (access, owner, indicator, row) = try await SampleReading(services).row(context, .judgeSample)
        let body = try await JSONBody.decode(Judge.self, from: request)
        let version = row.judgement?.version ?? 0
        try EntityTag.check(request, version: version)
        let change = try await change(row, body, replacing: version, access, context)
        try await access.store.judge([change])
        guard let changed = try await access.store.row(row.cell, row.number) else {
            throw Failure("sampling.row_unknown", ["row": "\(row.number)"])
        }
        let fields = try await SampleReading(services).fields(of: [changed])
        let proofs = try await services.cells.evidence.files(row.cell)
        return .json(
            DrawnRowResource(changed, owner, indicator, fields: fields[changed] ?? [:], proofs: proofs, access),
            headers: [.eTag: EntityTag.text(version + 1)])
    }

    /// The same judgement for several rows of one list; rows that are judged already are never touched.
    @Sendable func judgeMany(_ request: Request, _ context: WebContext) async throws -> Response {
        let owner = try await services.participation(context)
        let access = try await SamplingAccess(services, context)
        let indicator = try services.indicator(context, in: access.scheme)
        let cell = CellAddress(round: owner.round, platform: owner.platform, indicator: indicator.id)
        guard context.principal.hasSomewhere(.judgeSample) else {
            throw Failure("access.denied", ["permission": Permission.judgeSample.rawValue])
        }
        let reach = try await access.reach(.judgeSample)
        let filter = DrawnRowFilter(reach: reach, platform: owner.platform, indicator: indicator.id)
        let known = try await access.store.rows(access.round.id, filter, after: nil, limit: 10_000)
        if known.isEmpty { try context.principal.require(.judgeSample, on: owner.scope) }
        let body = try await JSONBody.decode(JudgeMany.self, from: request)
        guard try await access.store.list(cell) != nil else {
            throw Failure("sampling.list_unknown", ["indicator": indicator.id.rawValue])
        }
        guard (1...500).contains(body.rows.count) else {
            throw Failure("sampling.rows_count", ["count": "\(body.rows.count)", "most": "500"])
        }
        let byNumber = known.reduce(into: [:]) { $0[$1.number] = $1 }
        var changes: [JudgementChange] = []
        var passed: [Int] = []
        for number in Set(body.rows).sorted() {
            guard let row = byNumber[number] else { throw Failure("sampling.row_unknown", ["row": "\(number)"]) }
            guard row.judgement == nil else {
                passed.append(number)
                continue
            }
            let one = Judge(verdict: body.verdict, reasonCode: body.reasonCode, note: body.note)
            changes.append(try await change(row, one, replacing: 0, access, context))
        }
        try await access.store.judge(changes)
        return .json(Many(judged: changes.count, passed: passed))
    }

    /// - Throws: `sampling.judgement_refused` with the findings; `sampling.not_open`; `sampling.proof_pending`.
    func change(
        _ row: DrawnRow, _ body: Judge, replacing version: Int, _ access: SamplingAccess, _ context: WebContext
    ) async throws -> JudgementChange {
        let judgement = SampleJudgement(
            verdict: body.verdict, reasonCode: body.reasonCode, note: (body.note ?? "").trimmingWhitespace(),
            by: access.account, at: access.now, version: version + 1)
        let faults = judgement.faults
        guard faults.isEmpty else { throw Failure("sampling.judgement_refused", findings: faults) }
        guard let list = try await access.store.list(row.cell) else {
            throw Failure("sampling.list_unknown", ["indicator": row.cell.indicator.rawValue])
        }
        switch access.stage(list) {
        case .judging, .judged: break
        case .asked where judgement.verdict == .good && row.proofCount > 0: break
        case .asked:
            throw Failure(
                "sampling.proof_pending", ["row": "\(row.number)", "due": list.drawing?.dueDay.description ?? ""])
        default: throw Failure("sampling.list_settled", ["indicator": row.cell.indicator.rawValue])
        }
        let entry = services.entry(
            "sample.judged", by: context,
            on: AuditSubject(
                round: row.cell.round, platform: row.cell.platform, indicator: row.cell.indicator,
                key: "row:\(row.number)"),
            reason: judgement.note.isEmpty ? nil : judgement.note,
            payload: [
                "verdict": .string(judgement.verdict.rawValue),
                "reasonCode": judgement.reasonCode.map { .string($0.rawValue) } ?? .null,
                "version": .string("\(version + 1)"),
            ])
        return JudgementChange(row, judgement, replacing: version, entry: entry)
    }
}
