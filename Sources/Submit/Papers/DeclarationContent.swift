import Trust
import Vocabulary

/// The content of an application that its version is told by: what was declared in every cell, how many rows each list
/// has (a list changes only together with its cell's version), and the evidence by digest.
public struct DeclarationContent: Sendable {
    public let declarations: [Declaration]
    public let listCounts: [IndicatorID: Int]
    public let evidence: [EvidenceFile]

    public init(declarations: [Declaration], listCounts: [IndicatorID: Int], evidence: [EvidenceFile]) {
        self.declarations = declarations.sorted { $0.cell.indicator.rawValue < $1.cell.indicator.rawValue }
        self.listCounts = listCounts
        self.evidence = evidence
    }

    /// Reads it from where it is kept; quick, no list is loaded.
    public init(
        _ round: RoundID, _ platform: PlatformID, declarations: any DeclarationStore, evidence: any EvidenceStore
    ) async throws {
        self.init(
            declarations: try await declarations.declarations(round, platform),
            listCounts: try await declarations.listCounts(round, platform),
            evidence: try await evidence.files(round, platform))
    }

    /// - Parameter head: what identifies round, platform and company.
    public func canonical(_ head: [String: CanonicalJSON]) -> CanonicalJSON {
        var fields = head
        fields["format"] = "heng-declaration-1"
        fields["cells"] = .array(
            declarations.map { declaration in
                [
                    "indicator": .string(declaration.cell.indicator.rawValue),
                    "version": .string("\(declaration.version)"),
                    "values": .object(declaration.values.mapValues { CanonicalJSON($0) }),
                ]
            })
        fields["lists"] = .object(
            listCounts.reduce(into: [:]) { $0[$1.key.rawValue] = .string("\($1.value)") })
        let files = Set(evidence.map { "\($0.cell.indicator)/\($0.digest.hex)" }).sorted()
        fields["evidence"] = .array(files.map { .string($0) })
        return .object(fields)
    }
}
