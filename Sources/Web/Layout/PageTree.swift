import Foundation
import Mustache

/// A page's properties as the templates reach them: each struct is reflected once, not at every tag.
///
/// Nil is kept as nothing, so that a missing inner value never shows an outer one of the same name.
struct PageTree: MustacheParent {
    let values: [String: Any]

    init(_ values: [String: Any]) { self.values = values }

    /// - Parameter subject: a struct; its stored properties become the values.
    init(reflecting subject: Any) {
        var values: [String: Any] = [:]
        for child in Mirror(reflecting: subject).children {
            if let label = child.label { values[label] = PageTree.node(child.value) }
        }
        self.values = values
    }

    func child(named name: String) -> Any? { values[name] }

    /// Text, numbers and booleans as they are, sequences of nodes, structs as trees, nil as nothing.
    static func node(_ value: Any) -> Any {
        switch value {
        case let text as String: return text
        case let flag as Bool: return flag
        case let number as Int: return number
        default: break
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { node($0.value) } ?? NSNull()
        case .collection: return mirror.children.map { node($0.value) }
        case .struct, .class, .tuple: return PageTree(reflecting: value)
        default: return String(describing: value)
        }
    }
}

/// The bottom of every page's stack: what no inner value answered is noted here.
struct PageRoot: MustacheParent {
    let tree: PageTree
    let unresolved: KeyRecorder?

    func child(named name: String) -> Any? {
        if let value = tree.child(named: name) { return value }
        unresolved?.note(name)
        return nil
    }
}

/// Collects the template keys that nothing answered; used where templates are checked, never while serving.
public final class KeyRecorder {
    /// The keys in the order of their first appearance.
    public private(set) var keys: [String] = []

    public init() {}
    func note(_ key: String) { if !keys.contains(key) { keys.append(key) } }
}
