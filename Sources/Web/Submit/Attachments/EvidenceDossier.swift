import Match
import Review
import Scheme
import Submit
import Vocabulary

/// Everything known about the files of one platform: how far they are read, what was found, what was decided on it.
struct EvidenceDossier: Sendable {
    let access: CellAccess
    let files: [EvidenceFile]
    let states: [Digest: ReadingState]
    /// Of the check against the form and, for offices, of the comparison with other submissions.
    let findings: [EvidenceFinding]
    let decisions: [FindingDecision]

    /// - Parameter comparing: looks into other submissions too; never for a company.
    init(_ services: Services, _ access: CellAccess, comparing: Bool) async throws {
        let (round, platform) = (access.round.id, access.participation.platform)
        try await self.init(
            services, access, files: try await services.cells.evidence.files(round, platform), comparing: comparing)
    }

    /// - Parameter files: those that are looked at; of one cell, where only it is shown.
    init(_ services: Services, _ access: CellAccess, files: [EvidenceFile], comparing: Bool) async throws {
        let (round, platform) = (access.round.id, access.participation.platform)
        self.access = access
        self.files = files
        guard let readings = services.people.attachments.readings else {
            states = [:]
            findings = []
            decisions = []
            return
        }
        states = try await readings.states(Set(files.map(\.digest)))
        decisions = try await readings.decisions(round, platform)
        var found = try await Self.checked(services.cells, access, files, readings)
        if comparing { found += try await Self.shared(services, access, readings) }
        findings = found
    }

    func decision(on finding: EvidenceFinding) -> FindingDecision? {
        decisions.first {
            $0.cell == finding.cell && $0.digest == finding.digest && $0.finding == finding.key
        }
    }

    /// What the check of the files against the form finds.
    static func checked(
        _ cells: CellStores, _ access: CellAccess, _ files: [EvidenceFile], _ readings: any ReadingStore
    ) async throws -> [EvidenceFinding] {
        let check = EvidenceCheck(forms: access.scheme.certificates) { NormalisedName(company: $0).key }
        var all: [EvidenceFinding] = []
        for (id, own) in Swift.Dictionary(grouping: files, by: \.cell.indicator).sorted(by: { $0.key < $1.key }) {
            guard let indicator = access.scheme.indicator(id),
                indicator.evidence.contains(where: { !$0.documents.isEmpty })
            else { continue }
            var checked: [EvidenceCheck.File] = []
            for file in own {
                let kinds = indicator.evidence.filter { file.requirement == nil || $0.id == file.requirement }
                    .flatMap(\.documents)
                guard !kinds.isEmpty, let document = try await readings.document(file.digest) else { continue }
                checked.append(
                    EvidenceCheck.File(digest: file.digest, name: file.name, kinds: kinds, document: document))
            }
            let cell = access.cell(indicator)
            let expected = EvidenceExpectation(
                cell: cell, names: [access.participation.company.name], cutOff: access.round.cutOff,
                rows: try await cells.declarations.list(cell)?.rows ?? [])
            all += check.findings(checked, against: expected)
        }
        return all
    }

    private static func shared(
        _ services: Services, _ access: CellAccess, _ readings: any ReadingStore
    ) async throws -> [EvidenceFinding] {
        let shared = try await readings.shared(access.round.id, access.participation.platform)
        var names: [PlatformID: String] = [:]
        for other in Set(shared.map(\.other.platform)) {
            names[other] = try await services.rounds.participation(access.round.id, other)?.name
        }
        return shared.map { pair in
            EvidenceFinding(
                SharedText.finding(pair, name: names[pair.other.platform] ?? pair.other.platform.rawValue),
                cell: pair.cell, digest: pair.digest, page: SharedText.page(pair))
        }
    }
}

/// The sentence of what two submissions share.
enum SharedText {
    static func finding(_ pair: SharedEvidence, name: String) -> Finding {
        var values = ["other": name, "file": pair.otherName, "page": page(pair).map(String.init) ?? ""]
        // Part of the finding's key: the same pair stays the same finding.
        values["expected"] = "\(pair.other.platform)/\(pair.otherDigest.hex.prefix(16))"
        switch pair.kind {
        case .file: return Finding(.error, "submit.duplicate.file", at: pair.name, values)
        case .number(let number):
            values["read"] = number.number
            return Finding(.error, "submit.duplicate.number", at: pair.name, values)
        case .text(let likeness):
            values["share"] = "\(Int((likeness * 100).rounded()))"
            return Finding(.warning, "submit.duplicate.text", at: pair.name, values)
        }
    }

    static func page(_ pair: SharedEvidence) -> Int? {
        if case .number(let number) = pair.kind { return number.page }
        return nil
    }
}
