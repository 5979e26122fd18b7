import Vocabulary
import Yams

/// Strict readings of single scalars; nil is a wrong type.
///
/// Quoted numbers are text, `yes` and `on` are text, and digits may be grouped with underscores (`300_000`).
enum ScalarReading {
    private static func plain(_ node: Node) -> String? {
        guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any else { return nil }
        return scalar.string
    }

    private static func digits(_ node: Node) -> String? {
        guard let text = plain(node), !text.hasPrefix("_"), !text.hasSuffix("_"), !text.contains("__") else {
            return nil
        }
        return text.filter { $0 != "_" }
    }

    static func decimal(_ node: Node) -> ExactDecimal? { digits(node).flatMap { ExactDecimal($0) } }
    static func number(_ node: Node) -> Double? { decimal(node)?.doubleValue }

    static func whole(_ node: Node) -> Int? {
        guard let value = decimal(node), value.places == 0 else { return nil }
        return Int(value.coefficient)
    }

    static func flag(_ node: Node) -> Bool? {
        switch plain(node) {
        case "true": return true
        case "false": return false
        default: return nil
        }
    }

    static func day(_ node: Node) -> CivilDay? { node.scalar.flatMap { CivilDay($0.string) } }
    static func text(_ node: Node) -> String? {
        guard let text = node.scalar?.string, !text.isEmpty else { return nil }
        return text
    }
}
