import Web

extension CannedPage {
    /// Pages of: windows, quotas, guards, clocks and messages of submissions.
    static let workflow: [String: any (Page & Decodable).Type] = [:]
}
