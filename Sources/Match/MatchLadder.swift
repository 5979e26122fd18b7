import Vocabulary

/// The ladder: credit code → former code → former name → full name; near names only for people.
///
/// Rules, not a black box: a row is accepted by the first step that it passes, with that step's name and a sentence. A
/// row that carries another company's valid code is never accepted by its name. Where a platform is looked for, its
/// name or an alias must be equal as well, the company being the witness. Deterministic; asks nothing but the index.
public struct MatchLadder: Sendable {
    /// How many near names are shown to people.
    public static let nearNameCount = 3

    private let index: ListIndex

    public init(_ index: ListIndex) { self.index = index }

    /// What the list says of the subject.
    /// - Parameter asksPlatform: whether the row must also name the subject's platform.
    public func decide(_ subject: MatchSubject, asksPlatform: Bool = false) -> MatchDecision {
        var accepted: [Int: MatchRule] = [:]
        var candidates: [Int: CandidateReason] = [:]
        climb(subject, &accepted, &candidates)
        var rows: [AcceptedRow] = []
        if asksPlatform {
            rows = witnessed(subject, accepted, &candidates)
        } else {
            rows = accepted.sorted { $0.key < $1.key }.map { accept($0.key, $0.value, nil, subject) }
        }
        if rows.isEmpty { oneSlipAway(subject, &candidates) }
        var shown = candidates.sorted { $0.key < $1.key }.map { candidate($0.key, $0.value, subject, nil) }
        if rows.isEmpty { shown += nearNames(subject, besides: Set(candidates.keys)) }
        return MatchDecision(
            subject: subject.id, list: index.list.id, accepted: rows, candidates: shown,
            proof: rows.isEmpty ? proof(subject) : nil)
    }

    // MARK: The steps

    private func climb(
        _ subject: MatchSubject, _ accepted: inout [Int: MatchRule], _ candidates: inout [Int: CandidateReason]
    ) {
        let ownCodes = Set([subject.code].compactMap { $0 } + subject.formerCodes)
        if let code = subject.code {
            for row in index.byCode[code] ?? [] { accepted[row] = .creditCode }
        }
        for code in subject.formerCodes {
            for row in index.byCode[code] ?? [] where accepted[row] == nil { accepted[row] = .formerCode }
        }
        let name = NormalisedName(company: subject.name).key
        for former in subject.formerNames.map({ NormalisedName(company: $0).key }) where former != name {
            byName(index.byName[former] ?? [], .formerName, ownCodes, &accepted, &candidates)
        }
        byName(index.byFormerName[name] ?? [], .formerName, ownCodes, &accepted, &candidates)
        byName(index.byName[name] ?? [], .fullName, ownCodes, &accepted, &candidates)
    }

    private func byName(
        _ found: [Int], _ rule: MatchRule, _ ownCodes: Set<CompanyCode>, _ accepted: inout [Int: MatchRule],
        _ candidates: inout [Int: CandidateReason]
    ) {
        let rows = found.filter { accepted[$0] == nil }
        let codes = Set(rows.compactMap { index.list.rows[$0].code })
        for row in rows {
            let code = index.list.rows[row].code
            if let code, !ownCodes.isEmpty, !ownCodes.contains(code) {
                candidates[row] = .codeDiffers
            } else if ownCodes.isEmpty, codes.count > 1 {
                candidates[row] = .ambiguousName
            } else {
                accepted[row] = rule
                candidates[row] = nil
            }
        }
    }

    /// Of the company's rows those that name the platform; all others that come close go to people.
    private func witnessed(
        _ subject: MatchSubject, _ accepted: [Int: MatchRule], _ candidates: inout [Int: CandidateReason]
    ) -> [AcceptedRow] {
        let own = NormalisedName(title: subject.platform ?? "").key
        let aliases = Set(subject.platformAliases.map { NormalisedName(title: $0).key }).subtracting([""])
        var rows: [AcceptedRow] = []
        for (row, rule) in accepted.sorted(by: { $0.key < $1.key }) {
            let platform = NormalisedName(title: index.list.rows[row].platform ?? "").key
            if platform.isEmpty {
                candidates[row] = .platformNotNamed
            } else if platform == own {
                rows.append(accept(row, rule, .platformName, subject))
            } else if aliases.contains(platform) {
                rows.append(accept(row, rule, .platformAlias, subject))
            } else {
                candidates[row] = .platformDiffers
            }
        }
        for key in aliases.union([own]).subtracting([""]) {
            for row in index.byPlatform[key] ?? [] where accepted[row] == nil && candidates[row] == nil {
                candidates[row] = .operatorDiffers
            }
        }
        return rows
    }

    private func oneSlipAway(_ subject: MatchSubject, _ candidates: inout [Int: CandidateReason]) {
        guard let code = subject.code else { return }
        for (row, damaged) in index.damaged where candidates[row] == nil {
            if CodeRepair.isOneSlip(Array(code.text.utf8), damaged) { candidates[row] = .codeOneSlipAway }
        }
    }

    private func nearNames(_ subject: MatchSubject, besides known: Set<Int>) -> [CandidateRow] {
        let names = ([subject.name] + subject.formerNames).map { NormalisedName(company: $0) }.filter { !$0.isEmpty }
        let near = index.near(names, count: MatchLadder.nearNameCount + known.count)
        return near.filter { !known.contains($0.row) }.prefix(MatchLadder.nearNameCount)
            .map { candidate($0.row, .nearName, subject, $0.similarity) }
    }

    // MARK: The words

    private func accept(_ at: Int, _ rule: MatchRule, _ platform: PlatformRule?, _ subject: MatchSubject) -> AcceptedRow
    {
        let row = index.list.rows[at]
        let key = rule.rawValue.replacing("-", with: "_")
        var sentences = [Statement("match.why_\(key)", places(row, subject))]
        let isSameName = index.names[at] == NormalisedName(company: subject.name)
        if rule <= .formerCode, !isSameName, !row.company.isEmpty {
            sentences.append(Statement("match.note_name_differs", places(row, subject)))
        }
        if rule >= .formerName {
            if row.damagedCode != nil {
                sentences.append(Statement("match.note_code_damaged", places(row, subject)))
            } else if row.code == nil {
                sentences.append(Statement("match.note_no_code", places(row, subject)))
            }
        }
        if let platform {
            let key = platform.rawValue.replacing("-", with: "_")
            sentences.append(Statement("match.why_\(key)", places(row, subject)))
        }
        return AcceptedRow(row: row, rule: rule, platformRule: platform, explanation: sentences)
    }

    private func candidate(
        _ at: Int, _ reason: CandidateReason, _ subject: MatchSubject, _ similarity: Double?
    ) -> CandidateRow {
        let row = index.list.rows[at]
        let names = ([subject.name] + subject.formerNames).map { NormalisedName(company: $0) }
        let measured = similarity ?? names.map { NameSimilarity.of($0, index.names[at]) }.max() ?? 0
        var values = places(row, subject)
        values["similarity"] = "\(Int((measured * 100).rounded(.down)))"
        let key = reason.rawValue.replacing("-", with: "_")
        return CandidateRow(
            row: row, reason: reason, similarity: measured, explanation: [Statement("match.ask_\(key)", values)])
    }

    private func places(_ row: ListRow, _ subject: MatchSubject) -> [String: String] {
        [
            "row": "\(row.number)", "name": subject.name, "listed": row.company,
            "code": subject.code?.text ?? "", "listedCode": row.code?.text ?? row.damagedCode ?? "",
            "platform": subject.platform ?? "", "listedPlatform": row.platform ?? "",
            "list": index.list.header.title,
        ]
    }

    private func proof(_ subject: MatchSubject) -> NegativeProof {
        let names =
            [subject.name] + subject.formerNames + [subject.platform].compactMap { $0 } + subject.platformAliases
        return NegativeProof(
            title: index.list.header.title, document: index.list.header.document, rowCount: index.list.rowCount,
            digest: index.list.digest, codes: [subject.code].compactMap { $0 } + subject.formerCodes,
            names: names.filter { !$0.isEmpty })
    }
}
