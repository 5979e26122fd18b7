import Web

extension CannedPage {
    /// Pages of: panel, telling, public notice, objections and corrections.
    static let panel: [String: any (Page & Decodable).Type] = ["dossier": DossierPage.self]
}
