import Vocabulary
import Yams

/// Values with an origin: `points: {value: 5, origin: default}`, or plain where the block around states the origin.
extension SchemeBlock {
    func value<T: Sendable & Hashable>(
        _ key: String, expected: String, required: Bool = true, values: [String: String] = [:],
        read: (Node) -> T?
    ) -> Sourced<T>? {
        guard let node = node(key) else {
            if required { missing(key) }
            return nil
        }
        return sourced(node, at: path(key), expected: expected, values: values, read: read)
    }

    /// Reads a node that is either a plain value or a value block.
    func sourced<T: Sendable & Hashable>(
        _ node: Node, at path: String, expected: String, values: [String: String] = [:],
        read: (Node) -> T?
    ) -> Sourced<T>? {
        var inner = node
        var stated = origin
        if node.mapping != nil {
            let block = SchemeBlock(node, kind: .value, path: path, faults: faults, inherits: origin)
            guard let own = block.node("value") else {
                block.missing("value")
                return nil
            }
            inner = own
            stated = block.origin
        }
        let line = inner.mark?.line ?? faults.line(of: path)
        guard let value = read(inner) else {
            let shown = inner.scalar?.string ?? ""
            faults.add(expected, at: path, line: line, values.merging(["value": shown]) { own, _ in own })
            return nil
        }
        if stated == nil { faults.add("origin_missing", at: path, line: line) }
        let origin = stated?.origin ?? .default
        let text = inner.scalar?.string ?? ""
        faults.record(Provenance(path: path, line: line, text: text, origin: origin, document: stated?.document))
        return Sourced(value, origin, document: stated?.document)
    }

    func number(_ key: String, required: Bool = true) -> Sourced<Double>? {
        value(key, expected: "expected_number", required: required, read: ScalarReading.number)
    }

    func wholeValue(_ key: String, required: Bool = true) -> Sourced<Int>? {
        value(key, expected: "expected_whole_number", required: required, read: ScalarReading.whole)
    }

    func decimal(_ key: String, required: Bool = true) -> Sourced<ExactDecimal>? {
        value(key, expected: "expected_number", required: required, read: ScalarReading.decimal)
    }

    func flagValue(_ key: String, required: Bool = true) -> Sourced<Bool>? {
        value(key, expected: "expected_yes_no", required: required, read: ScalarReading.flag)
    }

    func textValue(_ key: String, required: Bool = true) -> Sourced<String>? {
        value(key, expected: "expected_text", required: required, read: ScalarReading.text)
    }

    /// One of an enumeration's raw values, with an origin.
    func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable & Hashable>(
        _ key: String, _ type: Choice.Type, required: Bool = true
    ) -> Sourced<Choice>? {
        let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        return value(key, expected: "expected_choice", required: required, values: ["choices": choices]) { node in
            node.scalar.flatMap { Choice(rawValue: $0.string) }
        }
    }

    /// One of an enumeration's raw values, as structure without an origin.
    func plainChoice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, _ type: Choice.Type, default fallback: Choice? = nil
    ) -> Choice? {
        guard let node = node(key) else {
            if fallback == nil { missing(key) }
            return fallback
        }
        if let value = node.scalar.flatMap({ Choice(rawValue: $0.string) }) { return value }
        let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        faults.add("expected_choice", at: path(key), ["choices": choices, "value": node.scalar?.string ?? ""])
        return fallback
    }

    /// Numbers in a list, each with an origin.
    func numbers(_ key: String, count: Int) -> [Sourced<Double>] {
        guard let node = node(key) else {
            missing(key)
            return []
        }
        guard let sequence = node.sequence else {
            faults.add("expected_list", at: path(key))
            return []
        }
        if sequence.count != count {
            let values = ["count": String(count), "found": String(sequence.count)]
            faults.add("list_length", at: path(key), values)
        }
        return sequence.enumerated().compactMap { index, item in
            sourced(item, at: "\(path(key))[\(index)]", expected: "expected_number", read: ScalarReading.number)
        }
    }

    /// Numbers by a name that the file chooses.
    func namedNumbers(_ key: String, required: Bool = false) -> [(name: String, value: Sourced<Double>)] {
        guard let map = block(key, .value, required: required, free: true) else { return [] }
        return map.names.compactMap { name in
            if name == "origin" || name == "document" { return nil }
            return map.number(name).map { (name, $0) }
        }
    }

    /// A text in both languages. Where `needsOrigin`, its own or the block's origin must be stated and is recorded.
    func text(_ key: String, required: Bool = true, needsOrigin: Bool = false) -> LocalizedText {
        guard node(key) != nil else {
            if required { missing(key) }
            return LocalizedText(zh: "", en: "")
        }
        guard let block = block(key, .text) else { return LocalizedText(zh: "", en: "") }
        return block.bothLanguages(needsOrigin: needsOrigin)
    }

    /// `zh` and `en` of this very block.
    func bothLanguages(needsOrigin: Bool = false) -> LocalizedText {
        let zh = node("zh")?.scalar?.string ?? ""
        let en = node("en")?.scalar?.string ?? ""
        if zh.isEmpty { faults.add("translation_missing", at: path, line: line, ["language": "zh"]) }
        if en.isEmpty { faults.add("translation_missing", at: path, line: line, ["language": "en"]) }
        if en.unicodeScalars.contains(where: SchemeBlock.isHan) {
            faults.add("translation_chinese", at: self.path("en"), ["text": en])
        }
        if needsOrigin {
            if origin == nil { faults.add("origin_missing", at: path, line: line) }
            faults.record(
                Provenance(
                    path: path, line: line, text: zh, origin: origin?.origin ?? .default, document: origin?.document))
        }
        return LocalizedText(zh: zh, en: en)
    }

    private static func isHan(_ scalar: Unicode.Scalar) -> Bool { (0x4E00...0x9FFF).contains(scalar.value) }

    /// Records the block itself as one value, for lists whose origin is stated once.
    func recordSelf(_ text: String) {
        if origin == nil { faults.add("origin_missing", at: path, line: line) }
        faults.record(
            Provenance(
                path: path, line: line, text: text, origin: origin?.origin ?? .default, document: origin?.document))
    }
}
