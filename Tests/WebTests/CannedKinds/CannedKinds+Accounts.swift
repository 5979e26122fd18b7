import Web

extension CannedPage {
    /// Pages of: accounts, sign-in and sessions.
    static let accounts: [String: any (Page & Decodable).Type] = [
        "ownaccount": OwnAccountPage.self, "accountimport": AccountImportPage.self,
        "accountsecurity": AccountSecurityPage.self,
    ]
}
