import Web

extension CannedPage {
    /// Pages of: documents made from data, and eligibility.
    static let paper: [String: any (Page & Decodable).Type] = [
        "papers": PapersPage.self, "officepapers": OfficePapersPage.self,
    ]
}
