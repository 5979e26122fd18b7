import Web

extension CannedPage {
    /// Pages of: the forms that companies fill in.
    static let forms: [String: any (Page & Decodable).Type] = ["merge": MergePage.self]
}
