import Access
import Foundation
import Paper
import Review
import Trust
import Vocabulary
import Wording

/// Keeps the pool of experts: single entries, whole files, and the groups that applicants belong to.
struct ExpertPool: Sendable {
    let services: Services
    let context: WebContext

    /// The columns of a file, in the template's order.
    static let columns = [
        "account", "name", "employer", "employerCode", "group", "fields", "title", "contact",
    ]

    /// - Throws: `experts.field_unknown`.
    static func fields(_ codes: [String]) throws -> [ExpertField] {
        try codes.map { code in
            guard let field = ExpertField(rawValue: code) else {
                throw Failure("experts.field_unknown", ["given": String(code.prefix(40))])
            }
            return field
        }
    }

    /// - Throws: `experts.refused` with what is wrong.
    func save(_ experts: [Expert]) async throws {
        try context.principal.require(.keepExperts)
        let findings = experts.flatMap(\.findings)
        guard findings.isEmpty else { throw Failure("experts.refused", findings: findings) }
        // Names and telephones are no business of the log: it holds the digest of what was written.
        let text = experts.map { "\($0.account)\n\($0.name)\n\($0.employer)\n\($0.employerCode)\n\($0.group)" }
        let digest = Digest.sha256(of: Array(text.joined(separator: "\n\n").utf8))
        let entry = services.entry(
            "experts.kept", by: context,
            on: AuditSubject(key: experts.count == 1 ? "account:\(experts[0].account)" : "experts"),
            payload: ["count": .string("\(experts.count)"), "digest": .string(digest.hex)])
        try await services.people.experts.kept().save(experts, entry: entry)
    }

    /// How the expert is reached, in clear; the entry with the reason is on disk before anything is shown.
    /// - Throws: `experts.unknown`, `privacy.reason_missing`.
    func contact(of account: AccountID, reason: String) async throws -> (contact: String, logIndex: Int) {
        try context.principal.require(.keepExperts)
        guard reason.contains(where: { !$0.isWhitespace }), reason.count <= 2000 else {
            throw Failure("privacy.reason_missing")
        }
        guard let expert = try await services.people.experts.kept().expert(account) else {
            throw Failure("experts.unknown", ["account": String(account.rawValue.prefix(64))])
        }
        let entry = services.entry(
            "personal.viewed", by: context, on: AuditSubject(key: "account:\(account)"), reason: reason)
        return (expert.contact, try await services.accounts.record(entry))
    }

    // MARK: - Files

    /// What a file holds, before anything is kept.
    struct Reading: Sendable {
        var accepted: [Expert] = []
        /// Row number and what is wrong with it.
        var refused: [(row: Int, finding: Finding)] = []
    }

    /// Reads CSV (UTF-8) or XLSX with the titles of either language, or the codes, in its first row.
    /// - Throws: `experts.import_refused` when no row can be read: which columns are missing.
    func read(_ bytes: [UInt8]) async throws -> Reading {
        let rows = try Self.rows(bytes)
        guard let header = rows.first else {
            throw Failure("experts.import_refused", ["columns": titles(["account", "name", "employer"])])
        }
        var places: [String: Int] = [:]
        for column in Self.columns {
            let names = Set(Language.allCases.map { Catalogue.of($0).text("experts.column.\(column)") } + [column])
            places[column] = header.firstIndex { names.contains($0.trimmingWhitespace()) }
        }
        let missing = ["account", "name", "employer"].filter { places[$0] == nil }
        guard missing.isEmpty else { throw Failure("experts.import_refused", ["columns": titles(missing)]) }
        let stored = Swift.Dictionary(
            uniqueKeysWithValues: try await services.people.experts.kept().experts().map { ($0.account, $0) })
        var reading = Reading()
        var seen: [AccountID: Int] = [:]
        for (index, row) in rows.enumerated().dropFirst() {
            if row.allSatisfy({ $0.trimmingWhitespace().isEmpty }) { continue }
            let number = index + 1
            func text(_ column: String) -> String {
                places[column].flatMap { $0 < row.count ? row[$0].trimmingWhitespace() : nil } ?? ""
            }
            var findings: [Finding] = []
            let account = AccountID(text("account"))
            let before = stored[account]
            let expert = Expert(
                account: account, name: text("name"), employer: text("employer"),
                employerCode: text("employerCode").uppercased(), group: text("group"),
                fields: fields(text("fields"), &findings), title: text("title"),
                contact: text("contact").isEmpty ? before?.contact ?? "" : text("contact"),
                retired: before?.retired, version: (before?.version ?? 0) + 1)
            findings += expert.findings
            if let first = seen[account] {
                findings.append(Finding(.error, "experts.account_twice", at: "account", ["row": "\(first)"]))
            }
            seen[account] = seen[account] ?? number
            if findings.isEmpty {
                reading.accepted.append(expert)
            } else {
                reading.refused += findings.map { (number, $0) }
            }
        }
        return reading
    }

    private func titles(_ columns: [String]) -> String {
        let catalogue = Catalogue.of(context.language)
        return columns.map { catalogue.text("experts.column.\($0)") }
            .joined(separator: catalogue.text("web.list.separator"))
    }

    /// Fields by code or title, separated by any of `; , /` and their wide forms.
    private func fields(_ text: String, _ findings: inout [Finding]) -> [ExpertField] {
        let separators: Set<Character> = [";", ",", "/", "|", "\u{FF1B}", "\u{FF0C}", "\u{3001}"]
        return text.split(whereSeparator: separators.contains).compactMap { part in
            let name = String(part).trimmingWhitespace()
            let found = ExpertField.allCases.first { field in
                field.rawValue == name
                    || Language.allCases.contains { Catalogue.of($0).text("experts.field.\(field.rawValue)") == name }
            }
            if found == nil {
                findings.append(
                    Finding(.error, "experts.field_unknown", at: "fields", ["given": String(name.prefix(40))]))
            }
            return found
        }
    }

    private static func rows(_ bytes: [UInt8]) throws -> [[String]] {
        if bytes.starts(with: [0x50, 0x4B]) {
            let sheet = try Workbook(xlsx: bytes).sheets.first { !$0.isHidden }
            return (sheet?.rows ?? []).prefix(5001).map { $0.prefix(50).map { String($0.plainText.prefix(4096)) } }
        }
        let text = DelimitedText(utf8: bytes, limits: .init(rows: 5000, columns: 50, fieldBytes: 4096))
        return [text.header] + text.rows.map(\.fields)
    }

    /// An empty file with the columns' titles.
    func template() -> String {
        let catalogue = Catalogue.of(context.language)
        return "\u{FEFF}" + DelimitedText.line(Self.columns.map { catalogue.text("experts.column.\($0)") }) + "\r\n"
    }

    // MARK: - Groups

    /// `code,group` a line; an empty group forgets the line's company.
    /// - Throws: `experts.refused` with the lines that are wrong.
    func saveGroups(_ text: String) async throws -> Int {
        try context.principal.require(.keepExperts)
        var groups: [String: String] = [:]
        var findings: [Finding] = []
        let separators: Set<Character> = [",", "\t", "\u{FF0C}"]
        for (index, line) in text.split(whereSeparator: \.isNewline).prefix(2000).enumerated() {
            let parts = line.split(maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: separators.contains)
            let code = String(parts.first ?? "").trimmingWhitespace().uppercased()
            guard CompanyCode(code) != nil else {
                findings.append(
                    Finding(
                        .error, "experts.group_line", at: "\(index + 1)",
                        ["row": "\(index + 1)", "given": String(code.prefix(40))]))
                continue
            }
            groups[code] = parts.count > 1 ? String(String(parts[1]).trimmingWhitespace().prefix(120)) : ""
        }
        guard findings.isEmpty else { throw Failure("experts.refused", findings: findings) }
        guard !groups.isEmpty else { return 0 }
        let entry = services.entry(
            "experts.groups_kept", by: context, on: AuditSubject(key: "company-groups"),
            payload: .object(groups.mapValues { .string($0) }))
        try await services.people.experts.kept().saveGroups(groups, entry: entry)
        return groups.count
    }
}
