import Vocabulary

/// What a new password must be. Length counts most (NIST SP 800-63B section 5.1.1); the graded protection of
/// information systems (GB/T 22239-2019, 8.1.4.1) asks for complexity besides.
public struct PasswordPolicy: Sendable {
    public var shortest: Int
    /// How many of small letters, capitals, digits, others; a password of twice the shortest length needs none.
    public var kinds: Int

    public init(shortest: Int = 12, kinds: Int = 2) {
        self.shortest = shortest
        self.kinds = kinds
    }

    /// Everything that is wrong with the password, to be shown together; empty when it will do.
    public func findings(_ password: String, account: AccountID) -> [Finding] {
        var findings: [Finding] = []
        func add(_ code: String, _ values: [String: String] = [:]) {
            findings.append(Finding(.error, code, at: "password", values))
        }
        if password.count < shortest { add("access.password_short", ["shortest": "\(shortest)"]) }
        if password.utf8.count > PasswordHash.byteLimit || password.utf8.contains(0) {
            add("access.password_unusable")
        }
        if Set(password).count < 5 { add("access.password_monotonous") }
        let name = account.rawValue.lowercased()
        if name.count >= 3, password.lowercased().contains(name) { add("access.password_has_account") }
        if password.count < 2 * shortest, Self.kinds(of: password) < kinds {
            add("access.password_plain", ["kinds": "\(kinds)"])
        }
        return findings
    }

    private static func kinds(of password: String) -> Int {
        let kinds: [(Character) -> Bool] = [
            { $0.isLowercase }, { $0.isUppercase }, { $0.isNumber },
            { !$0.isLowercase && !$0.isUppercase && !$0.isNumber },
        ]
        return kinds.count { kind in password.contains(where: kind) }
    }
}
