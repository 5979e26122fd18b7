import Web

extension CannedPage {
    /// Pages of: experts and their marks.
    static let experts: [String: any (Page & Decodable).Type] = [:]
}
