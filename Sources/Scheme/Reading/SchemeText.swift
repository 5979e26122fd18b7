import Vocabulary
import Yams

/// The YAML text of a scheme as a tree. A duplicate key is reported and set aside, so that reading goes on behind it.
enum SchemeText {
    static let longestBytes = 4 << 20

    /// Nil when the text is no YAML mapping; the finding says where and why.
    static func tree(_ text: String, faults: Faults) -> Node? {
        guard text.utf8.count <= longestBytes else {
            faults.add("file_too_large", at: "", ["limit": "4 MiB"])
            return nil
        }
        var scalars = Array(text.unicodeScalars)
        for _ in 0..<200 {
            do {
                guard let node = try compose(scalars, faults: faults) else {
                    faults.add("file_empty", at: "")
                    return nil
                }
                guard node.mapping != nil else {
                    faults.add("expected_block", at: "", line: node.mark?.line)
                    return nil
                }
                return node
            } catch let YamlError.duplicatedKeysInMapping(names, context) {
                let first = context.mark
                if DuplicateKey.setAside(names[0], first: first, in: &scalars) { continue }
                faults.add(
                    "key_duplicate", at: names[0], line: first.line, ["key": names[0], "first": "\(first.line)"])
                return nil
            } catch let YamlError.scanner(_, problem, mark, _) {
                return broken(problem, mark.line, faults)
            } catch let YamlError.parser(_, problem, mark, _) {
                return broken(problem, mark.line, faults)
            } catch let YamlError.composer(_, problem, mark, _) {
                return broken(problem, mark.line, faults)
            } catch let YamlError.reader(problem, offset, _, _) {
                let line = offset.map { text.utf8.prefix($0).count { $0 == 10 } + 1 } ?? 1
                return broken(problem, line, faults)
            } catch {
                return broken(String(describing: error), 1, faults)
            }
        }
        return nil
    }

    private static func broken(_ problem: String, _ line: Int, _ faults: Faults) -> Node? {
        faults.add("yaml_broken", at: "", line: line, ["problem": problem])
        return nil
    }

    /// Anchors and aliases are refused: each place of a scheme states its own values.
    private static func compose(_ scalars: [Unicode.Scalar], faults: Faults) throws -> Node? {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        let parser = try Parser(yaml: String(text))
        let node = try parser.singleRoot()
        if let node { refuseAnchors(node, depth: 0, faults: faults) }
        return withExtendedLifetime(parser) { node }
    }

    private static func refuseAnchors(_ node: Node, depth: Int, faults: Faults) {
        if node.anchor != nil {
            faults.add("anchor_refused", at: "", line: node.mark?.line ?? 1)
            return
        }
        guard depth < 64 else { return }
        switch node {
        case .mapping(let mapping): for (_, value) in mapping { refuseAnchors(value, depth: depth + 1, faults: faults) }
        case .sequence(let items): for item in items { refuseAnchors(item, depth: depth + 1, faults: faults) }
        default: return
        }
    }
}
