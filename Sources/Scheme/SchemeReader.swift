import Crypto
import Foundation
import Vocabulary
import Yams

/// Reads a scheme file: the scheme, and everything that is wrong with it, each fault with its line and key path.
///
/// Reading never stops at the first fault. The scheme is nil when there is at least one error; warnings leave it. Pure:
/// the file is read at the edge. The format is `docs/scheme-format.md`.
public enum SchemeReader {
    /// The format's version that this reader knows.
    public static let format = 1

    /// - Parameter bytes: the file as it is; its SHA-256 becomes the scheme's digest.
    /// - Returns: findings in the order of lines.
    public static func read(bytes: [UInt8]) -> (scheme: IndicatorScheme?, findings: [Finding]) {
        let faults = Faults()
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let valid = String(decoding: bytes, as: UTF8.self).prefix { $0 != "\u{FFFD}" }
            faults.add("not_utf8", at: "", line: valid.utf8.count { $0 == 10 } + 1)
            return (nil, faults.findings)
        }
        guard let digest = Vocabulary.Digest(bytes: Array(SHA256.hash(data: bytes))) else { return (nil, []) }
        let draft = SchemeText.tree(text, faults: faults).map { tree in
            scheme(from: tree, digest: digest, faults: faults)
        }
        if let draft { SchemeLinter(scheme: draft, faults: faults).run() }
        let findings = ordered(faults.findings)
        return (findings.contains { $0.severity == .error } ? nil : draft, findings)
    }

    public static func read(text: String) -> (scheme: IndicatorScheme?, findings: [Finding]) {
        read(bytes: Array(text.utf8))
    }

    private static func ordered(_ findings: [Finding]) -> [Finding] {
        findings.enumerated().sorted { a, b in
            let (first, second) = (Int(a.element.values["line"] ?? "") ?? 0, Int(b.element.values["line"] ?? "") ?? 0)
            return (first, a.offset) < (second, b.offset)
        }.map(\.element)
    }

    private static func scheme(from tree: Node, digest: Vocabulary.Digest, faults: Faults) -> IndicatorScheme {
        let file = SchemeBlock(tree, kind: .scheme, path: "", faults: faults)
        if let version = file.whole("format"), version != format {
            faults.add("format_unknown", at: "format", ["format": String(version), "known": String(format)])
        }
        let total = file.block("total", .total)
        let sections = file.blocks("sections", .section, required: true).map { StructureReading.section($0) }
        let conventions = ConventionReading(file: file)
        return IndicatorScheme(
            id: SchemeID(file.string("id") ?? ""), title: file.text("title", needsOrigin: true),
            edition: file.string("edition") ?? "", zone: zone(file), calendar: conventions.calendar(),
            values: conventions.valuesMapping(), types: conventions.types(), sections: sections,
            aggregation: total?.choice("aggregation", Aggregation.self)?.value ?? .sum,
            precision: conventions.precision(), bonusCap: total?.decimal("bonus-cap", required: false),
            ranking: conventions.ranking(), grades: conventions.grades(),
            evidenceWorth: conventions.evidenceWorth(), sampling: conventions.sampling(),
            expertMarking: conventions.expertMarking(), visibility: conventions.visibility(),
            dictionaries: conventions.dictionaries(), digest: digest, certificates: conventions.certificates(),
            signals: conventions.signals(), switches: conventions.switches(),
            basePoints: total?.decimal("base", required: false)?.value, provenance: faults.provenance)
    }

    private static func zone(_ file: SchemeBlock) -> String {
        guard let name = file.string("zone") else { return "" }
        if DayCutter(zoneName: name) == nil { file.faults.add("zone_unknown", at: "zone", ["zone": name]) }
        return name
    }
}
