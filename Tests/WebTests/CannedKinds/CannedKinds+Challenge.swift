import Web

extension CannedPage {
    /// Pages of: challenge and confirmation.
    static let challenge: [String: any (Page & Decodable).Type] = ["confirmation": ConfirmationPage.self]
}
