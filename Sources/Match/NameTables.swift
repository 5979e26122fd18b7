import Foundation

/// The tables of `Data/name-tables.json`: what is the same in company names.
struct NameTables: Decodable, Sendable {
    /// Spellings of a legal form that the Company Law treats as one.
    let formEquivalents: [String: String]
    /// Endings that say what kind of body it is, longest first.
    let legalForms: [[Unicode.Scalar]]
    /// Traditional and variant characters → the simplified ones of the registers.
    let simplified: [Unicode.Scalar: Unicode.Scalar]
    /// Dots between parts of a name.
    let removed: Set<Unicode.Scalar>

    static let shared: NameTables = {
        let decoded = try? JSONDecoder().decode(NameTables.self, from: Data(PackageResources.name_tables_json))
        // A test reads a traditional name, so that a broken file cannot pass.
        return decoded ?? NameTables(formEquivalents: [:], legalForms: [], simplified: [:], removed: [])
    }()

    private enum Key: String, CodingKey { case formEquivalents, legalForms, simplified, removed }

    private init(
        formEquivalents: [String: String], legalForms: [[Unicode.Scalar]],
        simplified: [Unicode.Scalar: Unicode.Scalar], removed: Set<Unicode.Scalar>
    ) {
        self.formEquivalents = formEquivalents
        self.legalForms = legalForms
        self.simplified = simplified
        self.removed = removed
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        formEquivalents = try container.decode([String: String].self, forKey: .formEquivalents)
        legalForms = try container.decode([String].self, forKey: .legalForms)
            .map { Array($0.unicodeScalars) }.sorted { $0.count > $1.count }
        var map: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (from, to) in try container.decode([String: String].self, forKey: .simplified) {
            if let key = from.unicodeScalars.first, let value = to.unicodeScalars.first { map[key] = value }
        }
        simplified = map
        removed = Set(try container.decode(String.self, forKey: .removed).unicodeScalars)
    }
}
