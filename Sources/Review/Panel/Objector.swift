import Vocabulary

/// Who objects: personal data, seen in clear by the operator, the approver and the inspection only.
public struct Objector: Sendable, Hashable {
    public enum IdentityKind: String, Sendable, Hashable, Codable, CaseIterable {
        case identityCard = "identity-card"
        /// An organisation, by its unified social credit code.
        case creditCode = "credit-code"
    }

    public enum ContactKind: String, Sendable, Hashable, Codable, CaseIterable { case phone, mail }

    public let name: String
    public let identityKind: IdentityKind
    public let identity: String
    public let contactKind: ContactKind
    public let contact: String

    public init(
        name: String, identityKind: IdentityKind, identity: String, contactKind: ContactKind, contact: String
    ) {
        self.name = name
        self.identityKind = identityKind
        self.identity = identity
        self.contactKind = contactKind
        self.contact = contact
    }

    /// Everything that keeps it from being an objection by real name; empty when nothing does. The fields are `name`,
    /// `identity` and `contact`; the given values are not repeated, because they are personal.
    public var faults: [Finding] {
        var found: [Finding] = []
        let letters = name.filter { !$0.isWhitespace }
        if !(2...100).contains(letters.count) { found.append(Finding(.error, "panel.objector_name", at: "name")) }
        switch identityKind {
        case .identityCard:
            if !Objector.isIdentityNumber(identity) {
                found.append(Finding(.error, "panel.objector_identity_card", at: "identity"))
            }
        case .creditCode:
            if CompanyCode(identity) == nil {
                found.append(Finding(.error, "panel.objector_credit_code", at: "identity"))
            }
        }
        let isContact = contactKind == .phone ? Objector.isPhone(contact) : Objector.isMail(contact)
        if !isContact { found.append(Finding(.error, "panel.objector_\(contactKind.rawValue)", at: "contact")) }
        return found
    }

    /// The objector with everything hidden but what one recognises oneself by.
    public var masked: Objector {
        Objector(
            name: name.prefix(1) + String(repeating: "*", count: max(1, min(4, name.count - 1))),
            identityKind: identityKind, identity: Objector.mask(identity, last: 4), contactKind: contactKind,
            contact: Objector.mask(contact, last: 4))
    }

    private static func mask(_ text: String, last: Int) -> String {
        text.count <= last ? String(repeating: "*", count: text.count) : "****" + text.suffix(last)
    }

    /// A number of the resident identity card with its check digit. Source: GB 11643-1999, ISO 7064 MOD 11-2.
    static func isIdentityNumber(_ text: String) -> Bool {
        let characters = Array(text.utf8)
        guard characters.count == 18, characters.prefix(17).allSatisfy({ (48...57).contains($0) }) else { return false }
        let birthday = String(decoding: characters[6..<14], as: UTF8.self)
        let day = "\(birthday.prefix(4))-\(birthday.dropFirst(4).prefix(2))-\(birthday.suffix(2))"
        guard CivilDay(day) != nil else { return false }
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(characters, weights).reduce(0) { $0 + (Int($1.0) - 48) * $1.1 }
        let checks = Array("10X98765432".utf8)
        let last = characters[17] == UInt8(ascii: "x") ? UInt8(ascii: "X") : characters[17]
        return checks[sum % 11] == last
    }

    /// A mobile or a fixed line: 7 to 20 digits, with `+`, `-`, spaces between.
    static func isPhone(_ text: String) -> Bool {
        let digits = text.utf8.filter { (48...57).contains($0) }.count
        return (7...20).contains(digits) && text.utf8.count <= 30
            && text.utf8.allSatisfy { (48...57).contains($0) || $0 == 43 || $0 == 45 || $0 == 32 }
    }

    static func isMail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, !parts[0].isEmpty else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
            && text.utf8.allSatisfy { (33...126).contains($0) && !"()<>,;:\\\"[]".utf8.contains($0) }
    }
}
