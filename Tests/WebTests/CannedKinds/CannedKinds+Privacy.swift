import Web

extension CannedPage {
    /// Pages of: personal data.
    static let privacy: [String: any (Page & Decodable).Type] = [
        "privacy": PrivacyPage.self, "personal": PersonalRowsPage.self,
    ]
}
