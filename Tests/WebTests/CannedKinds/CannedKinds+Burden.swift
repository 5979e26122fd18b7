import Web

extension CannedPage {
    /// Pages of: what filling in costs the companies.
    static let burden: [String: any (Page & Decodable).Type] = ["burden": BurdenPage.self]
}
