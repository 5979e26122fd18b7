import Web

extension CannedPage {
    /// Pages of: verification by sample, signals and queries.
    static let sampling: [String: any (Page & Decodable).Type] = [:]
}
