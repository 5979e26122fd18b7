import Foundation
import Vocabulary
import Yams

/// What changed between two versions of a scheme file, value by value.
///
/// List items are matched by their id or code, so that moving one is no change. A plain value in a block with an origin
/// and the same value written as `{value: …}` are equal.
public struct SchemeDifference: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, Codable { case added, removed, changed }

    /// One value that differs.
    public struct Change: Sendable, Hashable {
        public var kind: Kind
        /// `sections[foundation].groups[innovation].indicators[core-talent].points`.
        public var path: String
        public var old: String?
        public var new: String?
        /// Lines of the old and the new file, from 1.
        public var oldLine: Int?
        public var newLine: Int?
        /// The indicator the path lies in; nil elsewhere.
        public var indicator: IndicatorID?
    }

    /// In the order of the new file, removals last.
    public let changes: [Change]

    /// Both texts must be YAML; faults of the scheme itself do not matter here.
    /// - Throws: `scheme.file_invalid` with the findings when one of them is no YAML.
    public init(old: String, new: String, oldName: String, newName: String) throws {
        let before = try SchemeDifference.leaves(old, oldName)
        let after = try SchemeDifference.leaves(new, newName)
        let oldByPath = Swift.Dictionary(before.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let newPaths = Set(after.map(\.path))
        var changes: [Change] = []
        for leaf in after {
            let was = oldByPath[leaf.path]
            if let was, was.text == leaf.text { continue }
            changes.append(
                Change(
                    kind: was == nil ? .added : .changed, path: leaf.path, old: was?.text, new: leaf.text,
                    oldLine: was?.line, newLine: leaf.line, indicator: SchemeDifference.indicator(leaf.path)))
        }
        for leaf in before where !newPaths.contains(leaf.path) {
            changes.append(
                Change(
                    kind: .removed, path: leaf.path, old: leaf.text, new: nil, oldLine: leaf.line, newLine: nil,
                    indicator: SchemeDifference.indicator(leaf.path)))
        }
        self.changes = changes
    }

    private struct Leaf {
        var path: String
        var text: String
        var line: Int
    }

    private static func leaves(_ text: String, _ name: String) throws -> [Leaf] {
        let faults = Faults()
        guard let tree = SchemeText.tree(text, faults: faults) else {
            throw Failure("scheme.file_invalid", ["file": name], findings: faults.findings)
        }
        var leaves: [Leaf] = []
        collect(tree, path: "", origin: nil, into: &leaves)
        return leaves
    }

    /// The origin that a block states is told with each of its values, wherever it stands in the file.
    private static func collect(_ node: Node, path: String, origin: String?, into leaves: inout [Leaf]) {
        let line = node.mark?.line ?? 1
        switch node {
        case .mapping(let mapping):
            let document = mapping["document"]?.scalar.map { " \($0.string)" } ?? ""
            let own = mapping["origin"]?.scalar.map { $0.string + document } ?? origin
            for (key, value) in mapping {
                guard let name = key.scalar?.string, name != "origin", name != "document" else { continue }
                let inner = name == "value" ? path : SchemeBlock.join(path, name)
                collect(value, path: inner, origin: own, into: &leaves)
            }
        case .sequence(let items):
            for (index, item) in items.enumerated() {
                let name = item.mapping?["id"]?.scalar?.string ?? item.mapping?["code"]?.scalar?.string
                collect(item, path: "\(path)[\(name ?? String(index))]", origin: origin, into: &leaves)
            }
        case .scalar(let scalar):
            let text = scalar.string.filter { $0 != "_" || Double(scalar.string.filter { $0 != "_" }) == nil }
            leaves.append(Leaf(path: path, text: origin.map { "\(text) (\($0))" } ?? text, line: line))
        case .alias: return
        }
    }

    private static func indicator(_ path: String) -> IndicatorID? {
        guard let start = path.range(of: ".indicators[") else { return nil }
        return IndicatorID(String(path[start.upperBound...].prefix { $0 != "]" }))
    }
}
