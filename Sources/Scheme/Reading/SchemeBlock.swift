import Vocabulary
import Yams

/// One mapping of the file while it is read: its known keys, its place, and the origin that plain values in it take.
///
/// Every reader collects its fault and answers a value of the right type all the same, so that reading goes on.
struct SchemeBlock {
    let kind: SchemeKeys
    let path: String
    let line: Int
    let faults: Faults
    /// The origin that plain values of this block take; nil where each must state its own.
    let origin: StatedOrigin?
    private let entries: [String: Node]

    struct StatedOrigin {
        var origin: Origin
        var document: String?
    }

    /// `free` takes any key: maps whose keys are the file's own names.
    init(
        _ node: Node, kind: SchemeKeys, path: String, faults: Faults, inherits: StatedOrigin? = nil,
        free: Bool = false
    ) {
        self.kind = kind
        self.path = path
        self.line = node.mark?.line ?? 1
        self.faults = faults
        faults.note(line: line, path: path)
        var entries: [String: Node] = [:]
        if let mapping = node.mapping {
            for (key, value) in mapping {
                let line = key.mark?.line ?? node.mark?.line ?? 1
                guard let name = key.scalar?.string else {
                    faults.add("key_not_text", at: path, line: line)
                    continue
                }
                let inner = SchemeBlock.join(path, name)
                if let (original, first) = DuplicateKey.original(of: name) {
                    let values = ["key": original, "first": first]
                    faults.add("key_duplicate", at: SchemeBlock.join(path, original), line: line, values)
                    continue
                }
                if !free, !kind.keys.contains(name) {
                    SchemeBlock.reportUnknown(name, kind, at: inner, line: line, faults)
                    continue
                }
                faults.note(line: line, path: inner)
                entries[name] = value
            }
        } else {
            faults.add("expected_block", at: path, line: line)
        }
        self.entries = entries
        let own = SchemeBlock.statedOrigin(entries, path: path, faults: faults, fallback: inherits)
        let handsNone: Set<SchemeKeys> = [.scheme, .section, .group, .indicator]
        self.origin = handsNone.contains(kind) ? nil : own ?? inherits
    }

    static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private static func reportUnknown(_ name: String, _ kind: SchemeKeys, at path: String, line: Int, _ faults: Faults)
    {
        if let near = SchemeKeys.nearest(to: name, in: kind.keys) {
            faults.add("key_unknown_near", at: path, line: line, ["key": name, "near": near])
        } else {
            let known = kind.keys.joined(separator: ", ")
            faults.add("key_unknown", at: path, line: line, ["key": name, "known": known])
        }
    }

    private static func statedOrigin(
        _ entries: [String: Node], path: String, faults: Faults, fallback: StatedOrigin?
    ) -> StatedOrigin? {
        let document = entries["document"]?.scalar?.string
        guard let node = entries["origin"] else {
            if document != nil { faults.add("document_without_decision", at: join(path, "document")) }
            return nil
        }
        let text = node.scalar?.string ?? ""
        guard let origin = Origin(rawValue: text) else {
            let choices = Origin.allCases.map(\.rawValue).joined(separator: ", ")
            faults.add("origin_unknown", at: join(path, "origin"), ["origin": text, "choices": choices])
            return StatedOrigin(origin: .default)
        }
        let hasDocument = !(document ?? "").isEmpty
        if origin == .decision, !hasDocument { faults.add("document_missing", at: join(path, "origin")) }
        if origin != .decision, document != nil { faults.add("document_without_decision", at: join(path, "document")) }
        return StatedOrigin(origin: origin, document: document)
    }

    func has(_ key: String) -> Bool { entries[key] != nil }
    var names: [String] { entries.keys.sorted() }
    func node(_ key: String) -> Node? { entries[key] }
    func path(_ key: String) -> String { SchemeBlock.join(path, key) }

    func missing(_ key: String) { faults.add("key_missing", at: path, line: line, ["key": key]) }

    // MARK: Plain values

    /// A plain text such as an id or a code; nil when it is not there.
    func string(_ key: String, required: Bool = true) -> String? {
        guard let node = entries[key] else {
            if required { missing(key) }
            return nil
        }
        guard let text = node.scalar?.string, !text.isEmpty else {
            faults.add("expected_text", at: path(key))
            return nil
        }
        return text
    }

    func flag(_ key: String, default fallback: Bool = false) -> Bool {
        guard let node = entries[key] else { return fallback }
        guard let value = ScalarReading.flag(node) else {
            faults.add("expected_yes_no", at: path(key))
            return fallback
        }
        return value
    }

    func whole(_ key: String, required: Bool = true) -> Int? {
        guard let node = entries[key] else {
            if required { missing(key) }
            return nil
        }
        guard let value = ScalarReading.whole(node) else {
            faults.add("expected_whole_number", at: path(key))
            return nil
        }
        return value
    }

    /// A list of plain texts; empty when the key is not there.
    func strings(_ key: String, required: Bool = false) -> [String] {
        guard let node = entries[key] else {
            if required { missing(key) }
            return []
        }
        guard let sequence = node.sequence else {
            faults.add("expected_list", at: path(key))
            return []
        }
        return sequence.enumerated().compactMap { index, item in
            if let text = item.scalar?.string, !text.isEmpty { return text }
            faults.add("expected_text", at: "\(path(key))[\(index)]", line: item.mark?.line)
            return nil
        }
    }

    // MARK: Blocks and lists of blocks

    func block(_ key: String, _ kind: SchemeKeys, required: Bool = true, free: Bool = false) -> SchemeBlock? {
        guard let node = entries[key] else {
            if required { missing(key) }
            return nil
        }
        guard node.mapping != nil else {
            faults.add("expected_block", at: path(key))
            return nil
        }
        return SchemeBlock(node, kind: kind, path: path(key), faults: faults, inherits: origin, free: free)
    }

    /// The blocks of a list, in order; each is named by its id or code where it has one.
    func blocks(_ key: String, _ kind: SchemeKeys, required: Bool = false) -> [SchemeBlock] {
        guard let node = entries[key] else {
            if required { missing(key) }
            return []
        }
        guard let sequence = node.sequence else {
            faults.add("expected_list", at: path(key))
            return []
        }
        if required, sequence.isEmpty { faults.add("list_empty", at: path(key)) }
        var seen: [String: Int] = [:]
        return sequence.enumerated().compactMap { index, item in
            var name = item.mapping?["id"]?.scalar?.string ?? item.mapping?["code"]?.scalar?.string
            let line = item.mark?.line ?? line
            if let id = name, let first = seen[id] {
                let values = ["id": id, "first": String(first)]
                faults.add("id_duplicate", at: "\(path(key))[\(index)]", line: line, values)
                name = nil
            } else if let id = name {
                seen[id] = line
            }
            let inner = "\(path(key))[\(name ?? String(index))]"
            guard item.mapping != nil else {
                faults.add("expected_block", at: inner, line: item.mark?.line)
                return nil
            }
            return SchemeBlock(item, kind: kind, path: inner, faults: faults, inherits: origin)
        }
    }
}
