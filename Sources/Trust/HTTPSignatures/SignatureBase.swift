import RawStructuredFieldValues
import Vocabulary

/// What a signature says of itself, and the text that is signed.
///
/// Source: RFC 9421, sections 2.3 and 2.5.
public struct SignatureBase: Sendable, Hashable {
    /// In the order signed; no two equal.
    public let components: [SignatureComponent]
    public let parameters: SignatureParameters
    /// The value of `@signature-params`: as the signer wrote it in canonical form.
    let parametersText: String

    /// What a signer is about to sign. Throws `trust.signature_unreadable` for components that repeat.
    public init(components: [SignatureComponent], parameters: SignatureParameters) throws(Failure) {
        try self.init(
            InnerList(
                bareInnerList: components.reduce(into: BareInnerList()) { $0.append($1.item) },
                parameters: parameters.ordered))
    }

    /// Reads one member of `Signature-Input`.
    /// - Throws: `trust.signature_unreadable`, `trust.signature_component_unsupported`.
    init(_ list: InnerList) throws(Failure) {
        var components: [SignatureComponent] = []
        for item in list.bareInnerList { components.append(try SignatureComponent(item)) }
        guard Set(components).count == components.count else {
            throw Failure("trust.signature_unreadable", ["field": "Signature-Input"])
        }
        self.components = components
        self.parameters = try SignatureParameters(list.rfc9651Parameters)
        do {
            var writer = StructuredFieldValueSerializer()
            parametersText = String(decoding: try writer.writeListFieldValue([.innerList(list)]), as: UTF8.self)
        } catch { throw Failure("trust.signature_unreadable", ["field": "Signature-Input"]) }
    }

    /// The lines that are signed. Throws `trust.signature_component_missing`.
    public func text(of message: SignedMessage) throws(Failure) -> String {
        var lines = ""
        for component in components {
            lines += "\(component.quoted): \(try component.value(in: message))\n"
        }
        return lines + "\"@signature-params\": " + parametersText
    }
}

extension SignatureComponent {
    /// The identifier as a line of the base begins with it.
    fileprivate var quoted: String {
        var writer = StructuredFieldValueSerializer()
        // A component is a string with string parameters; what was parsed from a field can be written as one.
        let bytes = try? writer.writeItemFieldValue(item)
        return bytes.map { String(decoding: $0, as: UTF8.self) } ?? "\"\(name)\""
    }
}

/// The parameters of a signature. Source: RFC 9421, section 2.3.
public struct SignatureParameters: Sendable, Hashable {
    /// Unix seconds.
    public var created: Int64?
    /// Unix seconds.
    public var expires: Int64?
    public var keyID: String?
    /// As in the registry of RFC 9421: `ed25519`, `hmac-sha256`.
    public var algorithm: String?
    public var nonce: String?
    public var tag: String?

    public init(
        created: Int64? = nil, expires: Int64? = nil, keyID: String? = nil, algorithm: String? = nil,
        nonce: String? = nil, tag: String? = nil
    ) {
        self.created = created
        self.expires = expires
        self.keyID = keyID
        self.algorithm = algorithm
        self.nonce = nonce
        self.tag = tag
    }

    init(_ parameters: OrderedMap<String, RFC9651BareItem>) throws(Failure) {
        for (name, value) in parameters {
            switch (name, value) {
            case ("created", .integer(let seconds)): created = seconds
            case ("expires", .integer(let seconds)): expires = seconds
            case ("keyid", .string(let text)): keyID = text
            case ("alg", .string(let text)): algorithm = text
            case ("nonce", .string(let text)): nonce = text
            case ("tag", .string(let text)): tag = text
            case ("created", _), ("expires", _), ("keyid", _), ("alg", _), ("nonce", _), ("tag", _):
                throw Failure("trust.signature_unreadable", ["field": "Signature-Input"])
            // Unknown parameters are signed like all others and say nothing to us.
            default: continue
            }
        }
    }

    fileprivate var ordered: OrderedMap<String, RFC9651BareItem> {
        var map = OrderedMap<String, RFC9651BareItem>()
        if let created { map["created"] = .integer(created) }
        if let expires { map["expires"] = .integer(expires) }
        if let keyID { map["keyid"] = .string(keyID) }
        if let algorithm { map["alg"] = .string(algorithm) }
        if let nonce { map["nonce"] = .string(nonce) }
        if let tag { map["tag"] = .string(tag) }
        return map
    }
}
