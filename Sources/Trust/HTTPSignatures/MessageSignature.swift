import Foundation
import RawStructuredFieldValues
import Vocabulary

/// A signature of an HTTP message, as the fields `Signature-Input` and `Signature` carry it.
///
/// Source: RFC 9421.
public struct MessageSignature: Sendable, Hashable {
    /// The name under which both fields speak of it.
    public let label: String
    public let base: SignatureBase
    public let bytes: [UInt8]

    /// The signatures of a message, in the order of `Signature-Input`; none when it carries neither field.
    /// - Throws: `trust.signature_unreadable` when a field is no dictionary of the right kind, or one label has only
    ///   one half; `trust.signature_component_unsupported`.
    public static func read(_ message: SignedMessage) throws(Failure) -> [MessageSignature] {
        guard let input = message.field("signature-input") else {
            guard message.field("signature") == nil else { throw unreadable("Signature-Input") }
            return []
        }
        guard let signature = message.field("signature") else { throw unreadable("Signature") }
        let (inputs, values) = (
            try dictionary(input, "Signature-Input"), try dictionary(signature, "Signature")
        )
        var found: [MessageSignature] = []
        for (label, member) in inputs {
            guard case .innerList(let list) = member else { throw unreadable("Signature-Input") }
            guard case .item(let item)? = values[label], case .undecodedByteSequence(let text) = item.rfc9651BareItem,
                let bytes = Data(base64Encoded: text)
            else { throw unreadable("Signature") }
            found.append(MessageSignature(label: label, base: try SignatureBase(list), bytes: Array(bytes)))
        }
        return found
    }

    private static func dictionary(
        _ text: String, _ field: String
    ) throws(Failure) -> OrderedMap<String, ItemOrInnerList> {
        do {
            var parser = StructuredFieldValueParser(Array(text.utf8))
            return try parser.parseDictionaryFieldValue()
        } catch { throw unreadable(field) }
    }

    private static func unreadable(_ field: String) -> Failure {
        Failure("trust.signature_unreadable", ["field": field])
    }

    /// Signs a message.
    /// - Returns: The two fields to add to it.
    /// - Throws: `trust.signature_component_missing`, `trust.signature_unreadable`, `trust.key_unreadable`.
    public static func sign(
        _ message: SignedMessage, label: String = "sig1", components: [SignatureComponent],
        parameters: SignatureParameters, with key: SignatureKey
    ) throws -> [SignedMessage.Field] {
        let base = try SignatureBase(components: components, parameters: parameters)
        let bytes = try key.sign(Array(base.text(of: message).utf8))
        return [
            .init("Signature-Input", "\(label)=\(base.parametersText)"),
            .init("Signature", "\(label)=:\(Data(bytes).base64EncodedString()):"),
        ]
    }

    /// - Throws: `trust.signature_algorithm` when it names another algorithm than the key's,
    ///   `trust.signature_component_missing`, `trust.signature_wrong`.
    public func verify(_ message: SignedMessage, with key: SignatureKey) throws(Failure) {
        if let algorithm = base.parameters.algorithm, algorithm != key.algorithm.rawValue {
            throw Failure(
                "trust.signature_algorithm", ["named": algorithm, "expected": key.algorithm.rawValue])
        }
        guard key.verifies(bytes, of: Array(try base.text(of: message).utf8)) else {
            throw Failure("trust.signature_wrong", ["label": label])
        }
    }
}
